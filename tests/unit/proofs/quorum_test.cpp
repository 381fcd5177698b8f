#include "sandoq/proofs/quorum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "sandoq/proofs/signature_prove.hpp"
#include "tests/support/recording_sink.hpp"
#include "tests/unit/proofs/proof_fixture.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::proof_fixture;

/// Boards of 3 (threshold 2) and 4 (threshold 3).
class quorum_rules : public ::testing::Test {
 protected:
  quorum_rules() {
    for (const std::uint32_t trustees : {3U, 4U}) {
      board_keys board{trustees - 1, {}};
      auto& secret_keys = keys.emplace_back();
      for (std::uint32_t i = 0; i < trustees; ++i) {
        secret_keys.push_back(signing_key<G>::generate(values.random));
        board.signing_keys.push_back({secret_keys.back().public_key()});
      }
      boards.push_back(std::move(board));
    }
    message = {
        "open", election_domain::real, {values.random.octets<32>()}, {values.random.octets<32>()}};
    good.boards = {{entry(0, 1), entry(0, 3)}, {entry(1, 2), entry(1, 3), entry(1, 4)}};
  }
  quorum_signature entry(std::size_t board, std::uint32_t trustee) {
    return {trustee, sign(keys[board][trustee - 1], message, values.random).value()};
  }
  void expect_rejected(const quorum& q, const std::string& words) {
    const auto outcome = verify(boards, message, q);
    EXPECT_FALSE(outcome);
    EXPECT_NE(outcome.reason().find(words), std::string::npos) << outcome.reason();
  }

  proof_fixture<G> values;
  std::vector<std::vector<signing_key<G>>> keys;
  std::vector<board_keys> boards;
  signed_message message{"open", election_domain::real, {}, {}};
  quorum good;
};

TEST_F(quorum_rules, any_threshold_of_trustees) {
  EXPECT_TRUE(verify(boards, message, good));
  quorum others = good;
  others.boards[0] = {entry(0, 2), entry(0, 3)};
  others.boards[1] = {entry(1, 1), entry(1, 2), entry(1, 4)};
  EXPECT_TRUE(verify(boards, message, others));
}

TEST_F(quorum_rules, too_few) {
  quorum q = good;
  q.boards[1].pop_back();
  expect_rejected(q, "board 1: 2 trustees signed, exactly 3 must");
}

/// A signature more than needed could be taken away without a trace.
TEST_F(quorum_rules, too_many) {
  quorum q = good;
  q.boards[0] = {entry(0, 1), entry(0, 2), entry(0, 3)};
  expect_rejected(q, "board 0: 3 trustees signed, exactly 2 must");
}

TEST_F(quorum_rules, one_board_does_not_stand_in_for_another) {
  quorum q = good;
  q.boards.pop_back();
  expect_rejected(q, "1 boards signed, 2 must");
  q.boards.push_back(good.boards[0]);
  expect_rejected(q, "board 1: 2 trustees");
  q = good;
  std::swap(q.boards[0], q.boards[1]);
  expect_rejected(q, "board 0");
}

TEST_F(quorum_rules, nobody_who_is_shut_out_counts) {
  boards[0].shut_out = {2};
  EXPECT_TRUE(verify(boards, message, good));
  boards[0].shut_out = {1, 2};
  expect_rejected(good, "board 0/trustee 1: was shut out");
  boards[0].shut_out = {3};
  expect_rejected(good, "board 0/trustee 3: was shut out");
  boards[0].shut_out.clear();
  boards[1].shut_out = {1, 3};
  expect_rejected(good, "board 1/trustee 3: was shut out");
}

TEST_F(quorum_rules, nobody_counts_twice) {
  quorum q = good;
  q.boards[0] = {entry(0, 1), entry(0, 1)};
  expect_rejected(q, "ascending");
  std::swap(good.boards[1][0], good.boards[1][1]);
  expect_rejected(good, "ascending");
}

TEST_F(quorum_rules, trustee_numbers_are_of_the_board) {
  quorum q = good;
  q.boards[0][1].trustee = 4;
  expect_rejected(q, "trustee 4: the board has 3");
  q = good;
  q.boards[0][0].trustee = 0;
  expect_rejected(q, "trustee 0");
}

TEST_F(quorum_rules, every_signature_counts) {
  for (std::size_t b = 0; b < good.boards.size(); ++b) {
    for (std::size_t i = 0; i < good.boards[b].size(); ++i) {
      const std::string place =
          "board " + std::to_string(b) + "/trustee " + std::to_string(good.boards[b][i].trustee);
      quorum q = good;
      q.boards[b][i].signature.octets[40] ^= std::byte{1};
      expect_rejected(q, place);
      q.boards[b][i].signature = good.boards[1 - b][0].signature;
      expect_rejected(q, place);
    }
  }
}

/// The same by emission: one equation a signature, in order.
TEST_F(quorum_rules, emits_one_equation_a_signature) {
  const shared_bases<G> bases;
  testing::recording_sink<G> sink(bases);
  ASSERT_TRUE(emit(sink, boards, message, good));
  EXPECT_EQ(sink.equations(), 5U);
  EXPECT_TRUE(sink.failures().empty());
  std::swap(good.boards[1][1].signature, good.boards[1][2].signature);
  testing::recording_sink<G> wrong(bases);
  ASSERT_TRUE(emit(wrong, boards, message, good));
  EXPECT_EQ(wrong.failures(), (std::vector<std::size_t>{3, 4}));
}

TEST_F(quorum_rules, goes_to_bytes_and_back) {
  const bytes whole = good.encode();
  EXPECT_EQ(whole.size(), 4 + (4 + 2 * 68) + (4 + 3 * 68));
  EXPECT_EQ(quorum::decode(whole).value(), good);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    ASSERT_FALSE(quorum::decode(byte_view(whole).first(size))) << size;
  }
  bytes longer = whole;
  longer.push_back(std::byte{0});
  EXPECT_EQ(quorum::decode(longer).error().code, errc::trailing_bytes);
  // What any changed bit decodes to, if it does, is other than what was signed.
  for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
    bytes changed = whole;
    changed[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
    const auto read = quorum::decode(changed);
    if (read) {
      ASSERT_EQ(read->encode(), changed);
    }
  }
}

TEST_F(quorum_rules, bounds) {
  EXPECT_EQ(quorum::decode(*from_hex("00000000")).error().code, errc::out_of_range);
  EXPECT_EQ(quorum::decode(*from_hex("0100000000000000")).error().code, errc::out_of_range);
  EXPECT_EQ(quorum::decode(*from_hex("ffffffff00000000")).error().code, errc::too_large);
  quorum many;
  many.boards.assign(8, std::vector<quorum_signature>(64));
  EXPECT_EQ(quorum::decode(many.encode()).value(), many);
  many.boards.emplace_back(1);
  EXPECT_EQ(quorum::decode(many.encode()).error().code, errc::too_large);
  many.boards.assign(1, std::vector<quorum_signature>(65));
  EXPECT_EQ(quorum::decode(many.encode()).error().code, errc::too_large);
}

}  // namespace
}  // namespace sandoq
