// The heart of a booth: booth DIR encrypts one ballot for the election of a record, proves it, and
// checks it as everybody else would. Links sandoq::sandoq.
#include <cstdio>
#include <utility>
#include <vector>

#include "sandoq/ballot/ballot_verifier.hpp"
#include "sandoq/ballot/encrypt_secret.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/system_random.hpp"
#include "sandoq/record/record_reader.hpp"
#include "sandoq/threshold/derived_key.hpp"

namespace {

using namespace sandoq;

/// The last item of a file: of a ceremony that is the election key.
result<bytes> last_item(const record_reader& record, std::string_view name) {
  auto file = record.open_file(name);
  if (!file) {
    return tl::unexpected(std::move(file.error()));
  }
  bytes last;
  for (segment_item item;;) {
    const auto more = file->next(item);
    if (!more) {
      return tl::unexpected(more.error());
    }
    if (!*more) {
      return last;
    }
    last.assign(item.canonical.begin(), item.canonical.end());
  }
}

result<election_context> read_election(const char* directory) {
  const auto record = record_reader::open(directory);
  if (!record) {
    return tl::unexpected(record.error());
  }
  const auto source = last_item(*record, manifest_file_name).and_then([](const bytes& canonical) {
    return manifest::decode(canonical);
  });
  const auto published = last_item(*record, ceremony_file_name).and_then([](const bytes& item) {
    return election_key::decode(item);
  });
  if (!source || !published) {
    return tl::unexpected(source ? published.error() : source.error());
  }
  return decode_keys(*published).and_then([&](const election_keys& keys) {
    return election_context::make(*source, published->election_hash, keys.joint_key);
  });
}

/// A ballot for the first branch with the first option of every contest, as device 1 would send it.
result<ballot_item> first_options(const election_context& election) {
  ballot_item ballot;
  ballot.place = {election.index().branches().front(), device_index(1)};
  ballot.number = serial(1);
  ballot.style = election.index().styles_at(ballot.place.branch).front();
  std::vector<contest_selection> selections;
  for (const contest_index contest : election.index().contests_of(ballot.style)) {
    const std::vector<option_index> marked{option_index(0)};
    auto selection = contest_selection::of_options(election.terms(contest), marked);
    if (!selection) {
      return tl::unexpected(std::move(selection.error()));
    }
    selections.push_back(std::move(*selection));
  }
  const auto selection =
      ballot_selection::make(election, ballot.place.branch, ballot.style, std::move(selections));
  if (!selection) {
    return tl::unexpected(selection.error());
  }
  system_random random;
  const ballot_prover prover(election.proofs());
  auto contests = encrypt_ballot(election, prover, ballot, *selection, random_secret<32>(random));
  if (!contests) {
    return tl::unexpected(std::move(contests.error()));
  }
  ballot.contests = std::move(*contests);
  return ballot;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: booth DIR\n", stderr);
    return 2;
  }
  const auto election = read_election(argv[1]);
  const auto ballot = election.and_then(first_options);
  if (!ballot) {
    std::fprintf(stderr, "%s\n", to_string(ballot.error()).c_str());
    return 2;
  }
  std::vector<ballot_item> ballots{*ballot, *ballot};
  std::swap(ballots[1].contests[0].ciphertexts[0], ballots[1].contests[0].ciphertexts[1]);
  const auto workers = make_executor(2);
  const auto outcomes = ballot_verifier(*election).verify(ballots, *workers);
  std::printf("the ballot: %s; with two votes exchanged: %s (%s)\n",
              outcomes[0] ? "accepted" : "rejected", outcomes[1] ? "accepted" : "rejected",
              executor_backend_name());
  return outcomes[0] && !outcomes[1] ? 0 : 1;
}
