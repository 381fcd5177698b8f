#include "lib/arith/field25519.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "sandoq/core/secret.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/unit/arith/gmp_number.hpp"

namespace sandoq::arith {
namespace {

using testing::gmp_number;

const gmp_number& prime() {
  static const gmp_number p = gmp_number::power_of_two(255) - gmp_number(19);
  return p;
}

gmp_number value(const field_wide& a) {
  return gmp_number::from_limbs(a.v, 51) % prime();
}
bool holds(choice c) {
  return declassify<"test of the field">(c);
}

template <class T>
T largest() {
  T out;
  out.v.fill(T::bound - 1);
  return out;
}

/// Random limbs up to the bound of the type, often all at or next to it.
template <class T>
T random_limbs(testing::deterministic_random& random) {
  T out;
  for (std::uint64_t& limb : out.v) {
    switch (random.below(4)) {
      case 0:
        limb = T::bound - 1 - random.below(4);
        break;
      case 1:
        limb = random.below(4);
        break;
      case 2:
        limb = limb_mask - random.below(20);
        break;
      default:
        limb = random.below(T::bound);
    }
  }
  return out;
}

/// Values around every place where a reduction could go wrong.
std::vector<field_element> edges() {
  std::vector<field_element> out = {field_zero, field_one, largest<field_element>(),
                                    constants::sqrt_m1, constants::d};
  for (const std::uint64_t low : {limb_mask - 19, limb_mask - 18, limb_mask - 17, limb_mask}) {
    out.push_back(
        make_field({low, limb_mask, limb_mask, limb_mask, limb_mask}));  // p-1, p, p+1 ...
  }
  out.push_back(make_field({0, 0, 0, 0, limb_mask + 1}));  // 2^255
  return out;
}

class field25519_test : public ::testing::Test {
 protected:
  testing::deterministic_random random{testing::test_seed()};
};

TEST_F(field25519_test, constants_are_what_they_are_called) {
  const gmp_number d =
      (prime() - gmp_number(121665)) * gmp_number(121666).inverse(prime()) % prime();
  const gmp_number minus_one = prime() - gmp_number(1);
  const gmp_number one(1);
  EXPECT_EQ(value(constants::d), d);
  EXPECT_EQ(value(constants::two_d), (d + d) % prime());
  const auto squared = [](const field_element& a) { return value(a) * value(a) % prime(); };
  EXPECT_EQ(squared(constants::sqrt_m1), minus_one);
  EXPECT_EQ(squared(constants::sqrt_ad_minus_one), (minus_one * d - one) % prime());
  EXPECT_EQ(squared(constants::invsqrt_a_minus_d), (minus_one - d).inverse(prime()) % prime());
  EXPECT_EQ(value(constants::one_minus_d_sq), (one - d * d) % prime());
  EXPECT_EQ(value(constants::d_minus_one_sq), (d - one) * (d - one) % prime());
  // The signs are those of RFC 9496 section 4.1, given there in decimal.
  EXPECT_EQ(value(constants::sqrt_m1).text(),
            "19681161376707505956807079304988542015446066515923890162744021073123829784752");
  EXPECT_EQ(value(constants::sqrt_ad_minus_one).text(),
            "25063068953384623474111414158702152701244531502492656460079210482610430750235");
  EXPECT_EQ(value(constants::invsqrt_a_minus_d).text(),
            "54469307008909316920995813868745141605393597292927456921205312896311721017578");
}

TEST_F(field25519_test, sums_and_differences_at_all_bounds) {
  for (int round = 0; round < 2000; ++round) {
    const auto a = random_limbs<field_element>(random);
    const auto b = random_limbs<field_element>(random);
    EXPECT_EQ(value(a + b), (value(a) + value(b)) % prime());
    EXPECT_EQ(value(a - b), (value(a) - value(b)) % prime());
    EXPECT_EQ(value(-a), (gmp_number() - value(a)) % prime());
    const auto c = random_limbs<field_loose>(random);
    const auto e = random_limbs<field_loose>(random);
    EXPECT_EQ(value(c + e), (value(c) + value(e)) % prime());
    EXPECT_EQ(value(c - e), (value(c) - value(e)) % prime());
  }
}

TEST_F(field25519_test, results_keep_the_bounds_of_their_types) {
  const auto below = [](const auto& x) {
    for (const std::uint64_t limb : x.v) {
      EXPECT_LT(limb, std::remove_cvref_t<decltype(x)>::bound);
    }
  };
  const auto tight = largest<field_element>();
  const auto loose = largest<field_loose>();
  const auto wide = largest<field_wide>();
  below(tight + tight);
  below(tight - field_zero);
  below(field_zero - tight);
  below(loose + loose);
  below(loose - field_zero);
  below(wide * wide);
  below(square(wide));
  below(carry(wide));
  EXPECT_EQ(value(wide * wide), value(wide) * value(wide) % prime());
  EXPECT_EQ(value(field_zero - tight), (gmp_number() - value(tight)) % prime());
}

TEST_F(field25519_test, products_squares_and_carries) {
  for (int round = 0; round < 4000; ++round) {
    const auto a = random_limbs<field_wide>(random);
    const auto b = random_limbs<field_wide>(random);
    EXPECT_EQ(value(a * b), value(a) * value(b) % prime());
    EXPECT_EQ(value(square(a)), value(a) * value(a) % prime());
    EXPECT_EQ(value(carry(a)), value(a));
  }
}

TEST_F(field25519_test, bytes_both_ways) {
  const auto check = [](const field_wide& a) {
    const auto octets = to_bytes(a);
    EXPECT_EQ(octets, value(a).to_bytes<32>());
    EXPECT_EQ(value(field_from_bytes(octets)), value(a));
    EXPECT_EQ(holds(is_zero(a)), value(a) == gmp_number());
    EXPECT_EQ(holds(is_negative(a)), (std::to_integer<unsigned>(octets[0]) & 1U) == 1U);
  };
  for (const field_element& a : edges()) {
    check(a);
  }
  for (int round = 0; round < 2000; ++round) {
    check(random_limbs<field_wide>(random));
    check(random_limbs<field_element>(random));
    auto octets = random.octets<32>();
    const field_element a = field_from_bytes(octets);
    octets[31] &= std::byte{0x7F};
    EXPECT_EQ(value(a), gmp_number::from_bytes(octets.data(), 32) % prime());
  }
}

TEST_F(field25519_test, comparison_is_of_values_not_of_limbs) {
  const field_element p_itself =
      make_field({limb_mask - 18, limb_mask, limb_mask, limb_mask, limb_mask});
  EXPECT_TRUE(holds(equal(p_itself, field_zero)));
  EXPECT_FALSE(holds(equal(field_one, field_zero)));
  for (int round = 0; round < 500; ++round) {
    const auto a = random_limbs<field_loose>(random);
    EXPECT_TRUE(holds(equal(a, carry(a))));
    EXPECT_FALSE(holds(equal(carry(a), carry(carry(a) + field_one))));
    const field_element positive = absolute(carry(a));
    EXPECT_FALSE(holds(is_negative(positive)));
    EXPECT_TRUE(holds(equal(positive, carry(a)) | equal(positive, carry(-carry(a)))));
    EXPECT_TRUE(holds(equal(negate_if(choice::yes(), positive), carry(-positive))));
    EXPECT_TRUE(holds(equal(negate_if(choice::no(), positive), positive)));
  }
}

TEST_F(field25519_test, inverses) {
  std::vector<field_element> cases = edges();
  for (int round = 0; round < 200; ++round) {
    cases.push_back(random_limbs<field_element>(random));
  }
  for (const field_element& a : cases) {
    EXPECT_EQ(value(invert(a)), value(a).inverse(prime()));
  }
}

TEST_F(field25519_test, square_roots_of_ratios) {
  std::vector<field_element> cases = edges();
  for (int round = 0; round < 24; ++round) {
    cases.push_back(random_limbs<field_element>(random));
  }
  const gmp_number i = value(constants::sqrt_m1);
  for (const field_element& u : cases) {
    for (const field_element& v : cases) {
      const square_root out = sqrt_ratio(u, v);
      const gmp_number ratio = value(u) * value(v).inverse(prime()) % prime();
      const bool u_is_zero = value(u) == gmp_number();
      const bool v_is_zero = value(v) == gmp_number();
      const bool is_square = u_is_zero || (!v_is_zero && ratio.legendre(prime()) == 1);
      EXPECT_EQ(holds(out.was_square), is_square);
      EXPECT_FALSE(holds(is_negative(out.root)));
      EXPECT_EQ(value(out.root) * value(out.root) % prime(),
                is_square ? ratio : ratio * i % prime());
    }
  }
}

#ifdef SANDOQ_INVARIANTS
TEST_F(field25519_test, a_limb_above_its_bound_is_caught) {
  field_element bad = field_one;
  bad.v[2] = field_wide::bound;
  EXPECT_DEATH(static_cast<void>(bad * bad), "above the bound of its type");
}
#endif

}  // namespace
}  // namespace sandoq::arith
