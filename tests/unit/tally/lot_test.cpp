#include "sandoq/tally/lot.hpp"

#include <gtest/gtest.h>

#include "sandoq/core/canonical.hpp"
#include "sandoq/proofs/signature_prove.hpp"
#include "sandoq/tally/lot_secret.hpp"
#include "tests/support/byte_mutations.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

using group = ristretto255;

TEST(Lot, ItemsAreReadStrictly) {
  testing::deterministic_random random(testing::test_seed());
  lot_commit commit{board_index(1), {random.octets<32>()}, {}};
  EXPECT_EQ(lot_commit::decode(commit.encode()).error().code, errc::missing);
  commit.signatures = {{1, {random.octets<64>()}}, {3, {random.octets<64>()}}};
  testing::expect_canonical(commit);
  commit.signatures.resize(65);
  EXPECT_EQ(lot_commit::decode(commit.encode()).error().code, errc::too_large);
  testing::expect_canonical(lot_reveal{board_index(2), random.octets<32>()});
  lot_beacon beacon;
  beacon.signatures.boards = {{{1, {random.octets<64>()}}}};
  EXPECT_EQ(lot_beacon::decode(beacon.encode()).error().code, errc::out_of_range);
  beacon.value.assign(11, std::byte{0x41});
  testing::expect_canonical(beacon);
  beacon.value.resize(1024);
  EXPECT_TRUE(lot_beacon::decode(beacon.encode()));
  beacon.value.resize(1025);
  EXPECT_EQ(lot_beacon::decode(beacon.encode()).error().code, errc::too_large);
}

TEST(Lot, HashesAreThoseOfTheSpecification) {
  testing::deterministic_random random(testing::test_seed());
  const lot_context context{{random.octets<32>()}, election_domain::real};
  const lot_reveal a{board_index(0), random.octets<32>()};
  const lot_reveal b{board_index(1), random.octets<32>()};
  byte_writer committed;
  committed.fixed(context.election_hash.view());
  committed.u8(1);
  committed.u32(1);
  committed.fixed(b.value);
  EXPECT_EQ(b.commitment(context), framed_hash::of("lot/commit", committed.view()));
  lot_beacon beacon;
  beacon.value = {std::byte{1}, std::byte{2}};
  const auto item = random.octets<7>();
  results_hash results;
  results.add(item);
  results.add(item);
  byte_writer framed;
  framed.var(item);
  framed.var(item);
  EXPECT_EQ(results.digest(), framed_hash::of("results", framed.view()));
  byte_writer seeded;
  seeded.fixed(context.election_hash.view());
  seeded.u8(1);
  seeded.fixed(results.digest().view());
  seeded.fixed(a.value);
  seeded.fixed(b.value);
  seeded.var(beacon.value);
  const lot_reveal both[] = {a, b};
  const auto seed = lot_seed(context, results.digest(), both, beacon);
  EXPECT_EQ(seed, framed_hash::of("lot", seeded.view()));
  byte_writer ticket;
  ticket.fixed(seed.view());
  ticket.u32(7);
  ticket.u32(1);
  ticket.u32(30);
  EXPECT_EQ(lot_ticket(seed, contest_index(7), 1, 30),
            framed_hash::of("lot/ticket", ticket.view()));
}

class LotOfTwoBoards : public ::testing::Test {
 protected:
  LotOfTwoBoards() {
    for (std::uint32_t b = 0; b < 2; ++b) {
      board_keys keys{2, {}};
      for (int j = 0; j < 3; ++j) {
        keys_.push_back(signing_key<group>::generate(random_));
        keys.signing_keys.push_back({keys_.back().public_key(), not_shared});
      }
      boards_.push_back(std::move(keys));
      lot_value value = lot_value::draw(board_index(b), random_);
      commits_.push_back(value.commit(context_));
      sign(commits_.back());
      reveals_.push_back(std::move(value).reveal());
    }
    beacon_.value = {std::byte{'4'}, std::byte{'2'}};
    sign(beacon_);
  }
  wire_signature signed_by(std::uint32_t board, std::uint32_t trustee, literal purpose,
                           const digest32& digest) {
    return sandoq::sign(keys_[3 * board + trustee - 1],
                        signed_message{purpose, context_.domain, context_.election_hash, digest},
                        random_)
        .value();
  }
  void sign(lot_commit& item) {
    item.signatures.clear();
    for (const std::uint32_t j : {1U, 3U}) {
      item.signatures.push_back(
          {j, signed_by(item.board.value(), j, "lot/commit", item.signed_digest())});
    }
  }
  void sign(lot_beacon& item) {
    item.signatures.boards.clear();
    for (std::uint32_t b = 0; b < 2; ++b) {
      auto& entries = item.signatures.boards.emplace_back();
      for (const std::uint32_t j : {1U, 2U}) {
        entries.push_back({j, signed_by(b, j, "lot/beacon", item.signed_digest())});
      }
    }
  }
  bool commits_hold(beacon_presence beacon = beacon_presence::present) {
    return check_lot_commits(context_, boards_, beacon, commits_).holds();
  }
  bool lot_holds() { return check_lot(context_, boards_, commits_, reveals_, beacon_).holds(); }

