#include <gtest/gtest.h>
#include <sodium.h>

#include "sandoq/core/aead_secret.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

const unsigned char zero_nonce[12] = {};

TEST(Aead, SealsAsLibsodiumDoes) {
  testing::deterministic_random random(testing::test_seed());
  for (int round = 0; round < 50; ++round) {
    const auto key = random.octets<32>();
    const auto message = random.octets<32>();
    byte_array<48> expected;
    unsigned long long length = 0;
    crypto_aead_chacha20poly1305_ietf_encrypt(
        reinterpret_cast<unsigned char*>(expected.data()), &length,
        reinterpret_cast<const unsigned char*>(message.data()), 32, nullptr, 0, nullptr, zero_nonce,
        reinterpret_cast<const unsigned char*>(key.data()));
    ASSERT_EQ(length, 48U);
    const secret<byte_array<32>> secret_key(key);
    EXPECT_EQ(seal_32(secret_key, secret<byte_array<32>>(message)), expected);
    const auto opened = open_32(secret_key, expected);
    ASSERT_TRUE(opened);
    EXPECT_EQ(declassify<"compared in a test">(*opened), message);
  }
}

// RFC 8439, 2.8.2 uses another nonce and associated data; its one-time key and stream are covered
// by libsodium above. Here: no bit of a box may change, and no other key opens it.
TEST(Aead, RejectsEveryFlippedBitAndOtherKeys) {
  testing::deterministic_random random(testing::test_seed());
  const auto key = random.octets<32>();
  const secret<byte_array<32>> secret_key(key);
  const auto box = seal_32(secret_key, secret<byte_array<32>>(random.octets<32>()));
  for (std::size_t bit = 0; bit < 8 * box.size(); ++bit) {
    auto changed = box;
    changed[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
    const auto opened = open_32(secret_key, changed);
    ASSERT_FALSE(opened) << "bit " << bit;
    EXPECT_EQ(opened.error().code, errc::mismatch);
  }
  auto other = key;
  other[31] ^= std::byte{0x80};
  EXPECT_FALSE(open_32(secret<byte_array<32>>(other), box));
}

}  // namespace
}  // namespace sandoq
