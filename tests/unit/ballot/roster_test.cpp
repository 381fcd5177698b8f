#include "sandoq/ballot/roster.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "sandoq/ballot/membership.hpp"
#include "sandoq/ballot/roster_secret.hpp"
#include "sandoq/proofs/batch.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/sample_election.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::deterministic_random;
using testing::sample_election;
using testing::test_seed;

class roster_of_sample : public ::testing::Test {
 protected:
  roster_of_sample() : election_(random_), source_(election_.source()) {}

  // Single and batched verification must agree; gives the reason, or nothing if all holds.
  std::string refusal() const {
    const auto keys = roster::decode(source_);
    if (!keys) {
      return to_string(keys.error());
    }
    const verification single = verify(source_, *keys);
    checking_sink<G> sink;
    const verification emitted = emit(sink, source_, *keys);
    EXPECT_EQ(single.holds(), emitted.holds() && sink.holds());
    return single.reason();
  }

  deterministic_random random_{test_seed()};
  sample_election election_;
  manifest source_;
};

TEST_F(roster_of_sample, holds) {
  EXPECT_EQ(refusal(), "");
  EXPECT_TRUE(check_elements(source_).has_value());
  const auto keys = *roster::decode(source_);
  ASSERT_EQ(keys.boards().size(), 2U);
  EXPECT_EQ(keys.boards()[0].threshold, 2U);
  EXPECT_EQ(keys.boards()[0].signing_keys.size(), 3U);
  EXPECT_EQ(keys.keys_of(board_index(0), trustee_index(3)).signing,
            election_.secrets(0, 2).signing().public_key());
}

TEST_F(roster_of_sample, a_batch_holds_and_names_no_culprit) {
  const auto keys = *roster::decode(source_);
  sequential_executor workers;
  const digest32 hash = manifest_hash(source_.encode());
  const shared_bases<G> bases;
  const auto failures = verify_batch<G>(
      hash, std::vector<digest32>{hash}, bases,
      [&](std::size_t, equation_sink<G>& sink) { return emit(sink, source_, keys); }, workers);
  EXPECT_TRUE(failures.empty());
}

TEST_F(roster_of_sample, every_bit_of_every_proof_matters) {
  for (const bool encryption : {false, true}) {
    for (std::size_t bit = 0; bit < 512; bit += 37) {
      source_ = election_.source();
      auto& trustee = source_.boards[0].trustees[1];
      auto& proof = encryption ? trustee.encryption_proof : trustee.signing_proof;
      proof.octets[bit / 8] ^= std::byte{1} << (bit % 8);
      EXPECT_NE(refusal().find(encryption ? "trustee-0-2\"/encryption proof"
                                          : "trustee-0-2\"/signing proof"),
                std::string::npos)
          << refusal();
    }
  }
}

TEST_F(roster_of_sample, a_proof_stands_for_one_key_place_election_and_domain) {
  std::swap(source_.boards[0].trustees[0].signing_proof,
            source_.boards[0].trustees[0].encryption_proof);
  EXPECT_NE(refusal(), "");
  source_ = election_.source();
  std::swap(source_.boards[0].trustees[0], source_.boards[0].trustees[1]);
  EXPECT_NE(refusal(), "");
  source_ = election_.source();
  std::swap(source_.boards[0], source_.boards[1]);
  EXPECT_NE(refusal(), "");
  source_ = election_.source();
  source_.election += "x";
  EXPECT_NE(refusal(), "");
  source_ = election_.source();
  source_.domain = election_domain::real;
  EXPECT_NE(refusal(), "");
}

TEST_F(roster_of_sample, no_key_may_occur_twice) {
  auto& trustees = source_.boards[0].trustees;
  const auto original = trustees;
  trustees[2].signing_key = source_.boards[1].trustees[0].signing_key;
  EXPECT_NE(refusal().find("the same key stands at"), std::string::npos);
  trustees = original;
  trustees[2].encryption_key = trustees[0].encryption_key;
  EXPECT_NE(refusal().find("the same key stands at"), std::string::npos);
  trustees = original;
  trustees[1].encryption_key = trustees[1].signing_key;
  EXPECT_NE(refusal().find("the same key stands at"), std::string::npos);
  trustees = original;
  trustees[1].encryption_key = trustees[2].signing_key;
  EXPECT_NE(refusal().find("the same key stands at"), std::string::npos);
}