  testing::deterministic_random random_{testing::test_seed()};
  lot_context context_{{random_.octets<32>()}, election_domain::drill};
  std::vector<signing_key<group>> keys_;
  std::vector<board_keys> boards_;
  std::vector<lot_commit> commits_;
  std::vector<lot_reveal> reveals_;
  lot_beacon beacon_;
};

TEST_F(LotOfTwoBoards, CommitmentsAreOneABoardAndSigned) {
  EXPECT_TRUE(commits_hold());
  EXPECT_FALSE(commits_hold(beacon_presence::absent));
  const auto good = commits_;
  std::swap(commits_[0], commits_[1]);
  EXPECT_FALSE(commits_hold());
  commits_ = good;
  commits_.pop_back();
  EXPECT_EQ(check_lot_commits(context_, boards_, beacon_presence::present, commits_).reason(),
            "board 1 has no commitment");
  commits_.clear();
  EXPECT_TRUE(commits_hold(beacon_presence::absent));
  commits_ = good;
  commits_.push_back(good[1]);
  EXPECT_FALSE(commits_hold());
  commits_ = good;
  commits_[1].commitment.octets[0] ^= std::byte{1};
  EXPECT_FALSE(commits_hold());
  commits_ = good;
  std::swap(commits_[1].signatures[0], commits_[1].signatures[1]);
  EXPECT_FALSE(commits_hold());
  commits_ = good;
  commits_[1].signatures.pop_back();
  EXPECT_FALSE(commits_hold());
  commits_ = good;
  commits_[1].signatures = commits_[0].signatures;  // the other board's trustees
  EXPECT_FALSE(commits_hold());
}

TEST_F(LotOfTwoBoards, RevealsOpenWhatWasCommitted) {
  EXPECT_TRUE(lot_holds());
  const auto good = reveals_;
  reveals_[1].value[31] ^= std::byte{1};
  EXPECT_EQ(check_lot(context_, boards_, commits_, reveals_, beacon_).reason(),
            "board 1 does not reveal what it had committed to");
  reveals_ = good;
  std::swap(reveals_[0], reveals_[1]);
  EXPECT_FALSE(lot_holds());
  reveals_ = good;
  reveals_.pop_back();
  EXPECT_FALSE(lot_holds());
  reveals_ = good;
  beacon_.value.push_back(std::byte{'1'});
  EXPECT_FALSE(lot_holds());
  sign(beacon_);
  EXPECT_TRUE(lot_holds());
  std::swap(beacon_.signatures.boards[0], beacon_.signatures.boards[1]);
  EXPECT_FALSE(lot_holds());
}

TEST_F(LotOfTwoBoards, CommitmentsAreBoundToElectionAndBoard) {
  const auto value = random_.octets<32>();
  const auto commitment = lot_reveal{board_index(0), value}.commitment(context_);
  EXPECT_NE((lot_reveal{board_index(1), value}.commitment(context_)), commitment);
  EXPECT_NE((lot_reveal{board_index(0), value}.commitment(
                {context_.election_hash, election_domain::real})),
            commitment);
  const lot_value stored(board_index(0), secret<byte_array<32>>(value));
  EXPECT_EQ(stored.commit(context_).commitment, commitment);
  EXPECT_NE(lot_value::draw(board_index(0), random_).commit(context_).commitment, commitment);
}

}  // namespace
}  // namespace sandoq
