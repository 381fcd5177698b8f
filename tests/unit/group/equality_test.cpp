// Elements are classes of four points: nothing may depend on which of them is kept.

#include <gtest/gtest.h>

#include <vector>

#include "lib/group/ristretto255_access.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using element = group::element;
using arith::field_element;
using arith::field_one;
using arith::field_zero;

/// The four points of order dividing 4.
std::vector<element> identity_points() {
  const field_element i = arith::constants::sqrt_m1;
  const field_element minus_i = carry(-i);
  const field_element minus_one = carry(-field_one);
  std::vector<element> out;
  for (const auto& [x, y] : {std::pair{field_zero, field_one},
                             {field_zero, minus_one},
                             {i, field_zero},
                             {minus_i, field_zero}}) {
    out.push_back(element_of_point({x, y, field_one, x * y}));
  }
  return out;
}

/// The same point with other coordinates: (cX : cY : cZ : cT).
element rescaled(const element& e, const field_element& c) {
  const edwards::extended p = point_of(e);
  return element_of_point({p.x * c, p.y * c, p.z * c, p.t * c});
}

class equality_test : public ::testing::Test {
 protected:
  element random_element() { return group::from_uniform_bytes(random.octets<64>()); }
  testing::deterministic_random random{testing::test_seed()};
};

TEST_F(equality_test, all_four_identity_points_are_the_identity) {
  for (const element& torsion : identity_points()) {
    EXPECT_TRUE(group::is_identity(torsion));
    EXPECT_EQ(torsion, group::identity());
    EXPECT_EQ(group::encode(torsion), byte_array<32>{});
    EXPECT_FALSE(group::is_identity(torsion + group::generator()));
  }
}

TEST_F(equality_test, representatives_of_an_element_are_equal_and_encode_alike) {
  for (int round = 0; round < 20; ++round) {
    const element p = random_element();
    const element q = random_element();
    const field_element c = arith::field_from_bytes(random.octets<32>());
    for (const element& torsion : identity_points()) {
      const element other = rescaled(p + torsion, c);
      EXPECT_EQ(other, p);
      EXPECT_FALSE(other == q);
      EXPECT_FALSE(other == -p);
      EXPECT_EQ(group::encode(other), group::encode(p));
      EXPECT_TRUE(group::is_identity(other - p));
      EXPECT_EQ(group::decode(group::encode(other)), p);
    }
  }
}

TEST_F(equality_test, the_order_times_a_decoded_element_ends_at_several_points) {
  // Why is_identity cannot look for (0, 1) alone: q*P of decoded representatives.
  int other_than_neutral = 0;
  for (int round = 0; round < 40; ++round) {
    const element p = group::decode(group::encode(random_element())).value();
    const element last = group::mul_vartime(-group::scalar_from_u64(1), p) + p;
    EXPECT_TRUE(group::is_identity(last));
    EXPECT_EQ(last, group::identity());
    const edwards::extended point = point_of(last);
    const bool neutral =
        is_public_true(is_zero(point.x)) && is_public_true(equal(point.y, point.z));
    other_than_neutral += neutral ? 0 : 1;
  }
  EXPECT_GT(other_than_neutral, 5);
}

}  // namespace
}  // namespace sandoq
