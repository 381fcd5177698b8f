#include "lib/group/recode25519.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "lib/arith/scalar25519.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq::edwards {
namespace {

using arith::scalar_add;
using arith::scalar_neg;

scalar_words doubled(scalar_words s, unsigned times) {
  for (unsigned i = 0; i < times; ++i) {
    s = scalar_add(s, s);
  }
  return s;
}
scalar_words small(int value) {
  const scalar_words size = {static_cast<std::uint64_t>(value < 0 ? -value : value), 0, 0, 0};
  return value < 0 ? scalar_neg(size) : size;
}

std::vector<scalar_words> cases() {
  testing::deterministic_random random(testing::test_seed());
  std::vector<scalar_words> out = {{0, 0, 0, 0}, {1, 0, 0, 0}, {8, 0, 0, 0}};
  scalar_words last = arith::scalar_order;
  last[0] -= 1;
  out.push_back(last);
  for (const std::uint64_t fill : {0x8888888888888888ULL, 0x7777777777777777ULL, ~0ULL}) {
    out.push_back({fill, fill, fill, fill >> 4U});
  }
  for (int i = 0; i < 200; ++i) {
    const auto octets = random.octets<64>();
    out.push_back(arith::scalar_reduce(arith::words_from_bytes<8>(octets.data())));
  }
  return out;
}

TEST(recode25519, radix_16_digits_add_up_and_keep_their_range) {
  for (const scalar_words& s : cases()) {
    const auto digits = radix_16_digits(s);
    scalar_words sum{};
    for (std::size_t i = 64; i-- > 0;) {
      EXPECT_GE(digits[i], -8);
      EXPECT_LE(digits[i], 8);
      sum = scalar_add(doubled(sum, 4), small(digits[i]));
    }
    EXPECT_EQ(sum, s);
  }
}

TEST(recode25519, radix_32_digits_add_up_and_keep_their_range) {
  for (const scalar_words& s : cases()) {
    const auto digits = radix_32_digits(s);
    scalar_words sum{};
    for (std::size_t i = digits.size(); i-- > 0;) {
      EXPECT_GE(digits[i], -16);
      EXPECT_LE(digits[i], 16);
      sum = scalar_add(doubled(sum, 5), small(digits[i]));
    }
    EXPECT_EQ(sum, s);
  }
}

TEST(recode25519, radix_16_digits_beyond_the_length_are_zero) {
  testing::deterministic_random random(testing::test_seed());
  for (unsigned bits = 0; bits <= 252; ++bits) {
    scalar_words ones{};  // the longest carry
    scalar_words any{};
    for (unsigned i = 0; i < bits; ++i) {
      ones[i / 64] |= std::uint64_t{1} << (i % 64);
      any[i / 64] |= random.below(2) << (i % 64);
    }
    for (const scalar_words& s : {ones, any}) {
      const auto digits = radix_16_digits(s);
      for (std::size_t i = radix_16_length(bits); i < digits.size(); ++i) {
        EXPECT_EQ(digits[i], 0) << bits;
      }
    }
  }
}

TEST(recode25519, naf_digits_add_up_are_odd_small_and_apart) {
  for (unsigned w = 2; w <= 8; ++w) {
    for (const scalar_words& s : cases()) {
      std::array<int, naf_digits> digits{};
      int last = -100;
      for_each_naf_digit_vartime(s, w, [&](unsigned place, std::int8_t digit) {
        ASSERT_LT(place, naf_digits);
        EXPECT_GE(static_cast<int>(place), last + static_cast<int>(w));
        last = static_cast<int>(place);
        EXPECT_EQ(digit & 1, 1);
        EXPECT_LT(digit, 1 << (w - 1));
        EXPECT_GT(digit, -(1 << (w - 1)));
        digits[place] = digit;
      });
      scalar_words sum{};
      for (std::size_t i = naf_digits; i-- > 0;) {
        sum = scalar_add(doubled(sum, 1), small(digits[i]));
      }
      EXPECT_EQ(sum, s) << w;
    }
  }
}

TEST(recode25519, bits_and_lengths) {
  for (const scalar_words& s : cases()) {
    const auto bit = [&s](unsigned i) -> std::uint64_t {
      return i < 256 ? (s[i / 64] >> (i % 64)) & 1U : 0;
    };
    unsigned length = 0;
    for (unsigned i = 0; i < 256; ++i) {
      length = bit(i) == 1 ? i + 1 : length;
    }
    EXPECT_EQ(bit_length_vartime(s), length);
    for (const unsigned width : {1U, 5U, 13U, 15U}) {
      for (unsigned position = 0; position < 270; ++position) {
        std::uint64_t expected = 0;
        for (unsigned i = 0; i < width; ++i) {
          expected |= bit(position + i) << i;
        }
        ASSERT_EQ(bits_at(s, position, width), expected);
      }
    }
  }
}

}  // namespace
}  // namespace sandoq::edwards
