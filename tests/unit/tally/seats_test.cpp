#include "sandoq/tally/seats.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace sandoq {
namespace {

// The rule once more, by places instead of groups: an option with `above` better ones and `equal`
// equal ones (itself included) competes for places above .. above + equal - 1; places below S are
// seats, those below S + R alternates.
seat_allocation by_places(const std::vector<std::uint64_t>& counts, seat_limits limits) {
  const std::uint32_t S = limits.seats;
  const std::uint32_t all = limits.seats + limits.alternates;
  struct position {
    std::uint32_t above, option;
  };
  std::vector<position> order;
  seat_allocation out;
  for (std::uint32_t o = 0; o < counts.size(); ++o) {
    if (counts[o] > 0) {
      std::uint32_t above = 0;
      for (const std::uint64_t other : counts) {
        above += other > counts[o] ? 1 : 0;
      }
      order.push_back({above, o});
    }
  }
  std::sort(order.begin(), order.end(), [](position a, position b) {
    return std::pair(a.above, a.option) < std::pair(b.above, b.option);
  });
  for (const auto [above, option] : order) {
    std::vector<option_index> equal;
    for (std::uint32_t o = 0; o < counts.size(); ++o) {
      if (counts[o] == counts[option]) {
        equal.emplace_back(o);
      }
    }
    const auto end = above + static_cast<std::uint32_t>(equal.size());
    if (end <= S) {
      out.elected.emplace_back(option);
    } else if (above >= S && end <= all) {
      out.alternates.emplace_back(option);
    } else if (above < all && equal.front() == option_index(option)) {
      const std::uint32_t seats = above < S ? S - above : 0;
      out.ties.push_back({seats, std::min(end, all) - std::max(above, S), equal});
    }
  }
  return out;
}

TEST(Seats, AgreeWithASecondImplementationOnAllSmallCounts) {
  for (std::uint32_t n = 1; n <= 5; ++n) {
    std::uint32_t vectors = 1;
    for (std::uint32_t i = 0; i < n; ++i) {
      vectors *= 4;
    }
    for (std::uint32_t number = 0; number < vectors; ++number) {
      std::vector<std::uint64_t> counts;
      for (std::uint32_t i = 0, rest = number; i < n; ++i, rest /= 4) {
        counts.push_back(rest % 4);
      }
      for (std::uint32_t s = 1; s <= n; ++s) {
        for (std::uint32_t r = 0; s + r <= n; ++r) {
          const auto seats = plurality_at_large(counts, {s, r});
          ASSERT_EQ(seats, by_places(counts, {s, r})) << n << ' ' << number << ' ' << s << ' ' << r;
          ASSERT_LE(seats.ties.size(), 2U);
          ASSERT_LE(seats.elected.size(), s);
          ASSERT_LE(seats.alternates.size(), r);
        }
      }
    }
  }
}

TEST(Seats, ExamplesByHand) {
  const auto options = [](std::initializer_list<std::uint32_t> list) {
    std::vector<option_index> out;
    for (const std::uint32_t o : list) {
      out.emplace_back(o);
    }
    return out;
  };
  // Most votes first, in option order among equals; nobody without a vote.
  const std::uint64_t plain[] = {5, 9, 5, 0};
  auto seats = plurality_at_large(plain, {3, 1});
  EXPECT_EQ(seats.elected, options({1, 0, 2}));
  EXPECT_TRUE(seats.alternates.empty());
  EXPECT_TRUE(seats.ties.empty());
  // The last seat is tied; the loser takes the only alternate's place, so nobody below gets one.
  seats = plurality_at_large(plain, {2, 1});
  EXPECT_EQ(seats.elected, options({1}));
  ASSERT_EQ(seats.ties.size(), 1U);
  EXPECT_EQ(seats.ties[0], (seat_tie{1, 1, options({0, 2})}));
  // Two ties: for the seat and for what is left of the alternates.
  const std::uint64_t two[] = {4, 4, 3, 3, 3};
  seats = plurality_at_large(two, {1, 2});
  EXPECT_TRUE(seats.elected.empty());
  ASSERT_EQ(seats.ties.size(), 2U);
  EXPECT_EQ(seats.ties[0], (seat_tie{1, 1, options({0, 1})}));
  EXPECT_EQ(seats.ties[1], (seat_tie{0, 1, options({2, 3, 4})}));
  // Nobody voted.
  const std::uint64_t none[] = {0, 0};
  EXPECT_EQ(plurality_at_large(none, {1, 1}), seat_allocation{});
}

}  // namespace
}  // namespace sandoq
