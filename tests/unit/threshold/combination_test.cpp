#include "lib/threshold/combination.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "sandoq/threshold/lagrange.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq::combination_test {
namespace {

using group = ristretto255;
using points = std::vector<std::uint32_t>;

group::scalar scalar_of(std::int64_t number) {
  const auto size =
      group::scalar_from_u64(static_cast<std::uint64_t>(number < 0 ? -number : number));
  return number < 0 ? -size : size;
}

// \return whether they fitted
bool expect_the_weights(const std::vector<points>& sets) {
  const auto whole = detail::whole_weights_of(sets);
  if (!whole) {
    return false;
  }
  std::vector<group::scalar> expected;
  for (const points& set : sets) {
    for (const auto& weight : lagrange_at_zero<group>(set)) {
      expected.push_back(weight);
    }
  }
  EXPECT_GT(whole->denominator, 0);
  EXPECT_EQ(whole->numbers.size(), expected.size());
  for (std::size_t k = 0; k < expected.size(); ++k) {
    EXPECT_EQ(scalar_of(whole->numbers[k]), expected[k] * scalar_of(whole->denominator));
  }
  return true;
}

TEST(WholeWeights, AreThoseOfLagrange) {
  EXPECT_TRUE(expect_the_weights({{1}}));
  const auto first_three = detail::whole_weights_of(std::vector<points>{{1, 2, 3}}).value();
  EXPECT_EQ(first_three.numbers, (std::vector<std::int64_t>{3, -3, 1}));
  EXPECT_EQ(first_three.denominator, 1);
  testing::deterministic_random random(testing::test_seed());
  for (int round = 0; round < 200; ++round) {
    std::vector<points> sets(1 + random.below(3));
    for (points& set : sets) {
      const std::uint64_t size = 1 + random.below(6);
      while (set.size() < size) {
        const auto j = static_cast<std::uint32_t>(1 + random.below(9));
        if (std::find(set.begin(), set.end(), j) == set.end()) {
          set.push_back(j);
        }
      }
      std::sort(set.begin(), set.end());
    }
    EXPECT_TRUE(expect_the_weights(sets));
  }
}

TEST(WholeWeights, AreLeftOutWhereTheyAreLarge) {
  const points many = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61};
  EXPECT_FALSE(expect_the_weights({many}));
  EXPECT_FALSE(expect_the_weights({{1, 2}, many}));
}

// The same, whichever weights are taken.
TEST(Combination, TakesAwayTheSameEitherWay) {
  testing::deterministic_random random(testing::test_seed());
  const auto some = [&](std::size_t count) {
    std::vector<group::element> out;
    for (std::size_t i = 0; i < count; ++i) {
      out.push_back(group::from_uniform_bytes(random.octets<64>()));
    }
    return out;
  };
  const std::vector<detail::answer_origin> origins = {
      {board_index(0), trustee_index(1)}, {board_index(0), trustee_index(4)},
      {board_index(0), trustee_index(7)}, {board_index(1), trustee_index(2)},
      {board_index(1), trustee_index(3)}, {board_index(1), trustee_index(9)}};
  const std::vector<board_size> boards = {{8, 3}, {9, 2}};
  auto chosen = detail::choose(boards, origins).value();
  EXPECT_EQ(chosen.used, (std::vector<std::size_t>{0, 1, 2, 3, 4}));
  ASSERT_TRUE(chosen.whole);
  EXPECT_NE(chosen.whole->denominator, 1);
  std::vector<std::vector<group::element>> lists(5);
  std::vector<std::span<const group::element>> factors;
  for (auto& list : lists) {
    factors.emplace_back(list = some(19));
  }
  const auto betas = some(19);
  auto with_whole = betas;
  detail::take_away(with_whole, chosen, factors);
  chosen.whole.reset();
  auto with_scalars = betas;
  detail::take_away(with_scalars, chosen, factors);
  for (std::size_t i = 0; i < betas.size(); ++i) {
    group::element expected = betas[i];
    for (std::size_t k = 0; k < 5; ++k) {
      expected -= group::mul_vartime(chosen.weights[k], lists[k][i]);
    }
    EXPECT_EQ(with_whole[i], expected);
    EXPECT_EQ(with_scalars[i], expected);
  }
}

}  // namespace
}  // namespace sandoq::combination_test
