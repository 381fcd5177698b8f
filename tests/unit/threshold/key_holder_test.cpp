#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <vector>

#include "sandoq/threshold/combine.hpp"
#include "tests/support/ceremony_fixture.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using testing::ceremony_fixture;
using testing::collect_quorum;
using testing::make_request;

constexpr std::uint64_t counts[] = {3, 2};

class KeyHolder : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(election_.run());
    request_ = make_request(election_, counts, 5);
    ASSERT_TRUE(collect_quorum(election_, request_));
  }
  key_holder& holder() { return election_.holder(1, 2); }

  void expect_refused(const opening_request& request, std::string_view place) {
    const auto answer = holder().answer(request, request.subject(), random_);
    ASSERT_FALSE(answer);
    EXPECT_NE(answer.error().place.find(place), std::string::npos) << to_string(answer.error());
  }
  // Signed by everyone but the holder, whatever it says.
  void sign_blindly(opening_request& request) {
    request.signatures = {};
    std::size_t p = 0;
    for (const auto& size : election_.sizes()) {
      auto& signatures = request.signatures.boards.emplace_back();
      for (std::uint32_t j = 1; j <= size.trustees; ++j, ++p) {
        const signed_message message{"open", election_.plan().context.domain,
                                     election_.published().election_hash, request.hash()};
        signatures.push_back({j, sign(election_.identity(p).signing, message, random_).value()});
      }
    }
  }

  testing::deterministic_random random_{testing::test_seed()};
  ceremony_fixture election_{{{1, 1}, {2, 2}}, random_};
  opening_request request_;
};

TEST_F(KeyHolder, AnswersOnceAndRepeatsItsBytes) {
  const auto answer = holder().answer(request_, request_.subject(), random_);
  ASSERT_TRUE(answer) << to_string(answer.error());
  EXPECT_EQ(holder().answered(), 1U);
  const auto again = holder().answer(request_, request_.subject(), random_);
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, *answer);
  EXPECT_EQ(holder().answered(), 1U);
}

TEST_F(KeyHolder, RefusesASecondListForTheSameSet) {
  ASSERT_TRUE(holder().answer(request_, request_.subject(), random_));
  // Under the same number.
  auto other = make_request(election_, counts, 5);
  other.number = 1;
  sign_blindly(other);
  expect_refused(other, "request 1");
  // As the next request, signed by everybody.
  other.number = 2;
  other.previous = request_.hash();
  sign_blindly(other);
  expect_refused(other, "request 2/contest");
  // Nor the set less one ballot, which would open that ballot.
  other.hi = 4;
  other.ballots = 4;
  sign_blindly(other);
  expect_refused(other, "request 2/contest");
  other.contest = contest_index(1);
  sign_blindly(other);
  EXPECT_TRUE(holder().answer(other, other.subject(), random_));
}

TEST_F(KeyHolder, OpensNothingButWhatItsOwnRecordHolds) {
  const std::vector<std::function<void(opening_subject&)>> changes = {
      [](opening_subject& s) { s.contest = contest_index(9); },
      [](opening_subject& s) { s.node = node_index(9); },
      [](opening_subject& s) { s.lo = 1; },
      [](opening_subject& s) { s.hi = 6; },
      [](opening_subject& s) { s.node_hash.octets[0] ^= std::byte{1}; },
      [](opening_subject& s) { s.ballots = 4; },
      [](opening_subject& s) { std::swap(s.ciphertexts[0], s.ciphertexts[1]); },
      [](opening_subject& s) { s.closings.octets[0] ^= std::byte{1}; },
  };
  for (const auto& change : changes) {
    auto own = request_.subject();
    change(own);
    const auto answer = holder().answer(request_, own, random_);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().place, "request 1/subject");
    EXPECT_EQ(election_.holder(0, 1).approve(request_, own, random_).error().place,
              "request 1/subject");
  }
  EXPECT_EQ(holder().answered(), 0U);
}

