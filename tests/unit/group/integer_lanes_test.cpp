// Powers, products and sums of powers in the lanes of every kernel against GMP: lanes that are
// full, nearly empty and too few, exponents of all lengths, numbers at their edges.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "lib/group/integer_jacobi.hpp"
#include "lib/group/integer_multi_power.hpp"
#include "lib/group/integer_powers.hpp"
#include "lib/group/integer_products.hpp"
#include "lib/group/integer_secret_powers.hpp"
#include "lib/kernels/choice.hpp"
#include "lib/kernels/montgomery_choice.hpp"
#include "sandoq/group/integer_group.hpp"
#include "sandoq/group/integer_group_secret.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/integer_parameters.hpp"
#include "tests/unit/arith/gmp_number.hpp"

namespace sandoq::integers {
namespace {

using testing::gmp_number;

class integer_lanes : public ::testing::TestWithParam<const kernels::montgomery_table*> {
 protected:
  static constexpr std::size_t exponent_limbs = 3;
  const kernels::montgomery_table& kernel() const { return *GetParam(); }
  std::size_t lanes() const { return kernel().lanes; }
  bool is_emulated() const { return kernel().emulated; }

  /// n numbers below m; among them m - 1, 1 and, if wanted, 0.
  std::vector<limb> numbers(std::size_t n, limb_view m, bool with_zero = true) {
    std::vector<limb> out;
    const gmp_number p = gmp_number::from_words(m);
    for (std::size_t i = 0; i < n; ++i) {
      std::vector<limb> x(m.size());
      for (limb& word : x) {
        word = random.u64();
      }
      const std::uint64_t kind = random.below(10);
      const gmp_number number = kind == 0   ? p - gmp_number(1)
                                : kind == 1 ? gmp_number(with_zero ? random.below(2) : 1)
                                            : gmp_number::from_words(x) % p;
      x = number.to_words(m.size());
      out.insert(out.end(), x.begin(), x.end());
    }
    return out;
  }
  /// n exponents: 0, 1, a few bits, one limb, or all limbs.
  std::vector<limb> exponents(std::size_t n) {
    std::vector<limb> out;
    for (std::size_t i = 0; i < n; ++i) {
      const std::uint64_t kind = random.below(5);
      out.push_back(kind < 2 ? kind : random.u64() >> (kind == 2 ? 50U : 0U));
      for (std::size_t j = 1; j < exponent_limbs; ++j) {
        out.push_back(kind == 4 ? random.u64() : 0);
      }
    }
    return out;
  }
  static gmp_number at(limb_view all, std::size_t i, std::size_t size) {
    return gmp_number::from_words(all.subspan(i * size, size));
  }

