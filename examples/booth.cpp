// A voting booth: booth RECORD KEYS JOURNAL opens device 1 of the first branch of an election,
// takes two ballots, of which the first is challenged and the second cast, and closes. Links
// sandoq::sandoq. docs/tutorials/booth_in_40_lines.md explains it.
#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

#include "drill_boards.hpp"
#include "sandoq/ballot/device_secret.hpp"
#include "sandoq/core/system_random.hpp"
#include "sandoq/record/record_reader.hpp"
#include "sandoq/threshold/derived_key.hpp"

namespace {

using namespace sandoq;

constexpr std::uint16_t no_digits = ballot_item::no_digits;  // the voter added none

/// The value, or the end of the program with what is wrong and where.
template <class T>
T need(result<T> found) {
  if (!found) {
    std::fprintf(stderr, "%s\n", to_string(found.error()).c_str());
    std::exit(2);
  }
  return std::move(*found);
}

time_ms now() {
  using namespace std::chrono;
  const auto since = system_clock::now().time_since_epoch();
  return {static_cast<std::uint64_t>(duration_cast<milliseconds>(since).count())};
}

/// A journal in a file: an item is there when the disk says so, and not before.
class file_journal final : public journal_writer {
 public:
  explicit file_journal(const char* path)
      : file_(::open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {}
  file_journal(const file_journal&) = delete;
  file_journal& operator=(const file_journal&) = delete;
  ~file_journal() override { ::close(file_); }

  result<void> append(journal_kind kind, byte_view canonical) override {
    bytes framed;
    append_item(framed, static_cast<item_kind>(kind), canonical);
    const auto size = static_cast<::ssize_t>(framed.size());
    if (::write(file_, framed.data(), framed.size()) != size || ::fsync(file_) != 0) {
      return fail(errc::io, "journal", "it cannot be written; a new file is needed, and a disk");
    }
    return {};
  }

 private:
  int file_;
};

/// The last item of a file of a record.
result<bytes> last_item(const record_reader& record, std::string_view name) {
  bytes last;
  auto file = record.open_file(name);
  for (segment_item item; file;) {
    const auto more = file->next(item);
    if (!more) {
      return tl::unexpected(more.error());
    }
    if (!*more) {
      return last;
    }
    last.assign(item.canonical.begin(), item.canonical.end());
  }
  return tl::unexpected(file.error());
}

/// The election of a record: its manifest, and the key that its ceremony has published.
election_context read_election(const char* directory) {
  const record_reader record = need(record_reader::open(directory));
  const manifest source = need(manifest::decode(need(last_item(record, manifest_file_name))));
  const election_key key = need(election_key::decode(need(last_item(record, ceremony_file_name))));
  return need(election_context::make(source, key.election_hash, need(decode_keys(key)).joint_key));
}

/// A day of device 1 of the first branch.
close_item serve(const election_context& election, const drill_boards& boards,
                 journal_writer& journal) {
  const branch_index branch = election.index().branches().front();
  const style_index style = election.index().styles_at(branch).front();
  const contest_terms& contest = election.terms(election.index().contests_of(style).front());
  const ballot_prover prover(election.proofs());
  const device_site site{election, prover, {branch, device_index(1)}};
  system_random random;

  // The morning: the device commits itself, then the boards give their seeds and sign.
  enrolled_device enrolled = need(enrolled_device::enrol(site, 100, now(), random));
  auto seeds = drill_boards::draw_seeds(election, enrolled.announcement(), random);
  prepared_device prepared = need(std::move(enrolled).prepare(std::move(seeds)));
  const quorum opened = need(boards.sign(election, prepared.message(), random));
  ready_device device = need(std::move(prepared).open(opened, journal));

  // A voter: what is marked is encrypted, proved and written; then the code is shown.
  const auto vote = [&](const std::vector<option_index>& slots) {
    std::vector<contest_selection> marked;
    marked.push_back(need(contest_selection::of_slots(contest, slots)));
    auto selection = need(ballot_selection::make(election, branch, style, std::move(marked)));
    auto ballot = need(std::move(device).encrypt(std::move(selection), no_digits, now()));
    committed_ballot written = need(std::move(ballot).commit(journal));
    std::printf("%s\n", written.readable().to_text().c_str());
    return written;
  };
  std::vector<option_index> slots(contest.codes.entries().max_votes, contest_selection::no_option);
  slots.front() = option_index(1);
  committed_ballot asked = vote(slots);
  device = need(std::move(asked).challenge(now()).commit(journal));  // opened, never counted
  committed_ballot meant = vote(slots);
  device = need(std::move(meant).cast(now()).commit(journal));  // counted, never opened

  // The evening: the device signs what it has done, and then the boards do.
  closing_device closing = need(std::move(device).close(now(), random));
  const quorum closed = need(boards.sign(election, closing.message(), random));
  return need(std::move(closing).finish(closed, journal));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: booth RECORD KEYS JOURNAL\n", stderr);
    return 2;
  }
  const election_context election = read_election(argv[1]);
  const drill_boards boards = need(drill_boards::read(argv[2]));
  file_journal journal(argv[3]);
  const close_item end = serve(election, boards, journal);
  std::printf("%u cast, %u challenged\n", end.counters.cast, end.counters.challenged);
  return 0;
}
