// Seats that a party has no members for, given again to whom the rule names.

#include <gtest/gtest.h>

#include <array>

#include "tests/unit/rules/some_parties.hpp"

namespace sandoq {
namespace {

using namespace sandoq::testing;
using p = proportional_rule;
using overflow = p::overflow_code;

constexpr std::array all_overflow_codes{overflow::all, overflow::lists, overflow::independents,
                                        overflow::nobody};

// Every pair of codes, each under all methods, thresholds, bases and kinds of independents.
TEST(RuleOverflow, GoesToWhomTheRuleNames) {
  rule_numbers numbers(101);
  std::map<overflow, int> lists_over;
  std::map<overflow, int> pool_over;
  std::map<overflow, int> given_again;
  for (int round = 0; round < 160 * 16; ++round) {
    party_contest asked = some_party_contest(numbers, round % 2 == 0);
    const overflow of_lists = all_overflow_codes[static_cast<std::size_t>(round / 16 % 4)];
    const overflow of_pool = all_overflow_codes[static_cast<std::size_t>(round / 4 % 4)];
    asked.part().list_overflow = of_lists;
    asked.part().pool_overflow = of_pool;
    SCOPED_TRACE(round);
    const seats_seen seen = agreed(asked).seen;
    lists_over[of_lists] += seen.lists_over > 0 ? 1 : 0;
    pool_over[of_pool] += seen.pool_over > 0 ? 1 : 0;
    given_again[of_lists] += seen.given_of_lists > 0 ? 1 : 0;
    given_again[of_pool] += seen.given_of_pool > 0 ? 1 : 0;
  }
  for (const overflow code : all_overflow_codes) {
    EXPECT_GT(lists_over[code], 60);
    EXPECT_GT(pool_over[code], 15);
    EXPECT_EQ(given_again[code] > 5, code != overflow::nobody);
  }
}

// A list of one and one who stands alone have more votes than they can use; another list and
// others who stand alone have room.
party_contest two_that_overflow(rule_numbers& numbers) {
  party_contest out;
  out.law = some_party_rule(numbers);
  out.part().base = p::base_code::member_votes;
  out.part().independents = p::independents_code::own;
  out.part().threshold.reset();
  out.counted.votes = {500 + numbers.below(500), 500 + numbers.below(500)};
  while (out.counted.votes.size() < 11) {
    out.counted.votes.push_back(1 + numbers.below(200));
  }
  out.counted.valid = out.counted.ballots =
      std::accumulate(out.counted.votes.begin(), out.counted.votes.end(), std::uint64_t{0});
  out.lists = {{"one", {}, {option_index(0)}}, {"more", {}, {}}};
  for (std::uint32_t member = 2; member < 6; ++member) {
    out.lists[1].options.emplace_back(member);
  }
  out.places = {6 + numbers.below(5), numbers.below(4)};
  out.ties = some_ties(numbers, out.counted.votes.size());
  return out;
}

// Where the two overflows go to the same parties, which comes first decides who takes the last.
TEST(RuleOverflow, OfListsIsGivenBeforeThatOfIndependents) {
  rule_numbers numbers(102);
  int both = 0;
  for (int round = 0; round < 600; ++round) {
    party_contest asked = two_that_overflow(numbers);
    asked.part().list_overflow = round % 4 < 2 ? overflow::all : overflow::independents;
    asked.part().pool_overflow = round % 2 == 0 ? overflow::all : overflow::lists;
    SCOPED_TRACE(round);
    const seats_seen seen = agreed(asked).seen;
    both += seen.given_of_lists > 0 && seen.given_of_pool > 0 ? 1 : 0;
  }
  EXPECT_GT(both, 60);
}

}  // namespace
}  // namespace sandoq
