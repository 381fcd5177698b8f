#include "sandoq/threshold/partial_decryption.hpp"

#include <gtest/gtest.h>

#include "sandoq/threshold/partial_decryption_secret.hpp"
#include "sandoq/transcript/weights.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using ops = secret_ops<group>;

// One trustee with a share of its own making: the ceremony has its own tests.
class PartialDecryption : public ::testing::Test {
 protected:
  PartialDecryption() {
    request_.election_hash = digest32{random_.octets<32>()};
    request_.number = 4;
    for (int i = 0; i < 5; ++i) {
      request_.ciphertexts.push_back(encode(ciphertext<group>{random_element(), random_element()}));
    }
    decide();
  }

  void decide() {
    decoded_ = decode_elements(request_).value();
    answer_ = prove_partial_decryption(decoded_, share_, signing_, random_).value();
  }

  group::element random_element() { return group::from_uniform_bytes(random_.octets<64>()); }
  [[nodiscard]] answering_trustee trustee() const {
    return {{signing_.public_key(), not_shared}, share_.share_key};
  }
  void sign_again(partial_decryption& answer) {
    answer.signature = sign(signing_,
                            signed_message{"partial", decoded_.domain, decoded_.election_hash,
                                           answer.signed_digest(decoded_.hash)},
                            random_)
                           .value();
  }
  void expect_rejected(partial_decryption answer, std::string_view reason) {
    sign_again(answer);
    const auto verdict = verify(decoded_, trustee(), answer);
    EXPECT_FALSE(verdict);
    EXPECT_NE(verdict.reason().find(reason), std::string::npos) << verdict.reason();
  }

  testing::deterministic_random random_{testing::test_seed()};
  signing_key<group> signing_ = signing_key<group>::generate(random_);
  group::scalar plain_share_ = group::scalar_from_wide(random_.octets<64>());
  decryption_share share_{board_index(1), trustee_index(3),
                          encoded_element<group>(group::mul_base_vartime(plain_share_)),
                          secret_scalar<group>(plain_share_)};
  opening_request request_;
  decoded_request decoded_;
  partial_decryption answer_;
};

TEST_F(PartialDecryption, IsTheMultipleOfEveryAlphaAndVerifies) {
  const auto verdict = verify(decoded_, trustee(), answer_);
  EXPECT_TRUE(verdict) << verdict.reason();
  for (std::size_t i = 0; i < 5; ++i) {
    const auto alpha = group::decode(request_.ciphertexts[i].alpha.view()).value();
    EXPECT_EQ(answer_.factors[i].octets, group::encode(group::mul_vartime(plain_share_, alpha)));
  }
}

TEST_F(PartialDecryption, IsBoundToRequestPlaceAndKeys) {
  auto other_request = decoded_;
  other_request.hash.octets[0] ^= std::byte{1};
  EXPECT_FALSE(verify(other_request, trustee(), answer_));
  auto other = answer_;
  other.number = 5;
  expect_rejected(other, "answers request 5");
  other = answer_;
  other.board = board_index(0);
  expect_rejected(other, "equal logarithms");
  other = answer_;
  other.trustee = trustee_index(1);
  expect_rejected(other, "equal logarithms");
  auto impostor = trustee();
  impostor.share_key = encoded_element<group>(random_element());
  EXPECT_FALSE(verify(decoded_, impostor, answer_));
  impostor = trustee();
  impostor.signing_key.element = encoded_element<group>(random_element());
  const auto verdict = verify(decoded_, impostor, answer_);
  EXPECT_FALSE(verdict);
  EXPECT_EQ(verdict.reason(), "the signature does not hold");
}

TEST_F(PartialDecryption, RejectsChangedFactorsAndNumbersOfThem) {
  for (std::size_t i = 0; i < 5; ++i) {
    auto other = answer_;
    other.factors[i] = {group::encode(random_element())};
    expect_rejected(other, "equal logarithms");
  }
  auto other = answer_;
  std::swap(other.factors[1], other.factors[2]);
  expect_rejected(other, "equal logarithms");
  other = answer_;
  other.factors.pop_back();
  expect_rejected(other, "4 factors for 5");
  other = answer_;
  other.factors.push_back(other.factors[0]);
  expect_rejected(other, "6 factors for 5");
  other = answer_;
  other.factors[3].octets.fill(std::byte{0xFF});
  expect_rejected(other, "element 3");
  other = answer_;
  other.factors[3] = {};
  expect_rejected(other, "factor 3 must be the identity exactly where");
}

