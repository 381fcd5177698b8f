#include "sandoq/proofs/signature.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "sandoq/proofs/signature_prove.hpp"
#include "tests/unit/proofs/proof_fixture.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::proof_fixture;

signed_message message_of(proof_fixture<G>& values) {
  return {
      "head", election_domain::drill, {values.random.octets<32>()}, {values.random.octets<32>()}};
}

TEST(signature, holds_for_its_key_and_message_only) {
  proof_fixture<G> values;
  const auto key = signing_key<G>::generate(values.random);
  const verification_key<G> X{key.public_key()};
  const signed_message message = message_of(values);
  const wire_signature sig = sign(key, message, values.random).value();
  EXPECT_TRUE(verify(X, message, sig));
  // As a shared base it is the same key.
  EXPECT_TRUE(verify(verification_key<G>{key.public_key(), base_index(9)}, message, sig));

  std::vector<signed_message> others(4, message);
  others[0].purpose = "close";
  others[1].domain = election_domain::real;
  others[2].election.octets[5] ^= std::byte{1};
  others[3].digest.octets[31] ^= std::byte{0x80};
  for (const auto& other : others) {
    EXPECT_FALSE(verify(X, other, sig));
  }
  auto exchanged = message;
  std::swap(exchanged.election, exchanged.digest);
  EXPECT_FALSE(verify(X, exchanged, sig));
  EXPECT_FALSE(verify(verification_key<G>{values.encoded()}, message, sig));
  EXPECT_FALSE(verify(verification_key<G>{encoded_element<G>()}, message, sig));
  EXPECT_FALSE(verify(verification_key<G>{encoded_element<G>()}, message, wire_signature{}));
  for (std::size_t bit = 0; bit < 512; ++bit) {
    auto changed = sig;
    changed.octets[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
    ASSERT_FALSE(verify(X, message, changed)) << bit;
  }
}

// What is absorbed and what stands in the equation must be one element.
TEST(signature, a_shared_key_is_the_one_in_the_table) {
  proof_fixture<G> values;
  const auto key = signing_key<G>::generate(values.random);
  const signed_message message = message_of(values);
  const wire_signature sig = sign(key, message, values.random).value();
  shared_bases<G> bases;
  const base_index other = bases.add(values.encoded().element());
  const base_index own = bases.add(key.public_key().element());
  checking_sink<G> sink(bases);
  const auto emit_with = [&](base_index place) {
    return emit(static_cast<equation_sink<G>&>(sink), verification_key<G>{key.public_key(), place},
                message, sig)
        .holds();
  };
  EXPECT_TRUE(emit_with(own));
  EXPECT_TRUE(sink.holds());
  EXPECT_DEATH((void)emit_with(other), "the absorbed element at its shared place");
  EXPECT_DEATH((void)emit_with(base_index(3)), "the absorbed element at its shared place");
  EXPECT_DEATH((void)emit_with(generator_base), "the absorbed element at its shared place");
}

TEST(signature, fresh_nonces_and_given_ones) {
  proof_fixture<G> values;
  const auto key = signing_key<G>::generate(values.random);
  const signed_message message = message_of(values);
  EXPECT_NE(sign(key, message, values.random).value(), sign(key, message, values.random).value());
  const nonce_seed seed = values.seed();
  EXPECT_EQ(sign_with_seed(key, message, seed).value(), sign_with_seed(key, message, seed).value());
}

TEST(signature, zero_is_no_key) {
  EXPECT_EQ(signing_key<G>::from_scalar(secret_scalar<G>()).error().code, errc::bad_witness);
}

TEST(signature, structure) {
  for (std::size_t size = 0; size < 64; ++size) {
    const bytes cut(size);
    byte_reader in(cut);
    EXPECT_EQ(read_signature(in, "sig").error().code, errc::truncated);
  }
  const bytes whole(64, std::byte{7});
  byte_reader in(whole);
  const auto sig = read_signature(in, "sig").value();
  EXPECT_TRUE(in.finish());
  byte_writer out;
  write(out, sig);
  EXPECT_EQ(std::move(out).take(), whole);
}

}  // namespace
}  // namespace sandoq