TEST_F(roster_of_sample, the_authority_proves_its_key) {
  EXPECT_TRUE(roster::decode(source_)->authority().has_value());
  for (std::size_t bit = 0; bit < 512; bit += 37) {
    source_ = election_.source();
    source_.authority->signing_proof.octets[bit / 8] ^= std::byte{1} << (bit % 8);
    EXPECT_NE(refusal().find("authority"), std::string::npos) << refusal();
  }
  source_ = election_.source();
  source_.authority->signing_key = source_.boards[1].trustees[0].encryption_key;
  EXPECT_NE(refusal().find("the same key stands at"), std::string::npos);
  source_.authority->signing_key = {};
  EXPECT_NE(refusal().find("identity"), std::string::npos);
  source_.authority->signing_key.octets.fill(std::byte{0xff});
  EXPECT_NE(refusal().find("authority"), std::string::npos);
  EXPECT_FALSE(check_elements(source_).has_value());
  source_.authority.reset();
  EXPECT_EQ(refusal(), "") << "a manifest may have none";
  EXPECT_FALSE(roster::decode(source_)->authority().has_value());
}

TEST_F(roster_of_sample, no_key_is_the_identity) {
  source_.boards[1].trustees[0].signing_key = {};
  EXPECT_NE(refusal().find("identity"), std::string::npos);
  source_ = election_.source();
  source_.boards[1].trustees[0].encryption_key = {};
  EXPECT_NE(refusal().find("identity"), std::string::npos);
}

TEST_F(roster_of_sample, bytes_that_are_no_element_or_scalar_are_named) {
  source_.boards[0].trustees[1].signing_key.octets.fill(std::byte{0xff});
  const auto keys = roster::decode(source_);
  ASSERT_FALSE(keys.has_value());
  EXPECT_NE(keys.error().place.find("trustee 2 \"trustee-0-2\"/signing key"), std::string::npos);
  EXPECT_FALSE(check_elements(source_).has_value());
  for (const std::size_t at : {0U, 32U}) {  // T, z
    source_ = election_.source();
    auto& proof = source_.boards[1].trustees[0].encryption_proof.octets;
    std::fill(proof.begin() + static_cast<std::ptrdiff_t>(at),
              proof.begin() + static_cast<std::ptrdiff_t>(at + 32), std::byte{0xff});
    const auto members = check_elements(source_);
    ASSERT_FALSE(members.has_value());
    EXPECT_NE(members.error().place.find(at == 0 ? "encryption proof/T" : "encryption proof/z"),
              std::string::npos)
        << members.error().place;
  }
}

TEST_F(roster_of_sample, keys_from_stored_scalars_are_the_same_keys) {
  const trustee_secrets& original = election_.secrets(0, 0);
  const auto again = trustee_secrets::from_scalars(original.signing().scalar().clone(),
                                                   original.encryption().clone());
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->public_keys().signing, original.public_keys().signing);
  EXPECT_EQ(again->public_keys().encryption, original.public_keys().encryption);
  EXPECT_FALSE(
      trustee_secrets::from_scalars(original.encryption().clone(), original.encryption().clone())
          .has_value());
  EXPECT_FALSE(
      trustee_secrets::from_scalars(secret_scalar<G>(), original.encryption().clone()).has_value());
}

TEST_F(roster_of_sample, keys_are_stored_as_two_scalars) {
  const trustee_secrets& original = election_.secrets(0, 0);
  const bytes stored = declassify<"a test looks at it">(encode(original));
  const auto back = decode_trustee_secrets(secret_bytes(byte_view(stored)));
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->public_keys().signing, original.public_keys().signing);
  EXPECT_EQ(back->public_keys().encryption, original.public_keys().encryption);
  const auto signing =
      ristretto255::encode_scalar(declassify<"a test looks at it">(original.signing().scalar()));
  EXPECT_TRUE(std::ranges::equal(signing, byte_view(stored).first(32)));
  const auto refused = [](byte_view octets) {
    const auto out = decode_trustee_secrets(secret_bytes(octets));
    EXPECT_FALSE(out.has_value());
    return out ? std::string() : to_string(out.error());
  };
  for (std::size_t size = 0; size < stored.size(); ++size) {
    (void)refused(byte_view(stored).first(size));
  }
  bytes bad = stored;
  bad.push_back(std::byte{0});
  EXPECT_EQ(refused(bad),
            "trustee's keys/end @64: 1 bytes are left after the last field (trailing bytes)");
  bad = stored;
  std::fill(bad.begin(), bad.begin() + 32, std::byte{0});
  EXPECT_NE(refused(bad).find("signing key"), std::string::npos);
  bad = stored;
  std::fill(bad.begin() + 32, bad.end(), std::byte{0xff});
  EXPECT_NE(refused(bad).find("out of range"), std::string::npos);
  bad = stored;
  std::copy(stored.begin(), stored.begin() + 32, bad.begin() + 32);
  EXPECT_NE(refused(bad).find("must not be the signing key"), std::string::npos);
}

}  // namespace
}  // namespace sandoq
