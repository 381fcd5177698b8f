#include "sandoq/proofs/bit_vector_shape.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <set>
#include <vector>

namespace sandoq {
namespace {

std::vector<std::uint32_t> slack_of(std::uint32_t difference) {
  const auto shape =
      bit_vector_shape::derive({.options = 64, .max_choices = 64, .min_choices = 64 - difference});
  const auto weights = shape.value().slack_weights();
  return {weights.begin(), weights.end()};
}

// The examples of SPEC(45.1).
TEST(bit_vector_shape, slack_weights_of_the_specification) {
  EXPECT_EQ(slack_of(2), (std::vector<std::uint32_t>{1, 1}));
  EXPECT_EQ(slack_of(20), (std::vector<std::uint32_t>{1, 2, 4, 8, 5}));
  EXPECT_EQ(slack_of(0), (std::vector<std::uint32_t>{}));
}

TEST(bit_vector_shape, three_of_ten_with_blank) {
  const auto shape = bit_vector_shape::derive(
      {.options = 10, .max_choices = 3, .min_choices = 1, .blank = blank_option::counted});
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->ciphertexts(), 11U);
  EXPECT_EQ(shape->bits(), 13U);
  EXPECT_EQ(shape->proof_bytes(), 6U * 32 + 4 + 12 * 32 + 96);
  const std::vector<std::uint32_t> expected{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 1, 1};
  EXPECT_EQ(std::vector<std::uint32_t>(shape->weights().begin(), shape->weights().end()), expected);
}

// Every value from 0 to L - Lmin has a representation, and nothing above has.
TEST(bit_vector_shape, slack_weights_reach_exactly_their_range) {
  for (std::uint32_t difference = 0; difference <= 40; ++difference) {
    const auto weights = slack_of(difference);
    std::set<std::uint32_t> sums;
    for (std::uint32_t bits = 0; bits < (1U << weights.size()); ++bits) {
      std::uint32_t sum = 0;
      for (std::size_t i = 0; i < weights.size(); ++i) {
        sum += ((bits >> i) & 1U) * weights[i];
      }
      sums.insert(sum);
    }
    EXPECT_EQ(sums.size(), difference + 1);
    EXPECT_EQ(*sums.rbegin(), difference);
  }
}

TEST(bit_vector_shape, largest_contest_stays_within_the_bound) {
  const auto shape =
      bit_vector_shape::derive({.options = 1024, .max_choices = 1024, .min_choices = 0});
  ASSERT_TRUE(shape);
  EXPECT_EQ(std::accumulate(shape->slack_weights().begin(), shape->slack_weights().end(), 0U),
            1024U);
  EXPECT_LE(shape->bits(), bit_vector_shape::max_bits);
}

TEST(bit_vector_shape, refuses_limits_that_no_contest_may_have) {
  using limits = choice_limits;
  const limits bad[] = {
      {.options = 0, .max_choices = 0},
      {.options = 1025, .max_choices = 1},
      {.options = 5, .max_choices = 0},
      {.options = 5, .max_choices = 6},
      {.options = 5, .max_choices = 2, .min_choices = 3},
      {.options = 5, .max_choices = 2, .min_choices = 0, .blank = blank_option::counted},
  };
  for (const limits& l : bad) {
    const auto shape = bit_vector_shape::derive(l);
    ASSERT_FALSE(shape);
    EXPECT_EQ(shape.error().code, errc::out_of_range);
    EXPECT_FALSE(shape.error().reason.empty());
  }
}

}  // namespace
}  // namespace sandoq
