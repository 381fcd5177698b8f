// Montgomery products of every kernel against GMP: moduli and factors at which digits are at their
// bounds, carries run through all digits, or the last subtraction decides.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "lib/kernels/aligned_words.hpp"
#include "lib/kernels/choice.hpp"
#include "lib/kernels/montgomery_choice.hpp"
#include "lib/kernels/montgomery_select.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/unit/arith/gmp_number.hpp"

namespace sandoq::kernels {
namespace {

using testing::gmp_number;

class montgomery_kernel_test : public ::testing::TestWithParam<const montgomery_table*> {
 protected:
  const montgomery_table& kernel() const { return *GetParam(); }
  std::size_t lanes() const { return kernel().lanes; }

  gmp_number random_number(std::size_t bits) {
    std::vector<std::uint64_t> limbs(bits / 64);
    for (std::uint64_t& limb : limbs) {
      limb = random.u64();
    }
    return gmp_number::from_words(limbs);
  }
  /// Repeats `digit` in radix 2^radix up to `bits`.
  static gmp_number repeated(const gmp_number& digit, std::size_t radix, std::size_t bits) {
    gmp_number out(0);
    for (std::size_t at = 0; at + radix < bits; at += radix) {
      out = out + digit * gmp_number::power_of_two(at);
    }
    return out;
  }
  /// A factor below p: random, at an edge, or with all its digits at their bounds.
  gmp_number factor(const gmp_number& p, std::size_t bits) {
    const std::size_t radix = kernel().radix_bits;
    switch (random.below(8)) {
      case 0:
        return gmp_number(random.below(3));
      case 1:
        return p - gmp_number(1 + random.below(3));
      case 2:  // unsigned digits at their bound
        return gmp_number::power_of_two(bits - 1 - random.below(64)) - gmp_number(1);
      case 3:  // balanced ones: as negative as they can be, next to which one stands that is not
        return repeated(gmp_number::power_of_two(radix - 1) - gmp_number(random.below(2)), radix,
                        bits) %
               p;
      case 4:
        return gmp_number::power_of_two(random.below(bits - 1));
      default:
        return random_number(bits) % p;
    }
  }
  std::vector<gmp_number> moduli(std::size_t bits) {
    const gmp_number top = gmp_number::power_of_two(bits - 1);
    const gmp_number odd = random_number(bits - 64) * gmp_number(2) + gmp_number(1);
    return {top + gmp_number(1), top + top - gmp_number(1), top + odd,
            top +
                repeated(gmp_number::power_of_two(kernel().radix_bits - 1), kernel().radix_bits,
                         bits - 64) +
                gmp_number(1)};
  }

  montgomery_modulus prepare(const gmp_number& p, std::size_t bits) const {
    montgomery_modulus m{};
    m.limbs = static_cast<int>(bits / 64);
    const auto limbs = p.to_words(bits / 64);
    std::copy(limbs.begin(), limbs.end(), m.limb);
    kernel().prepare(m);
    return m;
  }
  aligned_words load(const std::vector<gmp_number>& numbers, const montgomery_modulus& m) const {
    std::vector<std::uint64_t> limbs;
    for (const gmp_number& x : numbers) {
      const auto own = x.to_words(static_cast<std::size_t>(m.limbs));
      limbs.insert(limbs.end(), own.begin(), own.end());
    }
    aligned_words out(montgomery_batch_words);
    kernel().load(out.data(), limbs.data(), static_cast<unsigned>(numbers.size()), m);
    return out;
  }
  std::vector<gmp_number> store(const aligned_words& batch, std::size_t n,
                                const montgomery_modulus& m) const {
    const auto size = static_cast<std::size_t>(m.limbs);
    std::vector<std::uint64_t> limbs(n * size);
    kernel().store(limbs.data(), batch.data(), static_cast<unsigned>(n), m);
    std::vector<gmp_number> out;
    for (std::size_t i = 0; i < n; ++i) {
      out.push_back(gmp_number::from_words(std::span(limbs).subspan(i * size, size)));
    }
    return out;
  }
  gmp_number inverse_of_r(const gmp_number& p, const montgomery_modulus& m) const {
    return gmp_number::power_of_two(kernel().radix_bits * static_cast<std::size_t>(m.digits))
        .inverse(p);
  }
  bool is_emulated() const { return kernel().emulated; }

