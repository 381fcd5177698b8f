#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "tests/unit/threshold/key_holder_fixture.hpp"

namespace sandoq {
namespace {

using testing::make_request;
using KeyHolder = testing::key_holder_fixture;

TEST_F(KeyHolder, AnswersOnceAndRepeatsItsBytes) {
  const auto answer = ask(request_);
  ASSERT_TRUE(answer) << to_string(answer.error());
  EXPECT_EQ(holder().answered(), 1U);
  const auto again = ask(request_);
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, *answer);
  EXPECT_EQ(holder().answered(), 1U);
}

TEST_F(KeyHolder, RefusesASecondListForTheSameSet) {
  answer_totals();
  // Under the same number.
  auto other = next(140, 0, {node_index(0)});
  other.number = 1;
  other.previous = {};
  sign_blindly(other);
  expect_refused(other, "request 1");
  // As the next request, signed by everybody, also under another name.
  expect_refused(next(140, 0, {node_index(0)}), "request 3/policy");
  expect_refused(next(140, 0, {node_index(1), node_index(2), node_index(3)}), "request 3/policy");
  // Nor the set less one ballot, which would open that ballot.
  expect_refused(next(139, 0, {node_index(0)}), "request 3/ballots");
  EXPECT_TRUE(ask(next(60, 0, {node_index(1)})));
}

TEST_F(KeyHolder, KeepsTheOpeningPolicyByItsOwnLog) {
  answer_totals();
  const auto refused = ask(next(25, 0, {node_index(3)}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().place, "request 3/policy");
  EXPECT_EQ(refused.error().reason,
            "request 3 (node 3: 25 ballots) is too small, below the floor of 50");
  // Everyone but the 25 is the same.
  expect_refused(next(115, 0, {node_index(1), node_index(2)}), "request 3/policy");
  expect_refused(next(70, 2, {node_index(2)}), "request 3/policy");
  ASSERT_TRUE(ask(next(60, 0, {node_index(1)})));
  // What request 3 leaves of the total is 80 ballots; 55 of them would uncover the other 25.
  expect_refused(next(55, 0, {node_index(2)}), "request 4/policy");
  expect_refused(next(85, 0, {node_index(1), node_index(3)}), "request 4/policy");
  ASSERT_TRUE(ask(next(80, 0, {node_index(2), node_index(3)})));
  EXPECT_EQ(holder().answered(), 4U);
  // Approving asks the same.
  auto small = next(25, 0, {node_index(3)});
  EXPECT_EQ(holder().approve(small, {grounds_, small.subject()}, random_).error().place,
            "request 5/policy");
}

TEST_F(KeyHolder, RefusesWhatAnAmendedBranchWouldUncover) {
  answer_totals();
  // A ballot more in branch 1, and the whole tree with it: the closings differ.
  const auto amended = testing::make_grounds({{61, 55, 25}, {0, 0, 0}, {0, 70, 7}}, 50);
  auto request = next(61, 0, {node_index(1)});
  request.closings.octets[3] ^= std::byte{1};
  sign_blindly(request);
  const auto refused = holder().answer(request, {amended, request.subject()}, random_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().place, "request 3/closings");
}

TEST_F(KeyHolder, GoesOnFromAStoredLog) {
  answer_totals();
  ASSERT_TRUE(ask(next(60, 0, {node_index(1)})));
  const opening_log stored = holder().log();
  ASSERT_EQ(stored.answered.size(), 3U);
  EXPECT_EQ(stored.answered[2].nodes, std::vector{node_index(1)});
  key_holder later = with_log(stored);
  const auto crossing = next(85, 0, {node_index(1), node_index(3)});
  EXPECT_EQ(later.answer(crossing, {grounds_, crossing.subject()}, random_).error().place,
            "request 4/policy");
  EXPECT_EQ(later.answer(request_, {grounds_, request_.subject()}, random_), sum_answer(stored, 1));
}

TEST_F(KeyHolder, OpensNothingButWhatItsOwnRecordHolds) {
  const std::vector<std::function<void(opening_subject&)>> changes = {
      [](opening_subject& s) { s.contest = contest_index(9); },
      [](opening_subject& s) { s.places[0].node = node_index(9); },
      [](opening_subject& s) { s.places.push_back(s.places[0]); },
      [](opening_subject& s) { s.places[0].hash.octets[0] ^= std::byte{1}; },
      [](opening_subject& s) { s.ballots = 4; },
      [](opening_subject& s) { std::swap(s.ciphertexts[0], s.ciphertexts[1]); },
      [](opening_subject& s) { s.closings.octets[0] ^= std::byte{1}; },
  };
  for (const auto& change : changes) {
    auto own = request_.subject();
    change(own);
    const auto answer = holder().answer(request_, {grounds_, own}, random_);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().place, "request 1/subject");
    EXPECT_EQ(election_.holder(0, 1).approve(request_, {grounds_, own}, random_).error().place,
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
  // The totals come first, in order.
  key_holder fresh = with_log({});
  other = request_;
  other.previous.octets[0] = std::byte{1};
  sign_blindly(other);
  EXPECT_EQ(answer(fresh, other).error().place, "request 1/previous");
  EXPECT_EQ(answer(fresh, next(77, 2, {node_index(0)})).error().place, "request 1/turn");
  EXPECT_EQ(answer(fresh, next(60, 0, {node_index(1)})).error().place, "request 1/turn");
  // Another request of number 1 was approved by this holder in SetUp.
  expect_refused(next(140, 0, {node_index(0)}), "request 1/number");
  ASSERT_TRUE(ask(request_));
  auto second = next(77, 2, {node_index(0)});
  second.previous = digest32{};
  sign_blindly(second);
  expect_refused(second, "request 2/previous");
  expect_refused(next(60, 0, {node_index(1)}), "request 2/turn");
  ASSERT_TRUE(ask(next(77, 2, {node_index(0)})));
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
  EXPECT_TRUE(ask(request_));
}

TEST_F(KeyHolder, RefusesOtherElectionsAndEmptySets) {
  key_holder fresh = with_log({});
  const auto expect_refused = [&](const opening_request& request, std::string_view place) {
    const auto refused = answer(fresh, request);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().place.find(place), std::string::npos) << to_string(refused.error());
  };
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
  other.ballots = 141;
  sign_blindly(other);
  expect_refused(other, "request 1/ballots");
  other = request_;
  other.contest = contest_index(1);  // without ballots
  sign_blindly(other);
  expect_refused(other, "request 1/places");
  other = request_;
  other.places.clear();
  sign_blindly(other);
  expect_refused(other, "request 1/places");
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
  auto other = make_request(election_, counts, 140);
  const auto approval = holder().approve(other, {grounds_, other.subject()}, random_);
  ASSERT_FALSE(approval);
  EXPECT_NE(approval.error().place.find("number"), std::string::npos);
  EXPECT_TRUE(holder().approve(request_, {grounds_, request_.subject()}, random_));
  ASSERT_TRUE(ask(request_));
  EXPECT_TRUE(holder().approve(request_, {grounds_, request_.subject()}, random_));
  EXPECT_FALSE(holder().approve(other, {grounds_, other.subject()}, random_));
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
