// Who takes a seat that falls vacant: the alternates of a party, or all of them by their votes.

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "tests/unit/rules/rules_fixture.hpp"

namespace sandoq {
namespace {

using namespace sandoq::testing;
using p = proportional_rule;
using options = std::vector<option_index>;

bool holds(const options& all, option_index one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

std::optional<option_index> first_left(const options& order, const options& gone) {
  const auto found = std::find_if(order.begin(), order.end(),
                                  [&](option_index each) { return !holds(gone, each); });
  return found == order.end() ? std::nullopt : std::optional(*found);
}

// Lists whose members all have votes of their own, no two the same.
listed_votes distinct_members(rule_numbers& numbers) {
  listed_votes out = lists_with(some_votes(numbers), 5);
  std::vector<std::uint64_t> votes;
  for (std::size_t i = 0; i < out.counted.votes.size(); ++i) {
    votes.push_back(1000 + 7 * i);
  }
  std::shuffle(votes.begin(), votes.end(), numbers.engine());
  out.counted.votes = votes;
  out.counted.ballots = 0;
  for (const std::uint64_t v : votes) {
    out.counted.ballots += v;
  }
  out.counted.valid = out.counted.ballots;
  return out;
}

TEST(RuleVacancies, GoToThePartyThenToTheVotes) {
  rule_numbers numbers(71);
  int of_others = 0;
  int nobody = 0;
  for (int round = 0; round < 300; ++round) {
    const listed_votes given = distinct_members(numbers);
    p part = divisors(p::method_code::d_hondt);
    part.vacancy = static_cast<p::vacancy_code>(1 + round % 3);
    part.alternates = p::alternates_code::share;
    part.alternates_share = {1, 1 + numbers.below(3)};
    part.alternates_rounding = p::rounding_code::half_up;
    const rule law = law_of(part);
    const std::uint32_t seats =
        1 + numbers.below(2 * static_cast<std::uint32_t>(given.lists.size()));
    const auto made = allocate(law, given.lists, given.counted, {seats, 0}, some_lot()).value();
    options all;
    for (const party_outcome& party : made.parties) {
      all.insert(all.end(), party.alternates.begin(), party.alternates.end());
    }
    std::sort(all.begin(), all.end(), [&](option_index a, option_index b) {
      return given.counted.votes[a.value()] > given.counted.votes[b.value()];
    });
    options gone;
    for (const option_index each : all) {
      if (numbers.below(3) == 0) {
        gone.push_back(each);
      }
    }
    for (const party_outcome& party : made.parties) {
      for (const option_index vacant : party.elected) {
        const auto of_party = first_left(party.alternates, gone);
        const auto by_votes = first_left(all, gone);
        const auto expected = part.vacancy == p::vacancy_code::same_party ? of_party
                              : part.vacancy == p::vacancy_code::votes    ? by_votes
                              : of_party                                  ? of_party
                                                                          : by_votes;
        EXPECT_EQ(successor(law, made, vacant, gone), expected);
        of_others += expected && !holds(party.alternates, *expected) ? 1 : 0;
        nobody += expected ? 0 : 1;
      }
    }
  }
  EXPECT_GT(of_others, 20);
  EXPECT_GT(nobody, 20);
}

TEST(RuleVacancies, GoToTheAlternatesInTheirOrderWithoutParties) {
  rule_numbers numbers(72);
  for (int round = 0; round < 50; ++round) {
    const listed_votes given = distinct_members(numbers);
    const rule law{ballot_rule{}, plurality_rule{}};
    const auto made = allocate(law, {}, given.counted, {2, 3}, some_lot()).value();
    ASSERT_EQ(made.alternates.size(), 3U);
    const options gone(made.alternates.begin(), made.alternates.begin() + round % 4);
    const auto expected = round % 4 == 3
                              ? std::nullopt
                              : std::optional(made.alternates[static_cast<std::size_t>(round % 4)]);
    EXPECT_EQ(successor(law, made, made.elected[0], gone), expected);
  }
}

}  // namespace
}  // namespace sandoq