  testing::deterministic_random random{testing::test_seed()};
  const std::vector<limb_view> moduli = {constants<belenios2048_parameters>::p,
                                         constants<swisspost3072_parameters>::p,
                                         constants<modp4096_parameters>::p};
  /// Emulated kernels are slow.
  std::span<const limb_view> some_moduli() const {
    return std::span(moduli).first(is_emulated() ? 1 : moduli.size());
  }
};

TEST_P(integer_lanes, powers_with_exponents_of_their_own) {
  for (const limb_view m : some_moduli()) {
    const gmp_number p = gmp_number::from_words(m);
    for (const std::size_t n : {std::size_t{0}, std::size_t{1}, std::size_t{2}, lanes() + 3}) {
      const auto bases = numbers(n, m);
      const auto es = exponents(n);
      std::vector<limb> out(bases.size());
      powers_vartime(out, bases, es, exponent_limbs, m, kernel());
      for (std::size_t i = 0; i < n; ++i) {
        EXPECT_EQ(at(out, i, m.size()), at(bases, i, m.size()).power(at(es, i, exponent_limbs), p))
            << i << " of " << n;
      }
    }
  }
}

TEST_P(integer_lanes, powers_with_one_exponent) {
  const limb_view m = moduli[0];
  const gmp_number p = gmp_number::from_words(m);
  const auto bases = numbers(lanes() + 2, m);
  for (const auto& e : {std::vector<limb>{0, 0, 0}, std::vector<limb>{random.u64(), 5, 0}}) {
    std::vector<limb> out(bases.size());
    powers_vartime(out, bases, e, m, kernel());
    for (std::size_t i = 0; i < lanes() + 2; ++i) {
      EXPECT_EQ(at(out, i, m.size()), at(bases, i, m.size()).power(at(e, 0, 3), p)) << i;
    }
  }
}

TEST_P(integer_lanes, powers_of_a_fixed_base) {
  const limb_view m = moduli[0];
  const gmp_number p = gmp_number::from_words(m);
  const std::size_t bits = is_emulated() ? 70 : 190;
  const std::vector<limb> base = numbers(1, m);
  const fixed_base table(base, bits, m, kernel());
  const std::size_t n = lanes() + 1;
  std::vector<limb> es;
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t size = random.below(bits) + 1;
    gmp_number e = gmp_number::power_of_two(size) - gmp_number(1);
    if (i % 3 != 0) {
      e = gmp_number::from_words(std::vector{random.u64(), random.u64(), random.u64()}) % e;
    }
    const auto words = e.to_words(exponent_limbs);
    es.insert(es.end(), words.begin(), words.end());
  }
  std::vector<limb> out(n * m.size());
  table.powers_vartime(out, es, exponent_limbs);
  std::vector<limb> one(m.size());
  for (std::size_t i = 0; i < n; ++i) {
    const gmp_number expected = at(base, 0, m.size()).power(at(es, i, exponent_limbs), p);
    EXPECT_EQ(at(out, i, m.size()), expected) << i;
    table.power_vartime(one, limb_view(es).subspan(i * exponent_limbs, exponent_limbs));
    EXPECT_EQ(gmp_number::from_words(one), expected) << i;
  }
}

TEST_P(integer_lanes, jacobi_symbols) {
  for (const limb_view m : some_moduli()) {
    const gmp_number p = gmp_number::from_words(m);
    for (const std::size_t n : {std::size_t{0}, std::size_t{1}, lanes() + 3}) {
      const auto xs = numbers(n, m);
      std::vector<signed char> symbols(n);
      jacobi_symbols_vartime(symbols, xs, m, kernel());
      for (std::size_t i = 0; i < n; ++i) {
        EXPECT_EQ(symbols[i], at(xs, i, m.size()).legendre(p)) << i << " of " << n;
      }
    }
  }
}

TEST_P(integer_lanes, products_of_columns) {
  for (const limb_view m : some_moduli()) {
    const gmp_number p = gmp_number::from_words(m);
    for (const std::size_t columns : {1U, 3U, 8U}) {
      for (const std::size_t rows : {0U, 1U, 70U}) {
        std::vector<limb> products = numbers(columns, m, false);
        const auto in = numbers(columns * rows, m, false);
        std::vector<gmp_number> expected;
        for (std::size_t c = 0; c < columns; ++c) {
          expected.push_back(at(products, c, m.size()));
        }
        for (std::size_t i = 0; i < columns * rows; ++i) {
          expected[i % columns] = expected[i % columns] * at(in, i, m.size()) % p;
        }
        multiply_columns_vartime(products, in, m, kernel());
        for (std::size_t c = 0; c < columns; ++c) {
          ASSERT_EQ(at(products, c, m.size()), expected[c])
              << rows << " rows, column " << c << " of " << columns;
        }
      }
    }
  }
}

TEST_P(integer_lanes, products_of_powers) {
  for (const limb_view m : some_moduli()) {
    const gmp_number p = gmp_number::from_words(m);
    for (const std::size_t n : {std::size_t{0}, std::size_t{1}, std::size_t{2}, lanes() + 1,
                                std::size_t{is_emulated() ? 10U : 40U}}) {
      const auto bases = numbers(n, m);
      const auto es = exponents(n);
      gmp_number expected(1);
      for (std::size_t i = 0; i < n; ++i) {
        expected = expected * at(bases, i, m.size()).power(at(es, i, exponent_limbs), p) % p;
      }
      std::vector<limb> out(m.size());
      multi_power_straus_vartime(out, bases, es, exponent_limbs, m, kernel());
      EXPECT_EQ(gmp_number::from_words(out), expected) << "Straus, " << n;
      multi_power_pippenger_vartime(out, bases, es, exponent_limbs, m, kernel());
      EXPECT_EQ(gmp_number::from_words(out), expected) << "Pippenger, " << n;
      multi_power_vartime(out, bases, es, exponent_limbs, m, kernel());
      EXPECT_EQ(gmp_number::from_words(out), expected) << n;
    }
  }
}

/// n exponents of `bits` bits: 0, 1, all ones, or anything.
std::vector<limb> exponents_below(std::size_t n, std::size_t bits,
                                  testing::deterministic_random& random) {
  std::vector<limb> out;
  const gmp_number bound = gmp_number::power_of_two(bits);
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<limb> words((bits + 63) / 64);
    for (limb& word : words) {
      word = random.u64();
    }
    const std::uint64_t kind = random.below(6);
    const gmp_number e = kind == 0   ? gmp_number(random.below(2))
                         : kind == 1 ? bound - gmp_number(1)
                                     : gmp_number::from_words(words) % bound;
    words = e.to_words(words.size());
    out.insert(out.end(), words.begin(), words.end());
  }
  return out;
}

