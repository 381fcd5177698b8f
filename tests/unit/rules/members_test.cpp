// Who of a list sits on its seats: one list, its members put in order a second time.

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "tests/unit/rules/rules_fixture.hpp"

namespace sandoq {
namespace {

using namespace sandoq::testing;
using p = proportional_rule;

struct one_list {
  std::vector<party_list> lists{{"list", {}, {}}};
  counted_contest counted;
  std::uint64_t total = 0;
};

// Distinct votes; list order is no order of votes.
one_list some_list(rule_numbers& numbers) {
  one_list out;
  while (out.counted.votes.size() < 4) {
    out.counted.votes = some_votes(numbers);
  }
  for (std::uint32_t i = 0; i < out.counted.votes.size(); ++i) {
    out.lists[0].options.emplace_back(i);
    out.total += out.counted.votes[i];
  }
  std::shuffle(out.lists[0].options.begin(), out.lists[0].options.end(), numbers.engine());
  out.counted.ballots = out.counted.valid = out.total;
  return out;
}

// Taken one by one: the next is whoever nobody left goes before.
std::vector<option_index> in_order(const one_list& given, const p& part, std::uint32_t seats) {
  const auto votes = [&](option_index option) { return given.counted.votes[option.value()]; };
  const auto jumps = [&](option_index option) {
    const std::uint64_t parts = part.jump_base == p::jump_code::votes_per_seat
                                    ? part.jump.denominator * seats
                                    : part.jump.denominator;
    return part.order == p::order_code::votes ||
           (part.order == p::order_code::quota_jump &&
            votes(option) * parts >= given.total * part.jump.numerator);
  };
  std::vector<option_index> left = given.lists[0].options;
  std::vector<option_index> out;
  while (!left.empty()) {
    auto next = left.begin();
    for (auto other = left.begin(); other != left.end(); ++other) {
      if (jumps(*other) && (!jumps(*next) || votes(*other) > votes(*next))) {
        next = other;
      }
    }
    out.push_back(*next);
    left.erase(next);
  }
  return out;
}

TEST(RuleMembers, GoInTheOrderOfTheRule) {
  rule_numbers numbers(51);
  for (int round = 0; round < 200; ++round) {
    const one_list given = some_list(numbers);
    const auto n = static_cast<std::uint32_t>(given.counted.votes.size());
    const std::uint32_t seats = 1 + numbers.below(n - 1);
    p part = divisors(p::method_code::d_hondt);
    part.order = static_cast<p::order_code>(1 + numbers.below(3));
    if (part.order == p::order_code::quota_jump) {
      part.jump = {1, 2 + numbers.below(6)};
      part.jump_base = static_cast<p::jump_code>(1 + numbers.below(2));
    }
    part.alternates = p::alternates_code::number;
    const auto made =
        allocate(law_of(part), given.lists, given.counted, {seats, n}, some_lot()).value();
    std::vector<option_index> seated = made.elected;
    ASSERT_EQ(seated.size(), seats);
    seated.insert(seated.end(), made.alternates.begin(), made.alternates.end());
    EXPECT_EQ(seated, in_order(given, part, seats));
  }
}

// 13/25 of one seat after another, against a table of whole numbers made by hand.
TEST(RuleMembers, AlternatesAreAShareOfTheSeats) {
  struct row {
    p::rounding_code rounding;
    std::vector<std::size_t> of_seats;  // 1, 2, 3, 4, 5: 0.52, 1.04, 1.56, 2.08, 2.6
  };
  for (const row& expected : {row{p::rounding_code::floor, {0, 1, 1, 2, 2}},
                              row{p::rounding_code::half_up, {1, 1, 2, 2, 3}},
                              row{p::rounding_code::half_even, {1, 1, 2, 2, 3}},
                              row{p::rounding_code::ceiling, {1, 2, 2, 3, 3}}}) {
    for (std::uint32_t seats = 1; seats <= 5; ++seats) {
      p part = divisors(p::method_code::d_hondt);
      part.alternates = p::alternates_code::share;
      part.alternates_share = {13, 25};
      part.alternates_rounding = expected.rounding;
      const listed_votes given = lists_with({100}, 20);
      const auto made =
          allocate(law_of(part), given.lists, given.counted, {seats, 0}, some_lot()).value();
      EXPECT_EQ(made.alternates.size(), expected.of_seats[seats - 1]) << seats;
    }
  }
}

}  // namespace
}  // namespace sandoq
