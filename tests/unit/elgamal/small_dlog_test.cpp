#include "sandoq/elgamal/small_dlog.hpp"

#include <gtest/gtest.h>

#include "lib/elgamal/small_dlog.core.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/tiny_group.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::deterministic_random;
using testing::tiny199;

G::element multiple(std::uint64_t m) {
  return G::mul_base_vartime(G::scalar_from_u64(m));
}

TEST(small_dlog, finds_every_value_up_to_a_bound) {
  for (const std::uint64_t bound : {0U, 1U, 2U, 3U, 10U, 99U}) {
    const small_dlog<G> table(bound);
    G::element e = G::identity();
    for (std::uint64_t m = 0; m <= bound + 3; ++m) {
      const auto found = table.find_vartime(e);
      ASSERT_EQ(found.has_value(), m <= bound) << m << " of " << bound;
      if (found) {
        EXPECT_EQ(*found, m);
      } else {
        EXPECT_EQ(found.error().code, errc::not_found);
      }
      e += G::generator();
    }
    EXPECT_FALSE(table.find_vartime(-G::generator()));
  }
}

/// A group whose encodings are shorter than the table's keys: every element, every bound.
TEST(small_dlog, finds_everything_in_a_tiny_group) {
  for (std::uint64_t bound = 0; bound < 199; ++bound) {
    const small_dlog<tiny199> table(bound, 1);
    for (std::uint64_t m = 0; m < 199; ++m) {
      const auto found = table.find_vartime(tiny199::mul_base_vartime(tiny199::scalar_from_u64(m)));
      ASSERT_EQ(found.has_value(), m <= bound);
      if (found) {
        ASSERT_EQ(*found, m);
      }
    }
  }
}

TEST(small_dlog, counts_of_a_large_nation) {
  deterministic_random random(testing::test_seed());
  constexpr std::uint64_t bound = 100'000'000;
  const small_dlog<G> table(bound);
  for (const std::uint64_t m :
       {std::uint64_t{0}, table.width() - 1, table.width(), table.width() + 1, bound - 1, bound,
        random.below(bound), random.below(bound), random.below(bound)}) {
    EXPECT_EQ(table.find_vartime(multiple(m)).value(), m);
  }
  EXPECT_FALSE(table.find_vartime(multiple(bound + 1)));
  EXPECT_FALSE(table.find_vartime(G::from_uniform_bytes(random.octets<64>())));
}

}  // namespace
}  // namespace sandoq
