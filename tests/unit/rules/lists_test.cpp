// Seats to lists, counted a second time in whole numbers of 128 bits.

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "tests/unit/rules/rules_fixture.hpp"

namespace sandoq {
namespace {

using namespace sandoq::testing;
using method_code = proportional_rule::method_code;
__extension__ using uint128 = unsigned __int128;

// All quotients in one table, the highest taken: v/a > w/b iff v*b > w*a. 10 times the divisors.
std::vector<std::uint32_t> highest_quotients(const std::vector<std::uint64_t>& votes,
                                             std::uint32_t seats, method_code method) {
  struct entry {
    std::uint64_t votes;
    std::uint64_t divisor;
    std::size_t list;
  };
  std::vector<entry> table;
  for (std::size_t list = 0; list < votes.size(); ++list) {
    for (std::uint32_t k = 0; k < seats; ++k) {
      const std::uint64_t divisor = method == method_code::d_hondt ? 10 * (k + 1)
                                    : k == 0 && method == method_code::sainte_lague_modified
                                        ? 14
                                        : 10 * (2 * k + 1);
      table.push_back({votes[list], divisor, list});
    }
  }
  std::sort(table.begin(), table.end(), [](const entry& a, const entry& b) {
    return uint128{a.votes} * b.divisor > uint128{b.votes} * a.divisor;
  });
  std::vector<std::uint32_t> out(votes.size(), 0);
  for (std::uint32_t i = 0; i < seats; ++i) {
    ++out[table[i].list];
  }
  return out;
}

TEST(RuleLists, DivisorsGiveTheHighestQuotients) {
  rule_numbers numbers(1);
  for (int round = 0; round < 40; ++round) {
    const auto votes = some_votes(numbers);
    const auto given = lists_with(votes, 30);
    const std::uint32_t seats = 1 + numbers.below(25);
    for (const method_code method :
         {method_code::d_hondt, method_code::sainte_lague, method_code::sainte_lague_modified}) {
      EXPECT_EQ(seats_by(divisors(method), given, seats), highest_quotients(votes, seats, method));
    }
  }
}

// v*S = whole*V + rest; the missing seats to the largest rests, or to the largest votes.
std::vector<std::uint32_t> by_whole_numbers(const std::vector<std::uint64_t>& votes,
                                            std::uint32_t seats, bool by_rest) {
  const std::uint64_t total = std::accumulate(votes.begin(), votes.end(), std::uint64_t{0});
  std::vector<std::uint32_t> out;
  std::vector<std::pair<std::uint64_t, std::size_t>> order;
  std::uint32_t given = 0;
  for (std::size_t i = 0; i < votes.size(); ++i) {
    out.push_back(static_cast<std::uint32_t>(votes[i] * seats / total));
    given += out.back();
    order.emplace_back(by_rest ? votes[i] * seats % total : votes[i], i);
  }
  std::sort(order.rbegin(), order.rend());
  for (std::size_t i = 0; given < seats; ++i, ++given) {
    ++out[order[i].second];
  }
  return out;
}

TEST(RuleLists, QuotasGiveWhatWholeNumbersSay) {
  rule_numbers numbers(2);
  for (int round = 0; round < 60; ++round) {
    const auto votes = some_votes(numbers);
    const auto given = lists_with(votes, 30);
    const std::uint32_t seats = 1 + numbers.below(25);
    EXPECT_EQ(seats_by(hare(), given, seats), by_whole_numbers(votes, seats, true));
    auto shares = hare();
    shares.remainder = proportional_rule::remainder_code::highest_share;
    EXPECT_EQ(seats_by(shares, given, seats), by_whole_numbers(votes, seats, false));
  }
}

TEST(RuleLists, HareStaysWithinTheQuotaAndDHondtAboveItsFloor) {
  rule_numbers numbers(3);
  for (int round = 0; round < 40; ++round) {
    const auto votes = some_votes(numbers);
    const auto given = lists_with(votes, 30);
    const std::uint32_t seats = 1 + numbers.below(25);
    const std::uint64_t total = given.counted.valid;
    const auto quota_seats = seats_by(hare(), given, seats);
    const auto divisor_seats = seats_by(divisors(method_code::d_hondt), given, seats);
    for (std::size_t i = 0; i < votes.size(); ++i) {
      const auto floor = static_cast<std::uint32_t>(votes[i] * seats / total);
      EXPECT_TRUE(quota_seats[i] == floor || quota_seats[i] == floor + 1);
      EXPECT_GE(divisor_seats[i], floor);
    }
  }
}

TEST(RuleLists, DivisorsTakeNoSeatAwayWhenTheHouseGrows) {
  rule_numbers numbers(4);
  for (const method_code method : {method_code::d_hondt, method_code::sainte_lague}) {
    const auto given = lists_with(some_votes(numbers), 30);
    std::vector<std::uint32_t> before(given.lists.size(), 0);
    for (std::uint32_t seats = 1; seats <= 30; ++seats) {
      const auto now = seats_by(divisors(method), given, seats);
      EXPECT_EQ(std::accumulate(now.begin(), now.end(), 0U), seats);
      for (std::size_t i = 0; i < now.size(); ++i) {
        EXPECT_GE(now[i], before[i]);
      }
      before = now;
    }
  }
}

TEST(RuleLists, TheOrderOfListsSaysNothing) {
  rule_numbers numbers(5);
  for (int round = 0; round < 30; ++round) {
    auto votes = some_votes(numbers);
    const std::uint32_t seats = 1 + numbers.below(20);
    proportional_rule part = hare();
    part.method = static_cast<method_code>(1 + numbers.below(4));
    part.remainder = static_cast<proportional_rule::remainder_code>(1 + numbers.below(3));
    part.rounding = static_cast<proportional_rule::rounding_code>(1 + numbers.below(3));
    part.repair = static_cast<proportional_rule::repair_code>(1 + numbers.below(2));
    part.one_extra = 0;
    const auto one = seats_by(part, lists_with(votes, 30), seats);
    std::reverse(votes.begin(), votes.end());
    auto two = seats_by(part, lists_with(votes, 30), seats);
    std::reverse(two.begin(), two.end());
    EXPECT_EQ(one, two);
    EXPECT_EQ(std::accumulate(one.begin(), one.end(), 0U), seats);
  }
}

// Whatever the rule: nobody is seated twice, nobody without votes, no list beyond its members, and
// seats given and seats that stay empty are the seats there are.
TEST(RuleLists, SeatsAddUpUnderEveryRule) {
  rule_numbers numbers(6);
  using p = proportional_rule;
  const auto pick = [&](auto highest) {
    return static_cast<decltype(highest)>(1 + numbers.below(static_cast<std::uint32_t>(highest)));
  };
  for (int round = 0; round < 400; ++round) {
    p part;
    part.method = pick(method_code::sainte_lague_modified);
    if (part.by_quota()) {
      part.rounding = pick(p::rounding_code::half_even);
      part.remainder = pick(p::remainder_code::highest_average);
      part.one_extra = static_cast<std::uint8_t>(numbers.below(2));
      part.repair = pick(p::repair_code::smallest_share);
    } else {
      part = divisors(part.method);
    }
    part.independents = pick(p::independents_code::excluded);
    part.list_overflow = pick(p::overflow_code::nobody);
    part.pool_overflow = pick(p::overflow_code::nobody);
    part.vacancy = pick(p::vacancy_code::votes);
    part.list_tie = pick(p::tie_code::votes_then_lot);
    part.alternates = p::alternates_code::number;
    listed_votes given = lists_with({9, 8, 7 + numbers.below(30)}, 3);
    given.counted.votes[1] = numbers.below(2);  // a member of a list, perhaps without a vote
    for (std::uint32_t alone = numbers.below(5); alone > 0; --alone) {
      given.counted.votes.push_back(numbers.below(20));
    }
    given.counted.valid = given.counted.ballots = 200;
    const std::uint32_t seats =
        1 + numbers.below(static_cast<std::uint32_t>(given.counted.votes.size()));
    const auto made = allocate(law_of(part), given.lists, given.counted, {seats, 1}, some_lot());
    ASSERT_TRUE(made.has_value()) << to_string(made.error());
    std::set<option_index> seated(made->elected.begin(), made->elected.end());
    EXPECT_EQ(seated.size(), made->elected.size());
    for (const option_index option : made->elected) {
      EXPECT_GT(given.counted.votes[option.value()], 0U);
    }
    for (const option_index option : made->alternates) {
      EXPECT_TRUE(seated.insert(option).second);
    }
    // A party has as many seats as members who sit on them.
    const auto& steps = made->transcript.steps;
    for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
      if (steps[i].kind == step_kind::party) {
        EXPECT_EQ(std::stoul(steps[i].values.front()), steps[i + 1].subjects.size());
      }
    }
    const allocation_step& last = made->transcript.steps.back();
    const bool empty = last.kind == step_kind::empty_seats;
    EXPECT_EQ(made->elected.size() + (empty ? std::stoul(last.values.front()) : 0), seats);
  }
}

}  // namespace
}  // namespace sandoq
