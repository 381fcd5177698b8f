// The pinned numbers: those of spec/12-integer-groups/groups.json, and with every property that the
// rules of membership rest on (12.2, 12.5). Primality by GMP; the reference tests it on its own.

#include "tests/support/integer_parameters.hpp"

#include <gmp.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "sandoq/group/integer_group.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/source_dir.hpp"

namespace sandoq {
namespace {

/// A number of GMP, for these tests.
class big {
 public:
  big() { mpz_init(value_); }
  explicit big(unsigned long value) { mpz_init_set_ui(value_, value); }
  explicit big(integers::limb_view limbs) : big() {
    mpz_import(value_, limbs.size(), -1, 8, 0, 0, limbs.data());
  }
  explicit big(const std::string& hex) : big() { mpz_set_str(value_, hex.c_str(), 16); }
  big(const big& other) { mpz_init_set(value_, other.value_); }
  big& operator=(const big&) = delete;
  ~big() { mpz_clear(value_); }
  operator mpz_ptr() { return value_; }           // NOLINT(google-explicit-constructor): for GMP
  operator mpz_srcptr() const { return value_; }  // NOLINT(google-explicit-constructor): for GMP
  friend bool operator==(const big& a, const big& b) { return mpz_cmp(a, b) == 0; }

 private:
  mpz_t value_;
};

big divided(const big& a, const big& b) {
  big out;
  EXPECT_TRUE(mpz_divisible_p(a, b));
  mpz_divexact(out, a, b);
  return out;
}
big less_one(const big& a) {
  big out;
  mpz_sub_ui(out, a, 1);
  return out;
}
big power(const big& base, const big& exponent, const big& m) {
  big out;
  mpz_powm(out, base, exponent, m);
  return out;
}
bool is_prime(const big& a) {
  return mpz_probab_prime_p(a, 25) != 0;
}

template <class G>
class integer_parameters : public ::testing::Test {
 protected:
  using numbers = testing::numbers_of<G>;
  const big p{integers::limb_view(numbers::p)};
  const big q{integers::limb_view(numbers::q)};
  const big g{integers::limb_view(numbers::g)};
  const big c{divided(less_one(p), q)};
};

using groups = ::testing::Types<modp4096, modp4096_v1, belenios2048, rfc3526_2048, swisspost3072,
                                swisspost3072_tt05>;
TYPED_TEST_SUITE(integer_parameters, groups);

TYPED_TEST(integer_parameters, are_those_of_the_specification) {
  std::ifstream file(testing::source_dir() + "/spec/12-integer-groups/groups.json");
  const auto read = nlohmann::json::parse(file, nullptr, false);
  ASSERT_FALSE(read.is_discarded());
  int found = 0;
  for (const auto& entry : read.at("groups")) {
    if (entry.at("name") != std::string(TypeParam::name)) {
      continue;
    }
    ++found;
    EXPECT_EQ(this->p, big(entry.at("p").get<std::string>()));
    EXPECT_EQ(this->q, big(entry.at("q").get<std::string>()));
    EXPECT_EQ(this->g, big(entry.at("g").get<std::string>()));
    EXPECT_EQ(this->c, big(entry.at("cofactor").get<std::string>()));
    EXPECT_EQ(entry.at("p_bits"), TypeParam::p_bits);
    EXPECT_EQ(entry.at("q_bits"), TypeParam::q_bits);
    const std::string rule = entry.at("membership");
    EXPECT_EQ(TypeParam::membership, rule == "exact"    ? membership_rule::exact
                                     : rule == "jacobi" ? membership_rule::jacobi
                                                        : membership_rule::batch_jacobi);
  }
  EXPECT_EQ(found, 1);
}

TYPED_TEST(integer_parameters, are_a_group_of_prime_order) {
  EXPECT_EQ(mpz_sizeinbase(this->p, 2), TypeParam::p_bits);
  EXPECT_EQ(mpz_sizeinbase(this->q, 2), TypeParam::q_bits);
  EXPECT_TRUE(is_prime(this->p));
  EXPECT_TRUE(is_prime(this->q));
  big gcd;
  mpz_gcd(gcd, this->q, this->c);
  EXPECT_EQ(gcd, big(1));
  EXPECT_EQ(power(this->g, this->q, this->p), big(1));
  EXPECT_FALSE(this->g == big(1));
  EXPECT_EQ(mpz_fdiv_ui(this->p, 8), 7U);
}

TYPED_TEST(integer_parameters, the_cofactor_bears_the_rule_of_membership) {
  const big half = divided(this->c, big(2));
  switch (TypeParam::membership) {
    case membership_rule::jacobi:
      EXPECT_EQ(half, big(1));
      break;
    case membership_rule::batch_jacobi:
      EXPECT_TRUE(is_prime(half));
      EXPECT_GT(mpz_sizeinbase(half, 2), 129U);
      break;
    case membership_rule::exact:
      EXPECT_FALSE(is_prime(half));
      break;
  }
}

/// Why the rule of BELENIOS-2048 is `exact`: elements of order 3 are squares, and one weight of
/// three takes them away.
TEST(belenios_membership, a_batch_would_let_order_three_pass) {
  using G = belenios2048;
  using numbers = testing::numbers_of<G>;
  const big p{integers::limb_view(numbers::p)};
  const big q{integers::limb_view(numbers::q)};
  const big u = divided(divided(less_one(p), q), big(6));
  EXPECT_FALSE(is_prime(u));
  EXPECT_EQ(mpz_sizeinbase(u, 2), 1790U);
  const big third = divided(less_one(p), big(3));
  unsigned long base = 2;
  while (power(big(base), third, p) == big(1)) {
    ++base;
  }
  const big h = power(big(base), third, p);
  EXPECT_EQ(power(h, big(3), p), big(1));
  EXPECT_EQ(mpz_jacobi(h, p), 1);
  testing::deterministic_random random(testing::test_seed());
  int passes = 0;
  for (int i = 0; i < 90; ++i) {
    const big weight(random.u64());
    passes += power(power(h, weight, p), q, p) == big(1) ? 1 : 0;
  }
  EXPECT_GT(passes, 5);  // 30 of 90 are expected, fewer than 6 with probability 10^-9
  EXPECT_LT(passes, 60);

  std::array<std::byte, G::element_bytes> octets{};
  mpz_export(octets.data(), nullptr, 1, 1, 0, 0, h);
  EXPECT_EQ(G::decode(octets).error().code, errc::not_in_group);
  bytes both(octets.begin(), octets.end());
  both.insert(both.end(), octets.begin(), octets.end());
  std::array<G::element, 2> out;
  EXPECT_EQ(G::decode_batch(out, both).error().place, "element 0");
}

}  // namespace
}  // namespace sandoq
