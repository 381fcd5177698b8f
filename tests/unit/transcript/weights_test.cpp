#include "sandoq/transcript/weights.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

#include <set>

#include "sandoq/core/canonical.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::deterministic_random;

byte_array<16> by_hand(const digest64& seed, std::initializer_list<std::uint32_t> indices) {
  byte_writer input;
  input.var(bytes_of("sandoq-1/weights"));
  input.fixed(seed.view());
  for (const std::uint32_t i : indices) {
    input.u32(i);
  }
  byte_array<64> hash;
  crypto_hash_sha512(reinterpret_cast<unsigned char*>(hash.data()),
                     reinterpret_cast<const unsigned char*>(input.view().data()), input.size());
  byte_array<16> out;
  std::copy_n(hash.begin(), 16, out.begin());
  return out;
}

TEST(weights, are_halves_of_hashes) {
  deterministic_random random(testing::test_seed());
  const digest64 seed{random.octets<64>()};
  const weights w(seed);
  for (int round = 0; round < 20; ++round) {
    const auto j = static_cast<std::uint32_t>(random.u64());
    const auto k = static_cast<std::uint32_t>(random.below(5));
    EXPECT_EQ(w.octets(j), by_hand(seed, {j}));
    EXPECT_EQ(w.octets(j, k), by_hand(seed, {j, k}));
    bytes scalar(32);
    const auto half = w.octets(j, k);
    std::copy(half.begin(), half.end(), scalar.begin());
    EXPECT_EQ(w.at<G>(j, k), *G::decode_scalar(scalar));
  }
}

TEST(weights, differ) {
  const weights w(digest64{});
  std::set<byte_array<16>> all;
  for (std::uint32_t j = 0; j < 20; ++j) {
    all.insert(w.octets(j));
    for (std::uint32_t k = 0; k < 20; ++k) {
      all.insert(w.octets(j, k));
    }
  }
  EXPECT_EQ(all.size(), 20U + 400U);
}

}  // namespace
}  // namespace sandoq