TEST_F(KeyHolder, KeepsTheChainOfRequests) {
  auto other = request_;
  other.number = 2;
  sign_blindly(other);
  expect_refused(other, "request 2/number");
  other.number = 0;
  sign_blindly(other);
  expect_refused(other, "request 0/number");
  other = request_;
  other.previous.octets[0] = std::byte{1};
  sign_blindly(other);
  expect_refused(other, "request 1/previous");

  auto first = make_request(election_, counts, 5, 3);
  sign_blindly(first);
  // Another request of number 1 was approved by this holder in SetUp.
  expect_refused(first, "request 1/number");
  ASSERT_TRUE(holder().answer(request_, request_.subject(), random_));
  auto second = make_request(election_, counts, 5, 3);
  second.number = 2;
  second.previous = digest32{};
  sign_blindly(second);
  expect_refused(second, "request 2/previous");
  second.previous = request_.hash();
  sign_blindly(second);
  ASSERT_TRUE(holder().answer(second, second.subject(), random_));
  auto third = make_request(election_, counts, 5, 2);
  third.number = 3;
  third.previous = second.hash();
  sign_blindly(third);
  expect_refused(third, "request 3/contest");
}

TEST_F(KeyHolder, ReadsTheQuorumItself) {
  auto other = request_;
  other.signatures.boards[1].pop_back();  // one too few
  expect_refused(other, "quorum");
  other = request_;
  other.signatures.boards[1][1] = other.signatures.boards[1][0];  // one twice
  expect_refused(other, "quorum");
  other = request_;
  other.signatures.boards.pop_back();  // one board alone
  expect_refused(other, "quorum");
  other = request_;
  other.signatures.boards[0][0].signature.octets[60] ^= std::byte{1};
  expect_refused(other, "quorum");
  EXPECT_EQ(holder().answered(), 0U);
  EXPECT_TRUE(holder().answer(request_, request_.subject(), random_));
}

TEST_F(KeyHolder, RefusesOtherElectionsAndEmptySets) {
  auto other = request_;
  other.election_hash.octets[0] ^= std::byte{1};
  sign_blindly(other);
  expect_refused(other, "request 1/e1");
  other = request_;
  other.domain = election_domain::real;
  sign_blindly(other);
  expect_refused(other, "request 1/e1");
  other = request_;
  other.ballots = 0;
  sign_blindly(other);
  expect_refused(other, "request 1/ballots");
  other = request_;
  other.hi = other.lo;
  sign_blindly(other);
  expect_refused(other, "request 1/ballots");
  other = request_;
  other.ballots = 6;  // of 5
  sign_blindly(other);
  expect_refused(other, "request 1/ballots");
  other = request_;
  other.ciphertexts.clear();
  sign_blindly(other);
  expect_refused(other, "request 1/ciphertexts");
  other = request_;
  other.ciphertexts[0].alpha.octets.fill(std::byte{0xFF});
  sign_blindly(other);
  expect_refused(other, "request 1");
}

TEST_F(KeyHolder, ApprovesOneListOnly) {
  // request_ was approved in SetUp.
  auto other = make_request(election_, counts, 5);
  const auto approval = holder().approve(other, other.subject(), random_);
  ASSERT_FALSE(approval);
  EXPECT_NE(approval.error().place.find("number"), std::string::npos);
  EXPECT_TRUE(holder().approve(request_, request_.subject(), random_));
  ASSERT_TRUE(holder().answer(request_, request_.subject(), random_));
  EXPECT_TRUE(holder().approve(request_, request_.subject(), random_));  // also afterwards
  EXPECT_FALSE(holder().approve(other, other.subject(), random_));
}

TEST_F(KeyHolder, SignsForItsBoard) {
  const digest32 digest{random_.octets<32>()};
  const auto signature = holder().sign("close", digest, random_);
  ASSERT_TRUE(signature);
  const auto keys = election_.keys();
  const signed_message message{"close", election_domain::drill, election_.published().election_hash,
                               digest};
  EXPECT_TRUE(verify(keys[1].signing_keys[1], message, *signature));
  EXPECT_FALSE(verify(keys[1].signing_keys[0], message, *signature));
  EXPECT_DEATH((void)holder().sign("open", digest, random_), "approve");
}

}  // namespace
}  // namespace sandoq
