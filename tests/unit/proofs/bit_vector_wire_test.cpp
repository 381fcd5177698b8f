#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sandoq/proofs/bit_vector.hpp"
#include "tests/support/contest_fixture.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using fixture = testing::contest_fixture<G>;
using testing::deterministic_random;
using testing::test_seed;

class bit_vector_wire : public ::testing::Test {
 protected:
  deterministic_random random{test_seed()};
  fixture contest{{.options = 2, .max_choices = 2, .min_choices = 1}, random};
  bit_vector_ballot<G> ballot = *contest.make(std::vector<std::uint8_t>{1, 0}, random.octets<32>());
  bytes octets = encode(ballot.proof).encode();

  /// Structure, membership and proof together.
  [[nodiscard]] bool accepted(byte_view proof_octets) const {
    const auto wire = wire_bit_vector_proof::decode(proof_octets);
    if (!wire) {
      return false;
    }
    auto proof = decode(*wire);
    return proof && contest.check({ballot.ciphertexts, *std::move(proof)}).holds();
  }
};

TEST_F(bit_vector_wire, round_trip) {
  EXPECT_EQ(octets.size(), contest.shape().proof_bytes());
  const auto wire = wire_bit_vector_proof::decode(octets);
  ASSERT_TRUE(wire);
  EXPECT_EQ(wire->encode(), octets);
  EXPECT_TRUE(accepted(octets));
  const auto ciphertexts = encode_ciphertexts(ballot.ciphertexts);
  EXPECT_EQ(*decode_ciphertexts(ciphertexts), ballot.ciphertexts);
}

TEST_F(bit_vector_wire, every_changed_byte_is_refused) {
  for (std::size_t i = 0; i < octets.size(); ++i) {
    bytes changed = octets;
    changed[i] ^= static_cast<std::byte>(1U << random.below(8));
    EXPECT_FALSE(accepted(changed)) << "byte " << i;
  }
}

TEST_F(bit_vector_wire, every_changed_byte_of_a_ciphertext_is_refused) {
  const auto good = encode_ciphertexts(ballot.ciphertexts);
  for (std::size_t i = 0; i < 64 * good.size(); ++i) {
    auto changed = good;
    wire_ciphertext& c = changed[i / 64];
    std::byte& octet = i % 64 < 32 ? c.alpha.octets[i % 32] : c.beta.octets[i % 32];
    octet ^= static_cast<std::byte>(1U << random.below(8));
    const auto decoded = decode_ciphertexts(changed);
    EXPECT_FALSE(decoded && contest.check({*decoded, ballot.proof}).holds()) << "byte " << i;
  }
}

TEST_F(bit_vector_wire, every_truncation_and_extension_is_refused) {
  for (std::size_t size = 0; size < octets.size(); ++size) {
    const auto cut = wire_bit_vector_proof::decode(byte_view(octets).first(size));
    ASSERT_FALSE(cut) << size;
    EXPECT_TRUE(cut.error().code == errc::truncated || cut.error().code == errc::too_large);
    EXPECT_EQ(cut.error().place.rfind("proof", 0), 0U) << cut.error().place;
  }
  bytes longer = octets;
  longer.push_back(std::byte{0});
  const auto refused = wire_bit_vector_proof::decode(longer);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::trailing_bytes);
}

TEST_F(bit_vector_wire, the_number_of_responses_is_bounded_before_memory_is_taken) {
  for (const std::uint32_t count : {2101U, 0xffffffffU}) {
    bytes changed = octets;
    for (std::size_t i = 0; i < 4; ++i) {
      changed[192 + i] = static_cast<std::byte>((count >> (8 * i)) & 0xffU);
    }
    const auto refused = wire_bit_vector_proof::decode(changed);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::too_large);
  }
}

TEST_F(bit_vector_wire, membership_errors_name_their_field) {
  const wire_bit_vector_proof good = encode(ballot.proof);
  wire_element no_element;
  no_element.octets.fill(std::byte{0xff});
  wire_scalar no_scalar;
  no_scalar.octets.fill(std::byte{0xff});
  const auto place_of = [&](auto&& change) {
    wire_bit_vector_proof changed = good;
    change(changed);
    const auto refused = decode(changed);
    return refused ? std::string("accepted") : refused.error().place;
  };
  EXPECT_EQ(place_of([&](auto& p) { p.B = no_element; }), "B");
  EXPECT_EQ(place_of([&](auto& p) { p.A = no_element; }), "A");
  EXPECT_EQ(place_of([&](auto& p) { p.T1 = no_element; }), "T1");
  EXPECT_EQ(place_of([&](auto& p) { p.T0 = no_element; }), "T0");
  EXPECT_EQ(place_of([&](auto& p) { p.E.alpha = no_element; }), "E.alpha");
  EXPECT_EQ(place_of([&](auto& p) { p.E.beta = no_element; }), "E.beta");
  EXPECT_EQ(place_of([&](auto& p) { p.f[0] = no_scalar; }), "f 2");
  EXPECT_EQ(place_of([&](auto& p) { p.f[1] = no_scalar; }), "f 3");
  EXPECT_EQ(place_of([&](auto& p) { p.z_B = no_scalar; }), "z_B");
  EXPECT_EQ(place_of([&](auto& p) { p.z_T = no_scalar; }), "z_T");
  EXPECT_EQ(place_of([&](auto& p) { p.z_E = no_scalar; }), "z_E");

  auto ciphertexts = encode_ciphertexts(ballot.ciphertexts);
  ciphertexts[1].beta = no_element;
  const auto refused = decode_ciphertexts(ciphertexts);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().place, "ciphertext 1/beta");
}

}  // namespace
}  // namespace sandoq
