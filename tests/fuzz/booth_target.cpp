// What a booth reads: its own state, the choices of a voter, the seeds of the boards. SPEC(85.6)

#include "tests/fuzz/booth_target.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "sandoq/core/canonical_secret.hpp"
#include "tests/fuzz/round_trip.hpp"
#include "tests/support/sample_device.hpp"
#include "tools/sandoq/office/booth_state.hpp"
#include "tools/sandoq/office/booth_steps.hpp"
#include "tools/sandoq/office/choices.hpp"

namespace sandoq::fuzzing {
namespace {

using testing::sample_election;
using tool::booth_state;

bytes plain(const secret_bytes& stored) {
  return declassify<"a test looks at it">(stored);
}

/// A device that goes through a day, and what it would have stored at each step.
class sample_booth {
 public:
  sample_booth() : plan(polls.election().source()) {
    plan.contests[0].options[1].id = "option one";  // so that tabs separate its options
    enrolled_device enrolled = polls.enrol(site);
    add(enrolled);
    prepared_device prepared = *std::move(enrolled).prepare(polls.board_seeds(site));
    trees = prepared.trees();
    add(prepared);
    const quorum signatures = polls.sign(prepared.message());
    ready_device ready = *std::move(prepared).open(signatures, journal_);
    add(ready);
    committed_ballot ballot = polls.commit(std::move(ready), polls.council({1, 4}), journal_);
    add(ballot);
    ready = *std::move(ballot).cast({3000}).commit(journal_);
    add(ready, used_token{digest32{random.octets<32>()}, sample_election::council_only});
    const std::vector<option_index> council{option_index(9)};
    const std::vector<option_index> mayor{option_index(0)};
    ballot = polls.commit(std::move(ready), polls.council_and_mayor(council, mayor), journal_);
    add(ballot);
    ready = *std::move(ballot).challenge({3001}).commit(journal_);
    const closing_device closing = *std::move(ready).close({4000}, random);
    add(closing);
    booth_state closed;
    closed.journal_bytes = 12345;
    closed.closed = closing.item();
    inputs.emplace_back("device_state", plain(tool::encode(closed)));
    add_choices();
    add_seed();
  }

  /// The state again that a memory is of. \return what is wrong: it must be refused, or be the same
  std::string resume(device_memory memory) const {
    const bytes before = plain(encode(memory));
    device_trees own = trees;
    switch (memory.stage()) {
      case device_stage::enrolled:
        own.leaves.resize(1);
        return same(before, enrolled_device::resume(site, std::move(memory), std::move(own)));
      case device_stage::prepared:
        return same(before, prepared_device::resume(site, std::move(memory), std::move(own)));
      case device_stage::ready:
        return same(before, ready_device::resume(site, std::move(memory), std::move(own)));
      case device_stage::pending:
        return same(before, committed_ballot::resume(site, std::move(memory), std::move(own)));
      case device_stage::closing:
        return same(before, closing_device::resume(site, std::move(memory), std::move(own)));
    }
    return "is in no stage";
  }

  testing::deterministic_random random{1};
  testing::sample_polls polls{random};
  device_site site = polls.site();
  manifest plan;
  device_trees trees;
  std::vector<std::pair<std::string_view, bytes>> inputs;

 private:
  template <class State>
  static std::string same(const bytes& before, const result<State>& again) {
    if (!again) {
      return refused(again.error()).broken;
    }
    return plain(encode(again->memory())) == before ? "" : "a device comes back as another one";
  }

  template <class State>
  void add(const State& state, std::optional<used_token> token = {}) {
    inputs.emplace_back("device_memory", plain(encode(state.memory())));
    booth_state stored;
    stored.memory = state.memory();
    stored.token = token;
    if (!journal_.entries.empty()) {
      const auto& last = journal_.entries.back();
      stored.next = journal_entry{last.kind, last.canonical};
    }
    inputs.emplace_back("device_state", plain(tool::encode(stored)));
  }

