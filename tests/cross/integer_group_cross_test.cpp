// Our integer groups against Boost.Multiprecision, which does all its arithmetic itself.

#include <gtest/gtest.h>

#include <boost/multiprecision/cpp_int.hpp>
#include <boost/multiprecision/miller_rabin.hpp>
#include <iterator>
#include <random>
#include <vector>

#include "lib/group/integer_multi_power.hpp"
#include "lib/group/integer_secret_arithmetic.hpp"
#include "sandoq/group/integer_group_secret.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/integer_parameters.hpp"

namespace sandoq {
namespace {

using boost::multiprecision::cpp_int;
using integers::limb;

cpp_int number_of(integers::limb_view limbs) {
  cpp_int out;
  boost::multiprecision::import_bits(out, limbs.begin(), limbs.end(), 64, false);
  return out;
}

std::vector<limb> limbs_of(const cpp_int& value, std::size_t size) {
  std::vector<limb> out;
  boost::multiprecision::export_bits(value, std::back_inserter(out), 64, false);
  out.resize(size);
  return out;
}

/// 1/a modulo m by Euclid.
cpp_int inverse(const cpp_int& a, const cpp_int& m) {
  cpp_int r = m;
  cpp_int next = a % m;
  cpp_int t = 0;
  cpp_int next_t = 1;
  while (next != 0) {
    const cpp_int k = r / next;
    r -= k * next;
    t -= k * next_t;
    std::swap(r, next);
    std::swap(t, next_t);
  }
  return t < 0 ? t + m : t;
}

template <class G>
class integer_group_cross : public ::testing::Test {
 protected:
  using numbers = testing::numbers_of<G>;
  using scalar = typename G::scalar;
  using element = typename G::element;

  scalar random_scalar() {
    return G::scalar_from_nonce_bytes(random.template octets<G::nonce_bytes>());
  }
  /// A random base: g to a random power of 64 bits, by ours.
  element random_element() { return G::mul_base_vartime(G::scalar_from_u64(random.u64())); }
  static cpp_int of(const scalar& s) { return number_of(integers::limbs_of(s)); }
  static cpp_int of(const element& e) { return number_of(integers::limbs_of(e)); }
  template <class T>
  static cpp_int of(const secret<T>& s) {
    return of(declassify<"compared in a test">(s));
  }
  cpp_int powm(const cpp_int& base, const cpp_int& exponent) const {
    return boost::multiprecision::powm(base, exponent, p);
  }

  testing::deterministic_random random{testing::test_seed()};
  const cpp_int p = number_of(numbers::p);
  const cpp_int q = number_of(numbers::q);
};

using groups = ::testing::Types<modp4096, belenios2048, rfc3526_2048, swisspost3072>;
TYPED_TEST_SUITE(integer_group_cross, groups);

TYPED_TEST(integer_group_cross, scalars) {
  using G = TypeParam;
  using ops = secret_ops<G>;
  const cpp_int& order = this->q;
  for (int i = 0; i < 4; ++i) {
    const auto wide = this->random.template octets<64>();
    const auto nonce = this->random.template octets<G::nonce_bytes>();
    std::vector<limb> wide_limbs(8);
    std::vector<limb> nonce_limbs(G::nonce_bytes / 8);
    integers::from_little_endian(wide_limbs, wide);
    integers::from_little_endian(nonce_limbs, nonce);
    const auto a = i == 0 ? -G::scalar_from_u64(1) : G::scalar_from_nonce_bytes(nonce);
    const auto b = i == 1 ? -G::scalar_from_u64(1) : G::scalar_from_wide(wide);
    if (i > 1) {
      EXPECT_EQ(this->of(a), number_of(nonce_limbs) % order);
      EXPECT_EQ(this->of(b), number_of(wide_limbs) % order);
      EXPECT_EQ(this->of(ops::scalar_from_nonce_bytes(secret(nonce))), this->of(a));
    }
    const cpp_int x = this->of(a);
    const cpp_int y = this->of(b);
    const secret_scalar<G> s(a);
    const secret_scalar<G> t(b);
    EXPECT_EQ(this->of(a + b), (x + y) % order);
    EXPECT_EQ(this->of(ops::add(s, t)), (x + y) % order);
    EXPECT_EQ(this->of(a - b), (x - y + order) % order);
    EXPECT_EQ(this->of(ops::sub(s, t)), (x - y + order) % order);
    EXPECT_EQ(this->of(a * b), x * y % order);
    EXPECT_EQ(this->of(ops::mul(s, t)), x * y % order);
    EXPECT_EQ(this->of(G::invert(b)), inverse(y, order));
    EXPECT_EQ(this->of(ops::invert(t)), inverse(y, order));
  }
}

TYPED_TEST(integer_group_cross, elements) {
  using G = TypeParam;
  using ops = secret_ops<G>;
  const auto e = this->random_element();
  const auto f = this->random_element();
  const auto s = this->random_scalar();
  const cpp_int x = this->of(e);
  const cpp_int y = this->of(f);
  const cpp_int power = this->powm(x, this->of(s));
  EXPECT_EQ(this->of(G::mul_vartime(s, e)), power);
  EXPECT_EQ(this->of(ops::mul(secret_scalar<G>(s), e)), power);
  EXPECT_EQ(this->of(e + f), x * y % this->p);
  EXPECT_EQ(this->of(ops::add(secret_element<G>(e), f)), x * y % this->p);
  EXPECT_EQ(this->of(-e), inverse(x, this->p));
  EXPECT_EQ(this->of(ops::neg(secret_element<G>(e))), inverse(x, this->p));
  EXPECT_EQ(this->of(e - f), x * inverse(y, this->p) % this->p);
}

/// Both methods of sums, for numbers of terms and lengths of scalars at which windows change.
TYPED_TEST(integer_group_cross, sums_of_multiples) {
  using G = TypeParam;
  const auto& modulus = testing::numbers_of<G>::p;
  for (const std::size_t n : {1U, 3U, 40U}) {
    std::vector<limb> bases;
    std::vector<limb> exponents;
    cpp_int expected = 1;
    for (std::size_t i = 0; i < n; ++i) {
      const cpp_int x = this->of(this->random_element());
      const cpp_int e = i % 3 == 0 ? cpp_int(this->random.u64()) : cpp_int(i % 3 - 1);
      const auto base_limbs = limbs_of(x, G::p_limbs);
      const auto exponent_limbs = limbs_of(e, 3);
      bases.insert(bases.end(), base_limbs.begin(), base_limbs.end());
      exponents.insert(exponents.end(), exponent_limbs.begin(), exponent_limbs.end());
      expected = expected * this->powm(x, e) % this->p;
    }
    std::vector<limb> out(G::p_limbs);
    const auto& kernel = kernels::montgomery_kernel();
    integers::multi_power_straus_vartime(out, bases, exponents, 3, modulus, kernel);
    EXPECT_EQ(number_of(out), expected);
    integers::multi_power_pippenger_vartime(out, bases, exponents, 3, modulus, kernel);
    EXPECT_EQ(number_of(out), expected);
    integers::multi_power_vartime(out, bases, exponents, 3, modulus);
    EXPECT_EQ(number_of(out), expected);
  }
}

/// A second opinion on the primality of the orders of 256 bits, by other code than GMP's.
TYPED_TEST(integer_group_cross, short_orders_are_prime) {
  if (TypeParam::q_bits == 256) {
    std::mt19937 generator(static_cast<std::mt19937::result_type>(this->random.u64()));
    EXPECT_TRUE(boost::multiprecision::miller_rabin_test(this->q, 25, generator));
  }
}

}  // namespace
}  // namespace sandoq