  testing::deterministic_random random{testing::test_seed()};
};

TEST_P(montgomery_kernel_test, multiplies_and_squares) {
  for (const std::size_t bits : {512U, 2048U, 3072U, 4096U}) {
    for (const gmp_number& p : moduli(bits)) {
      const montgomery_modulus m = prepare(p, bits);
      const gmp_number r = inverse_of_r(p, m);
      const int rounds = bits == 512 ? 40 : is_emulated() ? 1 : 10;
      for (int round = 0; round < rounds; ++round) {
        std::vector<gmp_number> xs;
        std::vector<gmp_number> ys;
        for (std::size_t lane = 0; lane < lanes(); ++lane) {
          xs.push_back(factor(p, bits));
          ys.push_back(factor(p, bits));
        }
        const aligned_words a = load(xs, m);
        const aligned_words b = load(ys, m);
        ASSERT_EQ(store(a, lanes(), m), xs);
        aligned_words product(montgomery_batch_words);
        kernel().multiply(product.data(), a.data(), b.data(), m);
        kernel().square(b.data(), b.data(), m);
        kernel().multiply(a.data(), a.data(), product.data(), m);  // of a product, in place
        kernel().square(product.data(), product.data(), m);
        const auto squares = store(b, lanes(), m);
        const auto products = store(a, lanes(), m);
        const auto squared_products = store(product, lanes(), m);
        for (std::size_t i = 0; i < lanes(); ++i) {
          const gmp_number xy = xs[i] * ys[i] * r % p;
          ASSERT_EQ(squares[i], ys[i] * ys[i] * r % p) << bits << " bits, lane " << i;
          ASSERT_EQ(products[i], xs[i] * xy * r % p) << bits << " bits, lane " << i;
          ASSERT_EQ(squared_products[i], xy * xy * r % p) << bits << " bits, lane " << i;
        }
      }
    }
  }
}

/// What is decided is right; random numbers are decided (but for those with a common divisor, whose
/// symbol is 0, too).
TEST_P(montgomery_kernel_test, jacobi_symbols) {
  for (const std::size_t bits : {512U, 2048U, 3072U, 4096U}) {
    const auto all = moduli(bits);
    for (std::size_t k = 0; k < all.size(); ++k) {
      const gmp_number& p = all[k];
      const montgomery_modulus m = prepare(p, bits);
      const int rounds = bits == 512 ? 12 : 1;
      for (int round = 0; round < rounds; ++round) {
        const std::size_t n = 1 + random.below(lanes());
        const bool plain = k == 2 && round % 2 == 0;
        std::vector<gmp_number> xs;
        std::vector<std::uint64_t> limbs;
        for (std::size_t i = 0; i < n; ++i) {
          xs.push_back(plain ? random_number(bits) % p : factor(p, bits));
          const auto own = xs.back().to_words(bits / 64);
          limbs.insert(limbs.end(), own.begin(), own.end());
        }
        std::vector<signed char> symbols(n);
        kernel().jacobi(symbols.data(), limbs.data(), static_cast<unsigned>(n), m);
        for (std::size_t i = 0; i < n; ++i) {
          if (plain || symbols[i] != 0) {
            ASSERT_EQ(symbols[i], xs[i].legendre(p)) << bits << " bits: " << xs[i];
          }
        }
      }
    }
  }
}

TEST_P(montgomery_kernel_test, fills_lanes_that_have_no_number_with_zero) {
  const gmp_number p = moduli(512)[2];
  const montgomery_modulus m = prepare(p, 512);
  for (std::size_t n = 1; n <= lanes(); ++n) {
    std::vector<gmp_number> xs;
    for (std::size_t i = 0; i < n; ++i) {
      xs.push_back(factor(p, 512));
    }
    const aligned_words batch = load(xs, m);
    EXPECT_EQ(store(batch, n, m), xs);
    xs.resize(lanes(), gmp_number(0));
    EXPECT_EQ(store(batch, lanes(), m), xs);
  }
}

TEST_P(montgomery_kernel_test, rows_hold_what_lanes_held) {
  for (const std::size_t bits : {512U, 2048U, 4096U}) {
    const gmp_number p = moduli(bits)[2];
    const montgomery_modulus m = prepare(p, bits);
    std::vector<gmp_number> xs;
    for (std::size_t i = 0; i < lanes(); ++i) {
      xs.push_back(factor(p, bits));
    }
    const aligned_words batch = load(xs, m);
    const aligned_words memory(lanes() * montgomery_most_words);
    std::vector<std::uint64_t*> rows;
    std::vector<const std::uint64_t*> reversed;
    for (std::size_t i = 0; i < lanes(); ++i) {
      rows.push_back(memory.data() + i * static_cast<std::size_t>(m.row_words));
      reversed.insert(reversed.begin(), rows.back());
    }
    kernel().scatter(rows.data(), batch.data(), m);
    kernel().gather(batch.data(), reversed.data(), m);
    std::reverse(xs.begin(), xs.end());
    EXPECT_EQ(store(batch, lanes(), m), xs);
  }
}

TEST_P(montgomery_kernel_test, chooses_lane_by_lane) {
  const std::size_t bits = 512;
  const gmp_number p = moduli(bits)[2];
  const montgomery_modulus m = prepare(p, bits);
  constexpr std::size_t batches = 16;
  const std::size_t words = static_cast<std::size_t>(m.digits) * lanes();
  const aligned_words table(batches * words);
  std::vector<std::vector<gmp_number>> numbers(batches);
  for (std::size_t i = 0; i < batches; ++i) {
    for (std::size_t lane = 0; lane < lanes(); ++lane) {
      numbers[i].push_back(factor(p, bits));
    }
    std::copy_n(load(numbers[i], m).data(), words, table.data() + i * words);
  }
  for (int round = 0; round < 20; ++round) {
    std::vector<std::uint64_t> which(lanes());
    std::vector<gmp_number> expected;
    for (std::size_t lane = 0; lane < lanes(); ++lane) {
      which[lane] = random.below(batches);
      expected.push_back(numbers[which[lane]][lane]);
    }
    const aligned_words chosen(montgomery_batch_words);
    kernel().choose(chosen.data(), table.data(), batches, which.data(), m);
    EXPECT_EQ(store(chosen, lanes(), m), expected);
  }
}

INSTANTIATE_TEST_SUITE_P(kernels, montgomery_kernel_test,
                         ::testing::ValuesIn(montgomery_kernels_here()),
                         [](const ::testing::TestParamInfo<const montgomery_table*>& kernel) {
                           std::string name = kernel.param->name;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(montgomery_selection, goes_with_the_kernel_for_points) {
  const auto points = kernels_here();
  const auto integers = montgomery_kernels_here();
  ASSERT_EQ(points.size(), integers.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    EXPECT_STREQ(points[i]->name, integers[i]->name);
    EXPECT_EQ(points[i]->needs_rounding_to_nearest, integers[i]->needs_rounding_to_nearest);
    if (i + 2 < points.size()) {  // the last two are emulated, and not in the library
      const forced_kernel only(*points[i]);
      EXPECT_EQ(&montgomery_kernel(), integers[i]);
    }
  }
}

}  // namespace
}  // namespace sandoq::kernels
