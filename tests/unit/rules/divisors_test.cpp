// Divisors that the rule lists: all quotients in one table, the highest taken. v/(n/d) > w/(m/e)
// iff v*d*m > w*e*n.

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/rules/some_parties.hpp"

namespace sandoq {
namespace {

using namespace sandoq::testing;
__extension__ using wide_number = unsigned __int128;

struct listed_quotient {
  std::uint64_t votes;
  rule_fraction divisor;
  std::size_t list;
};

bool is_higher(const listed_quotient& a, const listed_quotient& b) {
  return wide_number{a.votes} * a.divisor.denominator * b.divisor.numerator >
         wide_number{b.votes} * b.divisor.denominator * a.divisor.numerator;
}

// Nothing where two quotients between which the last seat falls are equal.
std::optional<std::vector<std::uint32_t>> highest_listed(const std::vector<std::uint64_t>& votes,
                                                         const std::vector<rule_fraction>& by,
                                                         std::uint32_t seats) {
  std::vector<listed_quotient> table;
  for (std::size_t list = 0; list < votes.size(); ++list) {
    for (const rule_fraction& divisor : by) {
      table.push_back({votes[list], divisor, list});
    }
  }
  std::sort(table.begin(), table.end(), is_higher);
  if (seats < table.size() && !is_higher(table[seats - 1], table[seats])) {
    return std::nullopt;
  }
  std::vector<std::uint32_t> out(votes.size(), 0);
  for (std::size_t i = 0; i < std::min<std::size_t>(seats, table.size()); ++i) {
    ++out[table[i].list];
  }
  return out;
}

TEST(RuleDivisors, OfTheRuleGiveTheHighestQuotients) {
  rule_numbers numbers(107);
  int ended = 0;
  int decided = 0;
  for (int round = 0; round < 300; ++round) {
    const auto votes = some_votes(numbers);
    const auto given = lists_with(votes, 20);
    const std::uint32_t seats = 1 + numbers.below(20);
    proportional_rule part = divisors(proportional_rule::method_code::custom);
    part.divisors = some_divisors(numbers);
    if (round % 2 == 0) {
      std::uint32_t numerator = 0;
      for (rule_fraction& divisor : part.divisors) {  // large ones: they go up to 2^32 - 1
        numerator += 1 + numbers.below(300'000'000);
        divisor = lowest_terms(numerator, 4'294'967'291U);
      }
    }
    const auto expected = highest_listed(votes, part.divisors, seats);
    const auto made = seats_by(part, given, seats);
    if (expected) {
      EXPECT_EQ(made, *expected);
      ++decided;
    }
    const auto seated = std::accumulate(made.begin(), made.end(), std::size_t{0});
    EXPECT_EQ(seated, std::min<std::size_t>(seats, votes.size() * part.divisors.size()));
    ended += seated < seats ? 1 : 0;
  }
  EXPECT_GT(decided, 250);
  EXPECT_GT(ended, 10);
}

}  // namespace
}  // namespace sandoq
