// The tiny groups themselves, over all their elements and scalars: tests that rest on them rest on
// this.

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "tests/support/tiny_group.hpp"

namespace sandoq {
namespace {

template <class G>
class group_exhaustive : public ::testing::Test {
 protected:
  /// 0*G, 1*G, ..., by adding, not by the multiplication that is tested.
  static std::vector<typename G::element> all_elements() {
    std::vector<typename G::element> out(1);
    for (std::uint32_t i = 1; i < G::order; ++i) {
      out.push_back(out.back() + G::generator());
    }
    return out;
  }
};

using groups = ::testing::Types<testing::tiny11, testing::tiny13, testing::tiny199>;
TYPED_TEST_SUITE(group_exhaustive, groups);

TYPED_TEST(group_exhaustive, the_generator_generates_a_group_of_prime_order) {
  using G = TypeParam;
  const auto all = this->all_elements();
  std::set<std::uint32_t> residues;
  for (const auto& e : all) {
    residues.insert(e.residue());
  }
  EXPECT_EQ(residues.size(), G::order);
  EXPECT_TRUE(G::is_identity(all.back() + G::generator()));
  for (std::uint32_t d = 2; d * d <= G::order; ++d) {
    EXPECT_NE(G::order % d, 0U);
  }
}

TYPED_TEST(group_exhaustive, sums_and_multiples_are_those_of_the_exponents) {
  using G = TypeParam;
  const auto all = this->all_elements();
  for (std::uint32_t i = 0; i < G::order; ++i) {
    EXPECT_EQ(G::is_identity(all[i]), i == 0);
    EXPECT_EQ(-all[i], all[(G::order - i) % G::order]);
    for (std::uint32_t j = 0; j < G::order; ++j) {
      EXPECT_EQ(all[i] + all[j], all[(i + j) % G::order]);
      EXPECT_EQ(all[i] - all[j], all[(i + G::order - j) % G::order]);
      EXPECT_EQ(all[i] == all[j], i == j);
      const auto s = G::scalar_from_u64(j);
      EXPECT_EQ(G::mul_vartime(s, all[i]), all[i * j % G::order]);
      EXPECT_EQ(s * G::invert(s), G::scalar_from_u64(j == 0 ? 0 : 1));
      EXPECT_EQ((G::scalar_from_u64(i) * s).value(), i * j % G::order);
      EXPECT_EQ((G::scalar_from_u64(i) - s).value(), (i + G::order - j) % G::order);
    }
  }
}

TYPED_TEST(group_exhaustive, decode_accepts_the_elements_and_nothing_else) {
  using G = TypeParam;
  std::set<std::uint32_t> residues;
  for (const auto& e : this->all_elements()) {
    residues.insert(e.residue());
  }
  for (std::uint32_t value = 0; value < 65536; ++value) {
    const byte_array<2> in = {static_cast<std::byte>(value & 0xFFU),
                              static_cast<std::byte>(value >> 8U)};
    const auto e = value < 4 * G::modulus ? G::decode(in) : result<typename G::element>();
    if (value < 4 * G::modulus) {
      ASSERT_EQ(e.has_value(), residues.count(value) == 1) << value;
    }
    if (e && value < 4 * G::modulus) {
      EXPECT_EQ(G::encode(*e), in);
    }
    const auto s = G::decode_scalar(in);
    ASSERT_EQ(s.has_value(), value < G::order);
    if (s) {
      EXPECT_EQ(G::encode_scalar(*s), in);
    }
  }
}

}  // namespace
}  // namespace sandoq
