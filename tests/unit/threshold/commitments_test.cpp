#include "sandoq/threshold/commitments.hpp"

#include <gtest/gtest.h>

#include "tests/support/byte_mutations.hpp"
#include "tests/support/ceremony_fixture.hpp"

namespace sandoq {
namespace {

using testing::ceremony_fixture;
using testing::expect_canonical;

class Commitments : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    static testing::deterministic_random random(testing::test_seed());
    election = new ceremony_fixture({{3, 2}, {1, 1}}, random);
    ASSERT_TRUE(election->run());
  }
  static void TearDownTestSuite() {
    delete election;
    election = nullptr;
  }
  static ceremony_fixture* election;
};
ceremony_fixture* Commitments::election = nullptr;

TEST_F(Commitments, DecodeExactlyWhatTheyEncode) {
  expect_canonical(election->items().commits[1]);
  expect_canonical(election->items().reveals[1]);
  expect_canonical(election->items().deals[1]);
  expect_canonical(election->items().confirms[1]);
  expect_canonical(election->published());
}

TEST_F(Commitments, HaveTheSizesOfTheSpecification) {
  EXPECT_EQ(election->items().commits[0].encode().size(), 12U + 32 + 64);
  EXPECT_EQ(election->items().reveals[0].encode().size(), 12U + 4 + 2 * 32 + 32 + 4 + 2 * 64 + 64);
  EXPECT_EQ(election->items().deals[0].encode().size(), 12U + 4 + 3 * 80 + 64);
  EXPECT_EQ(election->items().confirms[0].encode().size(), 12U + 32 + 64);
  EXPECT_EQ(election->published().encode().size(),
            4U + (32 + 4 + 3 * 32) + (32 + 4 + 1 * 32) + 32 + 32);
}

TEST_F(Commitments, ListsHaveBounds) {
  auto reveal = election->items().reveals[0];
  reveal.coefficients.resize(65);
  EXPECT_EQ(dkg_reveal::decode(reveal.encode()).error().code, errc::too_large);
  reveal.coefficients.clear();
  EXPECT_EQ(dkg_reveal::decode(reveal.encode()).error().code, errc::out_of_range);
  reveal = election->items().reveals[0];
  reveal.proofs.resize(65);
  EXPECT_EQ(dkg_reveal::decode(reveal.encode()).error().code, errc::too_large);
  auto deal = election->items().deals[0];
  deal.shares.resize(65);
  EXPECT_EQ(dkg_deal::decode(deal.encode()).error().code, errc::too_large);
  auto key = election->published();
  key.boards.resize(9, key.boards[0]);
  EXPECT_EQ(election_key::decode(key.encode()).error().code, errc::too_large);
  key.boards.clear();
  EXPECT_EQ(election_key::decode(key.encode()).error().code, errc::out_of_range);
}

// What is signed depends on every byte before the signature, and on none of it.
TEST_F(Commitments, SignedDigestsCoverEverythingButTheSignature) {
  const auto& commit = election->items().commits[0];
  const auto octets = commit.encode();
  for (std::size_t at = 0; at < octets.size(); ++at) {
    auto changed = octets;
    changed[at] ^= std::byte{1};
    const auto other = dkg_commit::decode(changed);
    ASSERT_TRUE(other);
    EXPECT_EQ(other->signed_digest() == commit.signed_digest(), at >= octets.size() - 64) << at;
  }
}

TEST_F(Commitments, OpenedCommitmentsKnowEveryPart) {
  const auto& reveal = election->items().reveals[0];
  const auto e0 = election->context().manifest_hash;
  const auto h = reveal.opened_commitment(e0);
  EXPECT_EQ(h, election->items().commits[0].commitment);
  EXPECT_NE(reveal.opened_commitment(digest32{}), h);
  auto other = reveal;
  other.origin.attempt += 1;
  EXPECT_NE(other.opened_commitment(e0), h);
  other = reveal;
  other.salt[0] ^= std::byte{1};
  EXPECT_NE(other.opened_commitment(e0), h);
  other = reveal;
  std::swap(other.coefficients[0], other.coefficients[1]);
  EXPECT_NE(other.opened_commitment(e0), h);
  other = reveal;
  other.proofs[0].octets[0] ^= std::byte{1};  // no part of the commitment
  EXPECT_EQ(other.opened_commitment(e0), h);
}

}  // namespace
}  // namespace sandoq
