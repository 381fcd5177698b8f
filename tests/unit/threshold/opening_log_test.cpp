#include "sandoq/threshold/opening_log.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "sandoq/core/canonical.hpp"
#include "tests/support/rational_span.hpp"
#include "tests/unit/threshold/key_holder_fixture.hpp"

namespace sandoq {
namespace {

using testing::branch_bits;
using OpeningLog = testing::key_holder_fixture;

std::vector<node_index> nodes(std::initializer_list<std::uint32_t> indices) {
  return {indices.begin(), indices.end()};
}

std::string text_of(const error& e) {
  return e.place + ": " + e.reason;
}

TEST_F(OpeningLog, TakesAChainOfApprovalsInOneVisitAndAnswersThemLater) {
  key_holder first = with_log({});
  std::vector<opening_request> chain;
  const auto approve_next = [&](std::uint64_t ballots, std::uint32_t contest,
                                std::vector<node_index> places) {
    chain.push_back(chained(first, ballots, contest, std::move(places)));
    const auto approval = approve(first, chain.back());
    ASSERT_TRUE(approval) << to_string(approval.error());
  };
  approve_next(140, 0, nodes({0}));
  approve_next(77, 2, nodes({0}));
  approve_next(60, 0, nodes({1}));
  approve_next(80, 0, nodes({2, 3}));
  EXPECT_EQ(first.answered(), 0U);
  EXPECT_EQ(first.logged(), 4U);
  EXPECT_EQ(first.log().approved[2],
            (logged_request{chain[2].hash(), contest_index(0), nodes({1}), request_.closings}));

  // The program ends and comes back before every answer.
  opening_log stored = first.log();
  for (std::size_t i = 0; i < chain.size(); ++i) {
    key_holder later = with_log(opening_log::decode(stored.encode()).value());
    for (std::size_t ahead = i + 1; ahead < chain.size(); ++ahead) {
      const auto refused = answer(later, chain[ahead]);
      ASSERT_FALSE(refused);
      EXPECT_EQ(text_of(refused.error()), "request " + std::to_string(ahead + 1) +
                                              "/number: the next request to answer is number " +
                                              std::to_string(i + 1));
    }
    const auto given = answer(later, chain[i]);
    ASSERT_TRUE(given) << to_string(given.error());
    EXPECT_EQ(given->number, i + 1);
    EXPECT_EQ(answer(later, chain[i]), *given);
    EXPECT_EQ(later.answered(), i + 1);
    EXPECT_EQ(later.logged(), 4U);
    stored = later.log();
  }
  EXPECT_TRUE(stored.approved.empty());
  // Nothing is lost in storing: what was answered is signed and answered again.
  key_holder last = with_log(stored);
  EXPECT_TRUE(approve(last, chain[1]));
  EXPECT_EQ(answer(last, chain[1]), sum_answer(stored, 2));
}

TEST_F(OpeningLog, RefusesWhatDoesNotFollowTheChain) {
  key_holder by = with_log({});
  const auto one = chained(by, 140, 0, nodes({0}));
  ASSERT_TRUE(approve(by, one));
  const auto two = chained(by, 77, 2, nodes({0}));
  ASSERT_TRUE(approve(by, two));
  const opening_log before = by.log();
  const auto refusal = [&](const opening_request& request) {
    const auto refused = approve(by, request);
    EXPECT_FALSE(refused);
    EXPECT_EQ(by.log(), before);
    return refused ? std::string() : text_of(refused.error());
  };
  const auto three = chained(by, 60, 0, nodes({1}));
  auto other = three;
  other.number = 4;
  EXPECT_EQ(refusal(other), "request 4/number: the next request to approve is number 3");
  other.number = 0;
  EXPECT_EQ(refusal(other), "request 0/number: the next request to approve is number 3");
  other = three;
  other.previous = one.hash();
  EXPECT_EQ(refusal(other),
            "request 3/previous: is not request 2, which was approved or answered here");
  other = three;
  other.closings.octets[0] ^= std::byte{1};
  EXPECT_EQ(refusal(other),
            "request 3/closings: the journals are not those of the requests before: what was "
            "counted has changed, and its difference would be opened");
  EXPECT_EQ(refusal(following(1, one.hash(), 77, 2, nodes({0}))),
            "request 2/number: another request was approved under this number; its list stands");
  EXPECT_TRUE(approve(by, two));  // the same once more
  EXPECT_EQ(by.log(), before);

  // Another request under an approved number is not answered either, whoever has signed it.
  const auto instead = answer(by, following(0, digest32{}, 140, 0, nodes({0})));
  ASSERT_FALSE(instead);
  EXPECT_EQ(text_of(instead.error()),
            "request 1/number: another request was approved under this number; its list stands");
  ASSERT_TRUE(answer(by, one));
  EXPECT_EQ(text_of(answer(by, following(0, digest32{}, 140, 0, nodes({0}))).error()),
            "request 1/number: another request was answered under this number; its list stands");
  EXPECT_EQ(text_of(answer(by, following(1, one.hash(), 77, 2, nodes({0}))).error()),
            "request 2/number: another request was approved under this number; its list stands");
}

TEST_F(OpeningLog, CountsApprovedSetsLikeOpenedOnes) {
  key_holder by = with_log({});
  EXPECT_EQ(approve(by, chained(by, 60, 0, nodes({1}))).error().place, "request 1/turn");
  const auto first = chained(by, 140, 0, nodes({0}));
  ASSERT_TRUE(approve(by, first));
  ASSERT_TRUE(answer(by, first));
  EXPECT_EQ(approve(by, chained(by, 60, 0, nodes({1}))).error().place, "request 2/turn");
  ASSERT_TRUE(approve(by, chained(by, 77, 2, nodes({0}))));
  const auto third = chained(by, 60, 0, nodes({1}));
  ASSERT_TRUE(approve(by, third));
  const auto refused = approve(by, chained(by, 85, 0, nodes({1, 3})));
  ASSERT_FALSE(refused);
  EXPECT_EQ(text_of(refused.error()),
            "request 4/policy: request 4 (nodes 1, 3: 85 ballots) without request 3 (node 1: 60 "
            "ballots) leaves 25 ballots, below the floor of 50");
  ASSERT_TRUE(approve(by, chained(by, 80, 0, nodes({2, 3}))));
  const auto crossing = approve(by, chained(by, 115, 0, nodes({1, 2})));
  ASSERT_FALSE(crossing);
  EXPECT_EQ(text_of(crossing.error()),
            "request 5/policy: request 5 (nodes 1, 2: 115 ballots) and request 4 (nodes 2, 3: 80 "
            "ballots) share 55 ballots, and neither contains the other");
}

// Whatever is approved and answered in whatever order, nothing in the rational span of all of it
// has fewer ballots than the floor; and nothing is refused that would keep to that.
TEST_F(OpeningLog, KeepsThePolicyOverApprovedAndAnsweredSets) {
  std::size_t approved = 0;
  std::size_t refused = 0;
  for (int round = 0; round < 12; ++round) {
    std::vector<std::uint64_t> ballots;
    for (std::size_t b = 0; b < 5; ++b) {
      ballots.push_back(1 + random_.below(12));
    }
    const auto floor = static_cast<std::uint32_t>(1 + random_.below(14));
    grounds_ = testing::make_grounds({ballots}, floor);
    key_holder by = with_log({});
    std::vector<opening_request> open;  // approved, not answered
    std::vector<branch_bits> sets = {31};
    open.push_back(chained(by, testing::size_of(31, ballots), 0, nodes({0})));
    ASSERT_TRUE(approve(by, open.front()));
    for (int step = 0; step < 12; ++step) {
      if (!open.empty() && random_.below(3) == 0) {
        ASSERT_TRUE(answer(by, open.front()));
        open.erase(open.begin());
        by = with_log(opening_log::decode(by.log().encode()).value());
        continue;
      }
      const auto wanted = static_cast<branch_bits>(1 + random_.below(31));
      const auto request =
          chained(by, testing::size_of(wanted, ballots), 0, testing::nodes_of(wanted));
      std::vector<branch_bits> with = sets;
      with.push_back(wanted);
      if (approve(by, request)) {
        ++approved;
        EXPECT_GE(testing::fewest_in_span(with, ballots), floor);
        sets = std::move(with);
        open.push_back(request);
        continue;
      }
      ++refused;
      const bool laminar = std::ranges::all_of(sets, [wanted](branch_bits set) {
        const branch_bits both = set & wanted;
        return set != wanted && (both == 0 || both == set || both == wanted);
      });
      EXPECT_TRUE(!laminar || testing::fewest_in_span(with, ballots) < floor);
    }
    EXPECT_EQ(by.logged(), sets.size());
  }
  EXPECT_GT(approved, 12U);
  EXPECT_GT(refused, 12U);
}

TEST_F(OpeningLog, ComesBackOnlyToItsOwnTrusteeAndElection) {
  const auto& context = holder().context();
  const auto refusal = [&](const opening_context& election, std::size_t signer,
                           holder_memory memory, opening_log log) {
    const auto refused = key_holder::resume(election, election_.boards(), std::move(memory),
                                            election_.identity(signer).signing, std::move(log));
    EXPECT_FALSE(refused);
    return refused ? std::string() : text_of(refused.error());
  };
  opening_context elsewhere = context;
  elsewhere.election_hash.octets[0] ^= std::byte{1};
  EXPECT_EQ(refusal(elsewhere, 2, holder().memory(), {}),
            "election_key: the memory is of another election");
  EXPECT_EQ(refusal(context, 1, holder().memory(), {}),
            "board 1/trustee 2/signing key: is not the one in the roster");
  holder_memory memory = holder().memory();
  memory.share.trustee = trustee_index(1);
  EXPECT_EQ(refusal(context, 1, std::move(memory), {}),
            "board 1/trustee 1/share: does not fit the published share key");
  memory = election_.holder(1, 1).memory();
  memory.share.trustee = trustee_index(2);
  memory.share.share_key = holder().memory().share.share_key;
  EXPECT_EQ(refusal(context, 2, std::move(memory), {}),
            "board 1/trustee 2/share: does not fit the published share key");
  memory = holder().memory();
  memory.share.trustee = trustee_index(3);
  EXPECT_EQ(refusal(context, 2, std::move(memory), {}),
            "board 1/trustee 3: has no share of this key");
  memory = holder().memory();
  memory.published.boards[1].share_keys.pop_back();
  EXPECT_EQ(refusal(context, 2, std::move(memory), {}),
            "boards: are not those that the keys were published for");
  memory = holder().memory();
  memory.published.joint_key.octets.fill(std::byte{0xFF});
  EXPECT_EQ(refusal(context, 2, std::move(memory), {}).substr(0, 12), "election_key");
  ASSERT_TRUE(answer(election_.holder(1, 1), request_));
  EXPECT_EQ(refusal(context, 2, holder().memory(), election_.holder(1, 1).log()),
            "log/answered 0: is not this trustee's answer to request 1");
}

TEST_F(OpeningLog, IsStoredInOneForm) {
  key_holder by = with_log({});
  const auto first = chained(by, 140, 0, nodes({0}));
  ASSERT_TRUE(answer(by, first));
  ASSERT_TRUE(approve(by, chained(by, 77, 2, nodes({0}))));
  ASSERT_TRUE(approve(by, chained(by, 80, 0, nodes({2, 3}))));
  const bytes stored = by.log().encode();
  EXPECT_EQ(opening_log::decode(stored).value(), by.log());
  EXPECT_EQ(opening_log::decode(opening_log{}.encode()).value(), opening_log{});

  // Written by hand, field after field.
  byte_writer hand;
  const auto request = [&hand](const logged_request& r) {
    hand.fixed(r.hash.view());
    hand.u32(r.contest.value());
    hand.u32(r.group);
    hand.count(r.nodes.size());
    for (const node_index node : r.nodes) {
      hand.u32(node.value());
    }
    hand.fixed(r.closings.view());
  };
  hand.u32(2);
  hand.count(1);
  request(by.log().answered[0]);
  hand.var(sum_answer(by.log(), 1).encode());
  hand.count(2);
  request(by.log().approved[0]);
  request(by.log().approved[1]);
  EXPECT_EQ(std::move(hand).take(), stored);

  for (std::size_t size = 0; size < stored.size(); ++size) {
    EXPECT_FALSE(opening_log::decode(byte_view(stored).first(size))) << size;
  }
  bytes longer = stored;
  longer.push_back(std::byte{0});
  EXPECT_EQ(opening_log::decode(longer).error().code, errc::trailing_bytes);
}

TEST_F(OpeningLog, SaysWhatIsWrongWithWhatWasStored) {
  key_holder by = with_log({});
  ASSERT_TRUE(answer(by, chained(by, 140, 0, nodes({0}))));
  ASSERT_TRUE(approve(by, chained(by, 77, 2, nodes({0}))));
  opening_log log = by.log();
  log.answered.push_back(log.answered[0]);
  const auto twice = opening_log::decode(log.encode());
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().place.substr(0, 30), "opening log/answered 1/answer ");
  EXPECT_EQ(twice.error().reason, "answers request 1, not request 2");
  log = by.log();
  log.approved[0].nodes.clear();
  const auto empty = opening_log::decode(log.encode());
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().place.substr(0, 29), "opening log/approved 0/nodes ");
  EXPECT_EQ(empty.error().code, errc::missing);
  log.approved[0].nodes.assign(max_request_places + 1, node_index(1));
  EXPECT_EQ(opening_log::decode(log.encode()).error().code, errc::too_large);
  byte_writer many;
  many.u32(2);
  many.count(opening_log::max_requests + 1);
  EXPECT_EQ(opening_log::decode(many.view()).error().code, errc::too_large);
  byte_writer promised;
  promised.u32(2);
  promised.count(opening_log::max_requests);
  EXPECT_EQ(opening_log::decode(promised.view()).error().code, errc::truncated);
  // As it was stored before there were lists: it began with a count.
  byte_writer earlier;
  earlier.count(0);
  earlier.count(0);
  const auto form = opening_log::decode(earlier.view());
  ASSERT_FALSE(form);
  EXPECT_EQ(form.error().reason,
            "is 0, and this program reads form 2; logs of earlier versions go with the version "
            "that wrote them");
}

}  // namespace
}  // namespace sandoq
