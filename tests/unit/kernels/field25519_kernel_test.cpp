// The field of every kernel against GMP, with digits up to and at their bounds: where a lost carry
// or a product too large would show.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "lib/kernels/choice.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/unit/arith/gmp_number.hpp"

namespace sandoq::kernels {
namespace {

using testing::gmp_number;

const gmp_number& prime() {
  static const gmp_number p = gmp_number::power_of_two(255) - gmp_number(19);
  return p;
}

/// Five digits in every lane, [5][lanes].
using digits = std::vector<std::int64_t>;

class field25519_kernel : public ::testing::TestWithParam<const ristretto255_table*> {
 protected:
  const field25519_probe& probe() const { return GetParam()->probe; }
  std::size_t lanes() const { return GetParam()->lanes; }

  std::int64_t digit(std::int64_t bound) {
    std::int64_t size = 0;
    switch (random.below(6)) {
      case 0:
        size = bound;
        break;
      case 1:
        size = bound - static_cast<std::int64_t>(random.below(4));
        break;
      case 2:
        size = static_cast<std::int64_t>(random.below(4));
        break;
      case 3:
        size = (std::int64_t{1} << 50U) + static_cast<std::int64_t>(random.below(5)) - 2;
        break;
      default:
        size = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(bound) + 1));
    }
    return probe().signed_digits && random.below(2) == 1 ? -size : size;
  }
  /// Every third has all digits at the bound, with all patterns of signs over the rounds.
  digits operand(int multiple) {
    const std::int64_t bound =
        probe().digit_bound * multiple - (probe().signed_digits ? 0 : 1);  // inclusive
    digits out(5 * lanes());
    for (std::size_t lane = 0; lane < lanes(); ++lane) {
      const bool extreme = random.below(3) == 0;
      for (std::size_t i = 0; i < 5; ++i) {
        const std::int64_t sign = probe().signed_digits && random.below(2) == 1 ? -1 : 1;
        out[i * lanes() + lane] = extreme ? sign * bound : digit(bound);
      }
    }
    return out;
  }

  gmp_number value(const digits& d, std::size_t lane) const {
    gmp_number positive;
    gmp_number negative;
    for (std::size_t i = 0; i < 5; ++i) {
      const std::int64_t x = d[i * lanes() + lane];
      const gmp_number term = gmp_number(static_cast<std::uint64_t>(x < 0 ? -x : x)) *
                              gmp_number::power_of_two(51 * static_cast<unsigned>(i));
      (x < 0 ? negative : positive) = (x < 0 ? negative : positive) + term;
    }
    return (positive + prime() * gmp_number(8) - negative % prime()) % prime();
  }
  void expect_bounded(const digits& d) const {
    for (const std::int64_t x : d) {
      EXPECT_LE(x, probe().digit_bound);
      EXPECT_GE(x, probe().signed_digits ? -probe().digit_bound : 0);
    }
  }

  /// So many operands in all. Emulated kernels are slow, much more so under a sanitizer.
  int rounds(int operands) const {
    return operands / static_cast<int>(lanes()) / (GetParam()->emulated ? 4 : 1);
  }

  testing::deterministic_random random{testing::test_seed()};
};

TEST_P(field25519_kernel, products_and_squares) {
  for (int round = 0; round < rounds(4000); ++round) {
    const digits a = operand(probe().most_left);
    const digits b = operand(probe().most_right);
    const digits c = operand(1);
    digits product(a.size());
    digits squared(a.size());
    probe().mul(product.data(), a.data(), b.data());
    probe().square(squared.data(), c.data());
    expect_bounded(product);
    expect_bounded(squared);
    for (std::size_t lane = 0; lane < lanes(); ++lane) {
      ASSERT_EQ(value(product, lane), value(a, lane) * value(b, lane) % prime()) << round;
      ASSERT_EQ(value(squared, lane), value(c, lane) * value(c, lane) % prime()) << round;
    }
  }
}

TEST_P(field25519_kernel, carries) {
  for (int round = 0; round < rounds(2000); ++round) {
    const digits a = operand(probe().most_right);
    digits carried(a.size());
    probe().carry(carried.data(), a.data());
    expect_bounded(carried);
    for (std::size_t lane = 0; lane < lanes(); ++lane) {
      ASSERT_EQ(value(carried, lane), value(a, lane)) << round;
    }
  }
}

TEST_P(field25519_kernel, canonical_form) {
  const auto check = [&](const digits& a) {
    digits canonical(a.size());
    probe().canonical(canonical.data(), a.data());
    for (std::size_t lane = 0; lane < lanes(); ++lane) {
      ASSERT_EQ(value(canonical, lane), value(a, lane));
      gmp_number plain;
      for (std::size_t i = 0; i < 5; ++i) {
        const std::int64_t x = canonical[i * lanes() + lane];
        ASSERT_GE(x, 0);
        ASSERT_LT(x, std::int64_t{1} << 51U);
        plain = plain + gmp_number(static_cast<std::uint64_t>(x)) *
                            gmp_number::power_of_two(51 * static_cast<unsigned>(i));
      }
      ASSERT_EQ(plain, value(a, lane)) << "the value is p or more";
    }
  };
  for (int round = 0; round < rounds(1000); ++round) {
    check(operand(1));
  }
  // Around 0 and p, in digits as they come out of a product.
  for (std::int64_t off = -40; off <= 40; ++off) {
    digits a(5 * lanes());
    for (std::size_t lane = 0; lane < lanes(); ++lane) {
      a[lane] = off;
      if (!probe().signed_digits) {  // p + off
        a[lane] = (std::int64_t{1} << 51U) - 19 + off;
        for (std::size_t i = 1; i < 5; ++i) {
          a[i * lanes() + lane] = (std::int64_t{1} << 51U) - 1;
        }
      }
    }
    check(a);
  }
}

std::string name_of(const ::testing::TestParamInfo<const ristretto255_table*>& info) {
  std::string name = info.param->name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}
INSTANTIATE_TEST_SUITE_P(kernels, field25519_kernel, ::testing::ValuesIn(kernels_here()), name_of);

}  // namespace
}  // namespace sandoq::kernels
