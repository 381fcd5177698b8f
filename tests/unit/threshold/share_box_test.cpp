#include <gtest/gtest.h>
#include <sodium.h>

#include <algorithm>

#include "sandoq/core/canonical.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/threshold/share_box_secret.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using ops = secret_ops<group>;

class ShareBox : public ::testing::Test {
 protected:
  ShareBox()
      : key_(ops::random_scalar(random_)),
        public_(declassify<"a public key of a test">(ops::mul_base(key_))),
        share_(group::scalar_from_wide(random_.octets<64>())),
        route_{digest32{random_.octets<32>()}, digest32{random_.octets<32>()}, board_index(1),
               trustee_index(2), trustee_index(3)},
        box_(seal_share(route_, public_, secret_scalar<group>(share_), random_)) {}

  testing::deterministic_random random_{testing::test_seed()};
  secret_scalar<group> key_;
  encoded_element<group> public_;
  group::scalar share_;
  share_route route_;
  sealed_share box_;
};

TEST_F(ShareBox, OpensForItsReceiver) {
  const auto opened = open_share(route_, key_, public_, box_);
  ASSERT_TRUE(opened) << to_string(opened.error());
  EXPECT_EQ(declassify<"compared in a test">(*opened), share_);
}

// The same box by libsodium alone: its group, its hash, its cipher, and bytes put together here.
TEST_F(ShareBox, IsWhatLibsodiumOpens) {
  ASSERT_GE(sodium_init(), 0);
  const auto scalar = declassify<"compared in a test">(ops::encode_scalar(key_));
  unsigned char shared[32];
  ASSERT_EQ(crypto_scalarmult_ristretto255(
                shared, reinterpret_cast<const unsigned char*>(scalar.data()),
                reinterpret_cast<const unsigned char*>(box_.ephemeral.octets.data())),
            0);
  byte_writer input;
  input.var(bytes_of("sandoq-1"));
  input.var(bytes_of("dkg/share"));
  input.fixed(route_.manifest_hash.view());
  input.fixed(route_.hash_of_commitments.view());
  input.u32(1);
  input.u32(2);
  input.u32(3);
  input.fixed(box_.ephemeral.view());
  input.fixed(public_.view());
  input.fixed(std::as_bytes(std::span(shared)));
  unsigned char key[64];
  crypto_hash_sha512(key, reinterpret_cast<const unsigned char*>(input.view().data()),
                     input.size());
  const unsigned char nonce[12] = {};
  byte_array<32> opened{};
  unsigned long long length = 0;
  ASSERT_EQ(crypto_aead_chacha20poly1305_ietf_decrypt(
                reinterpret_cast<unsigned char*>(opened.data()), &length, nullptr,
                reinterpret_cast<const unsigned char*>(box_.box.data()), box_.box.size(), nullptr,
                0, nonce, key),
            0);
  EXPECT_EQ(opened, group::encode_scalar(share_));
}

TEST_F(ShareBox, MeansNothingOnAnyOtherRoute) {
  const auto opens = [&](const share_route& route) {
    return open_share(route, key_, public_, box_).has_value();
  };
  auto other = route_;
  other.manifest_hash.octets[0] ^= std::byte{1};
  EXPECT_FALSE(opens(other));
  other = route_;
  other.hash_of_commitments.octets[31] ^= std::byte{1};
  EXPECT_FALSE(opens(other));
  other = route_;
  other.board = board_index(0);
  EXPECT_FALSE(opens(other));
  other = route_;
  std::swap(other.dealer, other.receiver);
  EXPECT_FALSE(opens(other));
  EXPECT_TRUE(opens(route_));
}

TEST_F(ShareBox, RejectsAnotherKeyAndBadEphemerals) {
  const auto other_key = ops::random_scalar(random_);
  EXPECT_EQ(open_share(route_, other_key, public_, box_).error().code, errc::mismatch);
  auto changed = box_;
  changed.ephemeral.octets.fill(std::byte{0});
  EXPECT_EQ(open_share(route_, key_, public_, changed).error().code, errc::identity_element);
  changed.ephemeral.octets.fill(std::byte{0xFF});
  EXPECT_FALSE(open_share(route_, key_, public_, changed));
  changed = box_;
  changed.box[47] ^= std::byte{1};
  EXPECT_EQ(open_share(route_, key_, public_, changed).error().code, errc::mismatch);
}

TEST_F(ShareBox, IsNeverTheSameTwice) {
  const auto again = seal_share(route_, public_, secret_scalar<group>(share_), random_);
  EXPECT_NE(again.ephemeral, box_.ephemeral);
  EXPECT_NE(again.box, box_.box);
}

}  // namespace
}  // namespace sandoq
