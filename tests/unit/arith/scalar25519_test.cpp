#include "lib/arith/scalar25519.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "sandoq/core/secret.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/unit/arith/gmp_number.hpp"

namespace sandoq::arith {
namespace {

using testing::gmp_number;

const gmp_number& order() {
  static const gmp_number q = gmp_number::power_of_two(252) +
                              gmp_number::from_decimal("27742317777372353535851937790883648493");
  return q;
}

template <std::size_t N>
gmp_number value(const std::array<std::uint64_t, N>& a) {
  return gmp_number::from_limbs(a, 64);
}

scalar_words random_scalar(testing::deterministic_random& random) {
  const auto octets = random.octets<64>();
  return words_from_bytes<4>(
      (gmp_number::from_bytes(octets.data(), 64) % order()).to_bytes<32>().data());
}

std::vector<scalar_words> cases(testing::deterministic_random& random) {
  std::vector<scalar_words> out = {{0, 0, 0, 0}, {1, 0, 0, 0}, {2, 0, 0, 0}};
  for (const std::uint64_t below : {1U, 2U}) {
    scalar_words near_order = scalar_order;
    near_order[0] -= below;
    out.push_back(near_order);
  }
  out.push_back({~0ULL, ~0ULL, 0, 0});
  out.push_back({0, 0, 0, 0x1000000000000000});
  out.push_back({~0ULL, ~0ULL, ~0ULL, 0x0FFFFFFFFFFFFFFF});
  for (int i = 0; i < 40; ++i) {
    out.push_back(random_scalar(random));
  }
  return out;
}

TEST(scalar25519, the_order_is_the_order) {
  EXPECT_EQ(value(scalar_order), order());
}

TEST(scalar25519, ring_operations) {
  testing::deterministic_random random(testing::test_seed());
  for (const scalar_words& a : cases(random)) {
    EXPECT_EQ(value(scalar_neg(a)), (order() - value(a)) % order());
    EXPECT_EQ(scalar_to_bytes(a), value(a).to_bytes<32>());
    for (const scalar_words& b : cases(random)) {
      EXPECT_EQ(value(scalar_add(a, b)), (value(a) + value(b)) % order());
      EXPECT_EQ(value(scalar_sub(a, b)), (value(a) - value(b)) % order());
      EXPECT_EQ(value(scalar_mul(a, b)), value(a) * value(b) % order());
    }
  }
}

TEST(scalar25519, inverses) {
  testing::deterministic_random random(testing::test_seed());
  for (const scalar_words& a : cases(random)) {
    EXPECT_EQ(value(scalar_invert(a)), value(a).inverse(order()));
  }
}

TEST(scalar25519, reduction_of_any_512_bits) {
  testing::deterministic_random random(testing::test_seed());
  const auto check = [](const std::array<std::uint64_t, 8>& wide) {
    EXPECT_EQ(value(scalar_reduce(wide)), value(wide) % order());
  };
  std::array<std::uint64_t, 8> ones;
  ones.fill(~0ULL);
  check(ones);
  check({});
  // k*q - 1, k*q, k*q + 1 for the largest k, and single bits.
  for (unsigned bit = 0; bit < 512; ++bit) {
    std::array<std::uint64_t, 8> one_bit{};
    one_bit[bit / 64] = std::uint64_t{1} << (bit % 64);
    check(one_bit);
  }
  for (int round = 0; round < 500; ++round) {
    gmp_number k = gmp_number::power_of_two(static_cast<unsigned>(random.below(259)));
    k = k + gmp_number(static_cast<unsigned long>(random.below(1000)));
    for (const gmp_number& x :
         {k * order() - gmp_number(1), k * order(), k * order() + gmp_number(1)}) {
      const auto octets = x.to_bytes<64>();
      check(words_from_bytes<8>(octets.data()));
    }
    // Runs of ones and zeros reach the carries that uniform numbers do not.
    std::array<std::uint64_t, 8> runs;
    for (std::uint64_t& word : runs) {
      word = random.below(3) == 0 ? random.u64() : 0 - random.below(2);
    }
    check(runs);
  }
}

TEST(scalar25519, range) {
  testing::deterministic_random random(testing::test_seed());
  const auto in_range = [](const scalar_words& a) {
    return declassify<"test of the range">(scalar_in_range(a));
  };
  for (const scalar_words& a : cases(random)) {
    EXPECT_TRUE(in_range(a));
    // The same number plus q needs no more than 254 bits.
    EXPECT_FALSE(in_range(words_from_bytes<4>((value(a) + order()).to_bytes<32>().data())));
  }
  EXPECT_FALSE(in_range(scalar_order));
  EXPECT_FALSE(in_range({~0ULL, ~0ULL, ~0ULL, ~0ULL}));
}

}  // namespace
}  // namespace sandoq::arith