  void add_choices() {
    for (const std::string_view text :
         {"council\ncouncil: option-0\toption one\tdigits 1\n", "council\ncouncil: option one\n",
          "council+mayor\r\nmayor: option-2\n\n council:\toption-9\toption-3 \ndigits 0042\n",
          "council+mayor\ncouncil: blank\nmayor:\n"}) {
      inputs.emplace_back("choices", bytes(bytes_of(text).begin(), bytes_of(text).end()));
    }
  }

  void add_seed() {
    byte_writer out;
    for (const std::uint32_t field : {3U, 1U, 500U, 1U}) {
      out.u32(field);
    }
    out.fixed(random.octets<32>());
    inputs.emplace_back("board_seed", std::move(out).take());
  }

  testing::memory_journal journal_;
};

const sample_booth& booth() {
  static const sample_booth made;
  return made;
}

outcome memory(byte_view in) {
  auto read = decode_device_memory(secret_bytes(in), booth().polls.context());
  outcome out = read_back(in, read, [](const device_memory& m) { return plain(encode(m)); });
  if (out.accepted && out.broken.empty()) {
    out.broken = booth().resume(std::move(*read));
  }
  return out;
}

outcome state(byte_view in) {
  const auto read = tool::decode_booth_state(secret_bytes(in), booth().polls.context());
  return read_back(
      in, read, [](const booth_state& s) { return plain(tool::encode(s)); },
      [](const booth_state& s) -> std::string {
        const bool closed = tool::describe(s) == "closed";
        return closed == !s.memory ? "" : "a closed device has a memory, or an open one has none";
      });
}

/// The choices as this program would write them.
std::string written(const tool::filled_ballot& ballot) {
  const manifest& plan = booth().plan;
  std::string out = plan.styles[ballot.selection.style().value()].id + "\n";
  for (const contest_selection& selection : ballot.selection.selections()) {
    const contest_entry& contest = plan.contests[selection.contest().value()];
    out += contest.id + ":";
    const bytes marks = plain(selection.choices());
    for (std::size_t i = 0; i < contest.options.size(); ++i) {
      if (marks[i] == std::byte{1}) {
        out += "\t" + contest.options[i].id;
      }
    }
    out += "\n";
  }
  if (ballot.digits != ballot_item::no_digits) {
    const std::string digits = std::to_string(ballot.digits);
    out += "digits " + std::string(4 - digits.size(), '0') + digits + "\n";
  }
  return out;
}

std::vector<bytes> marks_of(const tool::filled_ballot& ballot) {
  std::vector<bytes> out;
  for (const contest_selection& selection : ballot.selection.selections()) {
    out.push_back(plain(selection.choices()));
  }
  return out;
}

// Many texts mean one ballot; the ballot that was read must survive being written.
outcome choices(byte_view in) {
  const auto read_text = [](std::string_view text) {
    return tool::read_choices(booth().plan, booth().polls.context(), sample_election::first_branch,
                              text);
  };
  const auto read = read_text({reinterpret_cast<const char*>(in.data()), in.size()});
  if (!read) {
    return refused(read.error());
  }
  if (read->digits != ballot_item::no_digits && read->digits > 9999) {
    return {true, "the digits are more than four"};
  }
  const auto again = read_text(written(*read));
  if (!again) {
    return {true, "the ballot, written anew, is refused: " + to_string(again.error())};
  }
  const bool same = again->selection.style() == read->selection.style() &&
                    again->digits == read->digits && marks_of(*again) == marks_of(*read);
  return {true, same ? "" : "the ballot, written anew, is another one"};
}

outcome board_seed(byte_view in) {
  const auto read = tool::board_seed::decode(secret_bytes(in));
  return read_back(in, read, [](const tool::board_seed& seed) {
    secret_writer out;
    out.u32(seed.place.branch.value());
    out.u32(seed.place.device.value());
    out.u32(seed.capacity);
    out.u32(seed.board.value());
    out.fixed(seed.kappa);
    return plain(std::move(out).take());
  });
}

constexpr decoder booth_decoders[] = {
    {"device_memory", memory},
    {"device_state", state},
    {"choices", choices},
    {"board_seed", board_seed},
};

}  // namespace

std::vector<std::pair<std::string_view, bytes>> booth_inputs() {
  return booth().inputs;
}

target booth_target() {
  return {"booth", booth_decoders};
}

}  // namespace sandoq::fuzzing
