// A statement becomes an item with a quorum of valid signatures; what is signed is what the item's
// own section says. SPEC(85.3)

#include "tools/sandoq/office/statements.hpp"

#include <gtest/gtest.h>

#include "office_fixture.hpp"
#include "sandoq/record/head.hpp"
#include "sandoq/tally/lot.hpp"
#include "sandoq/threshold/opening.hpp"

namespace sandoq::tool {
namespace {

class Statements : public office_fixture {
 protected:
  close_item close() {
    close_item out;
    out.place = {branch_index{4}, device_index{1}};
    out.time = {99};
    out.last_link = {random.octets<32>()};
    out.device_signature = {random.octets<64>()};
    return out;
  }
  void publish(bulletin& board, const statement_signature& signature, const std::string& stem) {
    ASSERT_TRUE(board.publish(stem, signature));
  }
};

TEST_F(Statements, AreTheItemWithoutItsQuorum) {
  const close_item item = close();
  const statement what = state(item_kind::close, item);
  EXPECT_EQ(decode_body<close_item>(what).value(), item);
  EXPECT_EQ(stem_of(what), "close-4-1");
  lot_commit lot{board_index{1}, {random.octets<32>()}, {}};
  EXPECT_EQ(decode_body<lot_commit>(state(item_kind::lot_commit, lot)).value(), lot);
}

// The digests of the items' own code are the other implementation of the table of rules.
TEST_F(Statements, SignWhatTheItemSays) {
  const close_item item = close();
  EXPECT_EQ(message_of(state(item_kind::close, item), hashes)->digest, item.board_digest());
  const lot_commit lot{board_index{1}, {random.octets<32>()}, {}};
  EXPECT_EQ(message_of(state(item_kind::lot_commit, lot), hashes)->digest, lot.signed_digest());
  const lot_beacon beacon{{std::byte{7}}, {}};
  EXPECT_EQ(message_of(state(item_kind::lot_beacon, beacon), hashes)->digest,
            beacon.signed_digest());
  record_head head;
  head.domain = election_domain::real;
  EXPECT_EQ(message_of(state(item_kind::head, head), hashes)->digest, head.signed_digest());
  dkg_absence absence{{1, board_index{0}, trustee_index{2}}, "ill", {}};
  const auto message = message_of(state(item_kind::dkg_absence, absence), hashes);
  EXPECT_EQ(message->digest, absence.signed_digest());
  EXPECT_EQ(message->election, hashes.e0);
  opening_request request;
  request.number = 3;
  const statement asked = state(item_kind::request, request);
  EXPECT_EQ(message_of(asked, hashes)->digest, request.hash());
  EXPECT_EQ(message_of(asked, hashes)->purpose, literal("open"));
  EXPECT_EQ(stem_of(asked), "request-3");
  eligibility_item log;
  EXPECT_EQ(message_of(state(item_kind::eligibility, log), hashes)->digest, log.board_digest());
}

TEST_F(Statements, NeedTheElectionHashUnlessTheyComeBeforeIt) {
  hashes.e1.reset();
  EXPECT_FALSE(message_of(state(item_kind::close, close()), hashes));
  dkg_absence absence;
  EXPECT_TRUE(message_of(state(item_kind::dkg_absence, absence), hashes));
  EXPECT_FALSE(message_of(statement{item_kind::ballot, {}}, hashes));
}

TEST_F(Statements, WaitForAQuorumOfEveryBoard) {
  create();
  bulletin board = read();
  const close_item item = close();
  const statement what = state(item_kind::close, item);
  publish(board, sign(what, 0, 3), "a");
  publish(board, sign(what, 0, 3), "again");
  publish(board, sign(what, 1, 2), "b");
  publish(board, sign(what, 1, 1), "c");
  auto so_far = collect(board, what, hashes, boards);
  ASSERT_TRUE(so_far);
  ASSERT_EQ(so_far->waiting_for.size(), 1U);
  EXPECT_EQ(so_far->waiting_for[0], "1 more of board board-0 (1 of 2 needed)");

  // One that does not hold, one under another statement: neither counts.
  statement_signature bad = sign(what, 0, 1);
  bad.trustee = trustee_index{2};
  publish(board, bad, "d");
  publish(board, sign(state(item_kind::close, close()), 0, 1), "e");
  EXPECT_FALSE(collect(board, what, hashes, boards)->complete());

  publish(board, sign(what, 0, 2), "f");
  publish(board, sign(what, 0, 1), "g");
  so_far = collect(board, what, hashes, boards);
  ASSERT_TRUE(so_far->complete());
  const auto whole = close_item::decode(complete(what, so_far->valid));
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->last_link, item.last_link);
  EXPECT_EQ(whole->signatures.boards[0][0].trustee, 1U);
  EXPECT_EQ(whole->signatures.boards[0].size(), 2U);
  EXPECT_TRUE(verify(boards, message_of(what, hashes).value(), whole->signatures));
}

TEST_F(Statements, CountNobodyWhoIsShutOut) {
  create();
  bulletin board = read();
  const statement what = state(item_kind::close, close());
  for (std::uint32_t b = 0; b < 2; ++b) {
    for (std::uint32_t t = 1; t <= 2; ++t) {
      publish(board, sign(what, b, t), std::to_string(b) + std::to_string(t));
    }
  }
  EXPECT_TRUE(collect(board, what, hashes, boards)->complete());
  boards[1].shut_out = {2};
  EXPECT_FALSE(collect(board, what, hashes, boards)->complete());
}

TEST_F(Statements, OfALotAreSignedByTheirBoardAlone) {
  create();
  bulletin board = read();
  const statement what =
      state(item_kind::lot_commit, lot_commit{board_index{1}, {random.octets<32>()}, {}});
  // What somebody has fixed for it counts if it holds.
  const quorum forged{{{}, {{1, {random.octets<64>()}}, {3, {random.octets<64>()}}}}};
  ASSERT_TRUE(agree(board, what, forged, hashes));
  EXPECT_FALSE(collect(board, what, hashes, boards)->complete());
  publish(board, sign(what, 1, 1), "a");
  publish(board, sign(what, 1, 3), "b");
  const auto so_far = collect(board, what, hashes, boards);
  ASSERT_TRUE(so_far->complete());
  const auto whole = lot_commit::decode(complete(what, so_far->valid));
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->signatures.size(), 2U);
}

}  // namespace
}  // namespace sandoq::tool
