// List codes, strike-outs, rankings and write-ins, and a device of mixed contests: what a voter
// enters is secret. What the device publishes is verified in variable time, so a value that was not
// released on purpose is found as well.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sandoq/ballot/ballot_verifier.hpp"
#include "sandoq/ballot/challenge.hpp"
#include "sandoq/ballot/device_secret.hpp"
#include "sandoq/core/executor.hpp"
#include "tests/ctime/ctime_program.hpp"
#include "tests/support/ballot_forms.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/mixed_contests.hpp"
#include "tests/support/sample_device.hpp"

namespace {

using namespace sandoq;  // NOLINT(google-build-using-namespace): a program of its own
using testing::claim;
using testing::memory_journal;
using testing::require;
using testing::sample_election;
using testing::sample_polls;

constexpr std::uint32_t none = contest_selection::no_option.value();

std::vector<option_index> marked(const std::vector<std::uint32_t>& options) {
  std::vector<option_index> out;
  for (const std::uint32_t option : options) {
    out.emplace_back(option);
  }
  sandoq::detail::mark_secret(out.data(), out.size() * sizeof(option_index));
  return out;
}

secret_bytes text_of(const contest_terms& contest, const std::string& text) {
  bytes padded(contest.packed().shape().text_bytes());
  for (std::size_t i = 0; i < text.size(); ++i) {
    padded[i] = static_cast<std::byte>(text[i]);
  }
  return secret_bytes(byte_view(padded));
}

// Two lists of three with codes; 1 to 3 of 10, blank.
void lists(const contest_terms& council) {
  const auto enter = [&](std::uint32_t list, const std::vector<std::uint32_t>& struck,
                         const std::vector<std::uint32_t>& slots) {
    const auto out_of = marked(struck);
    const auto single = marked(slots);
    list_entries entries{.list = list, .struck = out_of, .slots = single};
    sandoq::detail::mark_secret(&entries.list, sizeof entries.list);
    return contest_selection::of_list(council, entries);
  };
  const std::vector<std::uint32_t> nobody{none, none, none};
  for (const std::uint32_t list : {0U, 1U, list_entries::no_list}) {
    const auto made = enter(list, {none}, nobody);
    require(made.has_value(), "a permitted list code was refused");
    claim(made->choices(), "of_list");
  }
  const auto mixed = enter(0, {7}, {4, none, none});
  require(mixed.has_value(), "a member struck out and an option beside the list");
  claim(mixed->choices(), "of_list with a strike-out");
  require(!enter(2, {none}, nobody), "a list that is none");
  require(!enter(0, {1}, nobody), "somebody struck out who is not on the list");
  require(!enter(0, {none}, {4, none, none}), "four votes of three");
  require(!enter(1, {none}, {3, none, none}), "a member twice");
}

contest_terms terms_with(contest_encoding encoding, const ballot_rule& rule) {
  return *terms_of(digest32{}, contest_index(0), testing::contest_with(encoding, 6, rule, 3, 2));
}

// Over-votes that are cut off or void, several votes for an option, lists that are open, closed or
// have votes of their own.                                                            SPEC(50.10)
void forms() {
  using b = ballot_rule;
  const auto enter = [](const contest_terms& contest, std::uint32_t list,
                        const std::vector<std::uint32_t>& struck,
                        const std::vector<std::uint32_t>& slots) {
    const auto out_of = marked(struck);
    const auto single = marked(slots);
    list_entries entries{.list = list, .struck = out_of, .slots = single};
    sandoq::detail::mark_secret(&entries.list, sizeof entries.list);
    auto made = contest.codes.entries().code == b::list_code::none
                    ? contest_selection::of_slots(contest, single)
                    : contest_selection::of_list(contest, entries);
    require(made.has_value(), "permitted entries were refused");
    claim(made->choices(), "entries of a ballot rule");
    const auto again = contest_selection::of_choices(contest, made->choices().clone());
    require(again.has_value(), "stored choices were refused");
    claim(again->choices(), "of_choices of a ballot rule");
  };
  constexpr std::uint32_t no_list = list_entries::no_list;
  b rule;
  rule.min_votes = 1;
  rule.max_votes = 3;
  rule.max_each = 2;
  for (const auto policy : {b::overvote_policy::truncate, b::overvote_policy::cancel}) {
    rule.overvote = policy;
    const contest_terms heaped = terms_with(contest_encoding::slots, rule);
    enter(heaped, no_list, {}, {4, 4, 0, none});
    enter(heaped, no_list, {}, {4, 4, 4, 5});
    enter(heaped, no_list, {}, {none, none, none, none});
  }
  rule.form = b::list_form::open;
  rule.code = b::list_code::separate;
  const contest_terms open = terms_with(contest_encoding::packed_subset, rule);
  enter(open, 0, {}, {0, 2, 2, 1});
  enter(open, no_list, {}, {5, none, none, none});
  const std::vector<std::uint32_t> two_lists{0, 3, none, none};
  require(!contest_selection::of_list(open, {.list = no_list, .slots = marked(two_lists)}),
          "options of two open lists");
  rule.form = b::list_form::free;
  rule.exclusive = 1;
  const contest_terms apart = terms_with(contest_encoding::bit_vector, rule);
  enter(apart, 1, {}, {none, none, none});
  enter(apart, no_list, {}, {0, 5, 5});
  rule.form = b::list_form::closed;
  enter(terms_with(contest_encoding::bit_vector, rule), 0, {}, {none, none, none});
  rule.code = b::list_code::members;
  rule.strike = 1;
  rule.max_votes = 2;
  rule.overvote = b::overvote_policy::truncate;
  enter(terms_with(contest_encoding::packed_subset, rule), 0, {1, none}, {none, none});
}

void rankings(const contest_terms& mayor) {
  for (const auto& ranks : {marked({2, 0, none}), marked({1, none, none}), marked({0, 1, 2}),
                            marked({none, none, none})}) {
    auto made = contest_selection::of_ranks(mayor, ranks);
    require(made.has_value(), "a permitted ranking was refused");
    claim(made->choices(), "of_ranks");
    auto written = std::move(*made).with_text(mayor, text_of(mayor, "Zoë"));
    require(written.has_value(), "a write-in was refused");
    claim(written->choices(), "with_text");
    const auto again = contest_selection::of_choices(mayor, written->choices().clone());
    require(again.has_value(), "a stored ranking was refused");
    claim(again->choices(), "of_choices of a ranking");
  }
  require(!contest_selection::of_ranks(mayor, marked({0, none, 1})), "a rank left out");
  require(!contest_selection::of_ranks(mayor, marked({0, 0, none})), "an option ranked twice");
  require(!contest_selection::of_ranks(mayor, marked({3, none, none})), "no option ranked");
  require(!contest_selection::of_ranks(mayor, marked({0, none, none}))
               ->clone()
               .with_text(mayor, text_of(mayor, "\x80")),
          "a write-in that is no text");
}

ballot_selection council_and(const sample_polls& polls, std::uint32_t branch, style_index style,
                             contest_selection second) {
  std::vector<contest_selection> list;
  list.push_back(
      *contest_selection::of_slots(polls.context().terms(contest_index(0)), marked({9, none, 3})));
  list.push_back(std::move(second));
  return *ballot_selection::make(polls.context(), branch_index(branch), style, std::move(list));
}

// A ballot, kept and resumed, and cast or challenged; all that was written verifies.
void device(sample_polls& polls, std::uint32_t branch, style_index style,
            const contest_selection& second) {
  memory_journal journal;
  const device_site site = polls.site(branch);
  ready_device ready = polls.open(site, journal);
  const device_trees trees = ready.trees();
  committed_ballot first =
      polls.commit(std::move(ready), council_and(polls, branch, style, second.clone()), journal);
  const secret_bytes octets = encode(first.memory());
  claim(octets, "encode of device_memory");
  auto memory = decode_device_memory(octets, polls.context());
  require(memory.has_value(), "decode_device_memory");
  claim(memory->pending->selection.selections()[1].choices(), "decode_device_memory: choices");
  auto resumed = committed_ballot::resume(site, std::move(*memory), trees);
  require(resumed.has_value(), "resume of a device");
  ready = *std::move(*resumed).cast({2001}).commit(journal);
  committed_ballot last =
      polls.commit(std::move(ready), council_and(polls, branch, style, second.clone()), journal);
  ready = *std::move(last).challenge({2002}).commit(journal);

  const opening_item opening = *opening_item::decode(journal.entries[0].canonical);
  std::vector<ballot_item> ballots;
  for (const std::size_t i : {1U, 3U}) {
    ballots.push_back(*ballot_item::decode(journal.entries[i].canonical));
  }
  sequential_executor workers;
  for (const auto& outcome : ballot_verifier(polls.context()).verify(ballots, workers)) {
    require(outcome.has_value(), "a ballot does not verify");
  }
  const challenge_item opened = *challenge_item::decode(journal.entries[4].canonical);
  require(verify_challenge(polls.context(), opening, ballots[1], opened).holds(),
          "the challenge does not verify");
}

}  // namespace

int main() {
  testing::require_checker();
  testing::deterministic_random random(46);
  sample_polls polls(random, election_domain::drill, testing::mix_contests);
  const auto contests = polls.context().contests();
  forms();
  lists(contests[0]);
  rankings(contests[1]);
  device(polls, 3, sample_election::council_and_mayor,
         *contest_selection::of_ranks(contests[1], marked({1, 2, none}))
              ->clone()
              .with_text(contests[1], text_of(contests[1], "x")));
  device(polls, 8, sample_election::council_and_question,
         *contest_selection::of_slots(contests[2], marked({1, none})));
  return 0;
}
