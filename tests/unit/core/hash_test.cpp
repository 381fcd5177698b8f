#include "sandoq/core/hash.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

#include <cstring>
#include <string>

#include "sandoq/core/secret_hash.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

TEST(sha512, published_examples) {
  // FIPS 180-4 example "abc"; the empty string from NIST CAVP SHA512ShortMsg, Len = 0.
  EXPECT_EQ(to_hex(sha512::of(bytes_of("abc")).view()),
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
  EXPECT_EQ(to_hex(sha512::of({}).view()),
            "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
            "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e");
}

TEST(sha512, pieces_and_copies_agree_with_libsodium_at_once) {
  testing::deterministic_random random(testing::test_seed());
  for (int round = 0; round < 200; ++round) {
    bytes data(random.below(600));
    random.fill(data);
    const std::size_t cut = random.below(data.size() + 1);
    sha512 state;
    state.update(byte_view(data).first(cut));
    const sha512 prefix = state;
    const digest64 early = state.finish();
    state.update(byte_view(data).subspan(cut));
    sha512 other = prefix;
    other.update(byte_view(data).subspan(cut));
    secret_sha512 secret_state;
    secret_state.update(byte_view(data).first(cut))
        .update(secret_bytes(byte_view(data).subspan(cut)));

    byte_array<64> expected;
    const auto* in = reinterpret_cast<const unsigned char*>(data.data());
    auto* out = reinterpret_cast<unsigned char*>(expected.data());
    crypto_hash_sha512(out, in, data.size());
    EXPECT_EQ(state.finish().octets, expected);
    EXPECT_EQ(other.finish().octets, expected);
    EXPECT_EQ(declassify<"test of the hash">(secret_state.finish()), expected);
    crypto_hash_sha512(out, in, cut);
    EXPECT_EQ(early.octets, expected);
  }
}

TEST(framed_hash, is_the_hash_of_the_frames) {
  // The input of SHA-512 put together by hand and hashed by libsodium.
  const std::string input(
      "\x08\x00\x00\x00sandoq-1"
      "\x04\x00\x00\x00test"
      "first"
      "second",
      12 + 8 + 11);
  byte_array<64> expected;
  crypto_hash_sha512(reinterpret_cast<unsigned char*>(expected.data()),
                     reinterpret_cast<const unsigned char*>(input.data()), input.size());
  framed_hash h("test");
  h.update(bytes_of("first")).update(bytes_of("second"));
  EXPECT_EQ(h.digest_wide().octets, expected);
  EXPECT_EQ(std::memcmp(h.digest().octets.data(), expected.data(), 32), 0);
  EXPECT_EQ(framed_hash::of("test", bytes_of("first"), bytes_of("second")), h.digest());
  EXPECT_NE(framed_hash::of("test2", bytes_of("first"), bytes_of("second")), h.digest());
}

TEST(framed_hash, the_tag_cannot_run_into_the_data) {
  EXPECT_NE(framed_hash::of("a", bytes_of("b")), framed_hash::of("ab"));
}

}  // namespace
}  // namespace sandoq