TEST_F(PartialDecryption, RejectsEveryChangedByteOfProofAndSignature) {
  for (std::size_t at = 0; at < 96; ++at) {
    auto other = answer_;
    other.proof.octets[at] ^= std::byte{1};
    sign_again(other);
    EXPECT_FALSE(verify(decoded_, trustee(), other)) << at;
  }
  for (std::size_t at = 0; at < 64; ++at) {
    auto other = answer_;
    other.signature.octets[at] ^= std::byte{1};
    EXPECT_FALSE(verify(decoded_, trustee(), other)) << at;
  }
}

// Errors that cancel under weights that were known before the factors are fixed: the attack that
// the order of absorption forbids.
TEST_F(PartialDecryption, RejectsTwoErrorsThatCancelUnderOldWeights) {
  const auto honest =
      encoded_elements<group>::decode(std::as_bytes(std::span(answer_.factors))).value();
  // What a prover would know if the weights did not depend on the factors.
  sequential_executor here;
  const auto statement = make_partial_statement(decoded_, share_.board, share_.trustee,
                                                share_.share_key, honest, here);
  transcript tr("sandoq-1/partial");
  tr.absorb_bytes("request", decoded_.hash.view());
  tr.absorb_integer("board", 1);
  tr.absorb_integer("trustee", 3);
  tr.absorb_element<group>("share key", share_.share_key);
  tr.absorb_encoded_elements<group>("alphas", decoded_.alphas.octets());
  tr.absorb_encoded_elements<group>("factors", honest.octets());
  const weights drawn(tr.fork("weights"));
  const auto shift = random_element();
  std::vector<group::element> changed(honest.elements().begin(), honest.elements().end());
  changed[0] += group::mul_vartime(drawn.at<group>(1), shift);
  changed[1] -= group::mul_vartime(drawn.at<group>(0), shift);

  std::vector<group::scalar> scalars;
  for (std::uint32_t i = 0; i < 5; ++i) {
    scalars.push_back(drawn.at<group>(i));
  }
  // Under those weights the altered list is as good as the true one ...
  ASSERT_EQ(share_.share_key.element() + group::msm_vartime(scalars, changed),
            statement.factor_sum.element());
  auto other = answer_;
  for (std::size_t i = 0; i < 5; ++i) {
    other.factors[i] = {group::encode(changed[i])};
  }
  // ... but the weights of the altered list are others.
  expect_rejected(other, "equal logarithms");
}

TEST_F(PartialDecryption, IdentityStandsForIdentityOnly) {
  request_.ciphertexts[2].alpha = {};
  decide();
  EXPECT_EQ(answer_.factors[2], wire_element{});
  EXPECT_TRUE(verify(decoded_, trustee(), answer_));
  auto other = answer_;
  other.factors[2] = {group::encode(random_element())};
  expect_rejected(other, "factor 2 must be the identity");
}

// The device of a contest's only ballots could choose its nonces so that they cancel; the total
// must stay openable.
TEST_F(PartialDecryption, OpensATotalWhoseAlphasAreAllTheIdentity) {
  for (auto& c : request_.ciphertexts) {
    c.alpha = {};
  }
  decide();
  for (const wire_element& factor : answer_.factors) {
    EXPECT_EQ(factor, wire_element{});
  }
  EXPECT_TRUE(verify(decoded_, trustee(), answer_));
  auto other = answer_;
  other.factors[0] = {group::encode(random_element())};
  EXPECT_FALSE(verify(decoded_, trustee(), other));
}

TEST_F(PartialDecryption, AWrongShareProvesNothing) {
  decryption_share wrong{share_.board, share_.trustee, share_.share_key,
                         secret_scalar<group>(plain_share_ + group::scalar_from_u64(1))};
  const auto answer = prove_partial_decryption(decoded_, wrong, signing_, random_);
  ASSERT_TRUE(answer);
  EXPECT_FALSE(verify(decoded_, trustee(), *answer));
}

TEST_F(PartialDecryption, NamesTheCiphertextThatIsNone) {
  request_.ciphertexts[3].beta.octets.fill(std::byte{0xFE});
  const auto decoded = decode_elements(request_);
  ASSERT_FALSE(decoded);
  EXPECT_NE(decoded.error().place.find("ciphertext 3/beta"), std::string::npos)
      << decoded.error().place;
}

}  // namespace
}  // namespace sandoq