TEST_P(integer_lanes, products_of_secret_powers) {
  if (lanes() == 1) {
    GTEST_SKIP() << "for public data only";
  }
  for (const limb_view m : some_moduli()) {
    const gmp_number p = gmp_number::from_words(m);
    for (const std::size_t n : {std::size_t{0}, std::size_t{1}, lanes() + 1,
                                is_emulated() ? std::size_t{5} : 33 * lanes() + 2}) {
      for (const std::size_t bits : {std::size_t{1}, std::size_t{67}, std::size_t{128}}) {
        const std::size_t size = (bits + 63) / 64;
        const auto bases = numbers(n, m);
        const auto es = exponents_below(n, bits, random);
        gmp_number expected(1);
        for (std::size_t i = 0; i < n; ++i) {
          expected = expected * at(bases, i, m.size()).power(at(es, i, size), p) % p;
        }
        std::vector<limb> out(m.size());
        multi_power_secret(out, bases, es, size, bits, m, kernel());
        ASSERT_EQ(gmp_number::from_words(out), expected) << n << " of " << bits << " bits";
      }
    }
  }
}

TEST_P(integer_lanes, secret_powers_of_one_base) {
  if (lanes() == 1) {
    GTEST_SKIP() << "for public data only";
  }
  for (const limb_view m : some_moduli()) {
    const gmp_number p = gmp_number::from_words(m);
    for (const std::size_t n : {std::size_t{0}, std::size_t{1}, 2 * lanes() + 1}) {
      for (const std::size_t bits : {std::size_t{1}, std::size_t{67}, std::size_t{128}}) {
        const std::size_t size = (bits + 63) / 64;
        const auto base = numbers(1, m);
        const auto es = exponents_below(n, bits, random);
        std::vector<limb> out(n * m.size());
        powers_of_one_secret(out, base, es, size, bits, m, kernel());
        for (std::size_t i = 0; i < n; ++i) {
          ASSERT_EQ(at(out, i, m.size()), at(base, 0, m.size()).power(at(es, i, size), p))
              << i << " of " << n << ", " << bits << " bits";
        }
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(kernels, integer_lanes,
                         ::testing::ValuesIn(kernels::montgomery_kernels_here()),
                         [](const ::testing::TestParamInfo<const kernels::montgomery_table*>& i) {
                           std::string name = i.param->name;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

/// What a caller of the group sees is the same on every kernel that the library may choose.
TEST(integer_group_kernels, agree_on_elements) {
  using G = belenios2048;
  testing::deterministic_random random(testing::test_seed());
  std::vector<G::scalar> scalars(9);
  for (G::scalar& s : scalars) {
    s = G::scalar_from_wide(random.octets<64>());
  }
  std::vector<G::element> bases(9, G::generator());
  for (const kernels::ristretto255_table* kernel : kernels::kernels_here()) {
    const kernels::forced_kernel only(*kernel);
    std::vector<G::element> multiples(9);
    G::mul_base_each_vartime(multiples, scalars);
    std::vector<G::element> others(9);
    G::mul_each_vartime(others, scalars, bases);
    EXPECT_EQ(multiples, others) << kernel->name;
    G::element sum;
    for (std::size_t i = 0; i < 9; ++i) {
      EXPECT_EQ(multiples[i], G::mul_base_vartime(scalars[i])) << kernel->name;
      sum += multiples[i];
    }
    EXPECT_EQ(sum, G::sum(multiples)) << kernel->name;
    EXPECT_EQ(sum, G::msm_vartime(scalars, bases)) << kernel->name;
    EXPECT_EQ(multiples[0] + multiples[1], G::double_mul_vartime(scalars[0], bases[0], scalars[1]));
    bytes wire(9 * G::element_bytes);
    G::encode_batch(wire, multiples);
    EXPECT_TRUE(G::decode_batch(others, wire).has_value()) << kernel->name;
    wire[5 * G::element_bytes + 17] ^= std::byte{1};
    EXPECT_EQ(G::decode_batch(others, wire).error().place, "element 5") << kernel->name;
  }
}

/// And so is what comes of secrets, whether it was made in lanes or one by one.
TEST(integer_group_kernels, agree_on_secrets) {
  using G = belenios2048;
  using ops = secret_ops<G>;
  testing::deterministic_random random(testing::test_seed());
  for (const std::size_t n : {std::size_t{1}, std::size_t{2}, std::size_t{9}}) {
    std::vector<secret_scalar<G>> xs;
    std::vector<G::scalar> scalars;
    std::vector<G::element> bases;
    for (std::size_t i = 0; i < n; ++i) {
      xs.push_back(ops::random_scalar(random));
      scalars.push_back(declassify<"test: the scalar is known">(xs.back()));
      bases.push_back(G::mul_base_vartime(G::scalar_from_u64(random.u64())));
    }
    const fixed_base_table<G> table(bases[0]);
    for (const kernels::ristretto255_table* kernel : kernels::kernels_here()) {
      const kernels::forced_kernel only(*kernel);
      const auto known = [](const secret_element<G>& e) {
        return declassify<"test: the element is known">(e);
      };
      EXPECT_EQ(known(ops::msm(xs, bases)), G::msm_vartime(scalars, bases)) << kernel->name;
      const auto of_base = ops::mul_base_each(xs);
      const auto of_table = table.mul_each(xs);
      for (std::size_t i = 0; i < n; ++i) {
        EXPECT_EQ(known(of_base[i]), G::mul_base_vartime(scalars[i])) << kernel->name;
        EXPECT_EQ(known(of_table[i]), G::mul_vartime(scalars[i], bases[0])) << kernel->name;
      }
    }
  }
}

/// One power of a combination says of signs whether an even number of odd weights meets a -1, which
/// every other batch passes: the Jacobi symbol of each element decides.
TEST(integer_group_kernels, a_batch_refuses_the_negative_of_an_element) {
  using G = modp4096;
  testing::deterministic_random random(testing::test_seed());
  G::element e = G::mul_base_vartime(G::scalar_from_u64(random.u64()));
  std::vector<G::element> elements(2);
  for (int i = 0; i < 16; ++i) {
    e += G::generator();
    bytes wire(2 * G::element_bytes);
    G::encode_batch(wire, std::vector{e, e});
    ASSERT_TRUE(G::decode_batch(elements, wire).has_value());
    const auto negated = testing::residue_negated<G>(G::encode(e));
    std::copy(negated.begin(), negated.end(), wire.begin() + G::element_bytes);
    const auto decoded = G::decode_batch(elements, wire);
    ASSERT_FALSE(decoded.has_value());
    EXPECT_EQ(decoded.error().place, "element 1");
  }
}

}  // namespace
}  // namespace sandoq::integers
