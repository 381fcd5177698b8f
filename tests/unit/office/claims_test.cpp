// What claims a place in a bulletin once there is a key, and what is left aside although it is
// written as it should be: its author may not say it. SPEC(85.1) SPEC(85.3)

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "published_election.hpp"
#include "sandoq/ballot/exclusion.hpp"
#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/ballot/journal_recovery.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/proofs/signature_prove.hpp"
#include "sandoq/tally/lot.hpp"
#include "tools/sandoq/office/ending_check.hpp"
#include "tools/sandoq/office/running_election.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

class Claims : public ::testing::Test {
 protected:
  testing::election_draft& draft() { return all.election.draft; }
  chain_context chain() const { return all.election.context().chain(); }
  const device_place& place() { return draft().journals.front().opening.place; }

  /// Why that file is left aside, or why the work stops; empty if it counts.
  std::string why_left_aside(const fs::path& file) const {
    const auto board = bulletin::read(all.directory);
    if (!board) {
      return to_string(board.error());
    }
    for (const ignored_message& each : board->left_aside()) {
      if (each.file == file.filename().string()) {
        return each.reason;
      }
    }
    return "";
  }
  static bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
  }
  /// Puts another journal in the place of that of the first device.
  void put_journal(const std::vector<journal_entry>& entries) {
    bytes file;
    for (const journal_entry& each : entries) {
      append_item(file, static_cast<item_kind>(each.kind), each.canonical);
    }
    fs::remove(all.journals.front());
    ASSERT_TRUE(write_durably(all.journals.front(), file));
  }

  published_election all{testing::tiny_eventful_scenario()};
};

// With one that counts beside it: the other one neither takes its place nor stops the work.
TEST_F(Claims, SeedRootsAreOfTrusteesWhoHaveAShare) {
  all.publish_ceremony();
  const auto put_root = [&](std::uint32_t of, std::uint32_t by) {
    seed_root root{
        place(), 3, board_index(0), trustee_index(of), digest32{all.election.random().octets<32>()},
        {}};
    root.signature = all.election.sign_as(
        0, by,
        {"seed/root", draft().election.domain, draft().key.election_hash, root.signed_digest()});
    return all.put(root.kind, root.encode());
  };
  ASSERT_FALSE(all.election.who().contains(board_index(0), trustee_index(1)));
  const fs::path own = put_root(2, 2);
  const fs::path of_one_shut_out = put_root(1, 1);
  const fs::path forged = put_root(2, 3);
  const fs::path of_a_colleague = put_root(3, 3);
  EXPECT_EQ(why_left_aside(own), "");
  EXPECT_EQ(why_left_aside(of_a_colleague), "") << "each has its own place";
  EXPECT_TRUE(has(why_left_aside(of_one_shut_out), "as one who has a share"));
  EXPECT_TRUE(
      has(why_left_aside(forged), "is not signed by " + draft().election.boards[0].trustees[1].id));
}

TEST_F(Claims, ValuesOfALotAreThoseThatTheirBoardsHaveSigned) {
  all.publish_all();
  const std::vector<lot_reveal> values = draft().ties.reveals;
  ASSERT_FALSE(values.empty());
  lot_reveal other = values.front();
  other.value = all.election.random().octets<32>();
  // One trustee alone states, and signs, what the board has staked.
  const statement staked = state(
      item_kind::lot_commit,
      lot_commit{
          other.board, other.commitment({draft().key.election_hash, draft().election.domain}), {}});
  all.put(staked.kind, staked.encode());
  quorum one;
  one.boards.resize(other.board.value() + 1);
  one.boards.back().push_back({2, {}});
  EXPECT_EQ(all.sign_statement(staked, one).size(), 1U);
  const fs::path file = all.put(item_kind::lot_reveal, other.encode());
  EXPECT_TRUE(has(why_left_aside(file), "has committed to and signed"));
  const auto board = bulletin::read(all.directory);
  ASSERT_TRUE(board) << to_string(board.error());
  const auto counted = board->all<lot_reveal>(static_cast<std::uint32_t>(item_kind::lot_reveal));
  ASSERT_TRUE(counted) << to_string(counted.error());
  EXPECT_EQ(*counted, values);
}

TEST_F(Claims, AJournalBeginsWithAnExclusionThatTheBoardsHaveSigned) {
  all.publish_ceremony();
  all.publish_polls();
  const opening_item& opening = draft().journals.front().opening;
  opening_item of_nobody = opening;
  of_nobody.signatures.boards[0][0].signature.octets[40] ^= std::byte{1};
  const auto put = [&](const opening_item& first, bool is_signed) {
    const std::vector<journal_entry> evidence{{journal_kind::opening, first.encode()}};
    auto item = exclude_journal(chain(), place(), {5}, exclusion_reason::lost, "", evidence);
    ASSERT_TRUE(item) << to_string(item.error());
    item->signatures = all.election.sign_quorum(board_message(chain(), *item));
    if (!is_signed) {
      item->signatures.boards[0][0].signature.octets[40] ^= std::byte{1};
    }
    put_journal({{journal_kind::exclusion, item->encode()}, evidence.front()});
  };
  const auto found = [&]() -> std::optional<published_journal> {
    const bulletin board = all.read();
    for (const published_journal& each : board.journals()) {
      if (each.place == place()) {
        return each;
      }
    }
    return std::nullopt;
  };
  put(opening, true);
  ASSERT_TRUE(found());
  EXPECT_EQ(found()->opening, opening);
  put(of_nobody, true);
  ASSERT_TRUE(found()) << "what is excluded may be anything";
  EXPECT_FALSE(found()->opening) << "but its key speaks for nobody";
  put(opening, false);
  EXPECT_FALSE(found());
  EXPECT_TRUE(has(why_left_aside(all.journals.front()), "its exclusion does not hold"));
}

// Nobody could decide afterwards whether the last ballot counts. SPEC(52.7)
TEST_F(Claims, NoCloseBehindABallotThatIsOpen) {
  all.publish_ceremony();
  all.publish_polls();
  std::vector<journal_entry> entries = draft().journals.front().entries();
  while (entries.back().kind != journal_kind::ballot) {
    entries.pop_back();
  }
  put_journal(entries);
  const auto counted = recover_journal(chain(), entries, {7}, "");
  ASSERT_TRUE(counted) << to_string(counted.error());
  ASSERT_TRUE(counted->resolution);
  close_item close;
  close.place = place();
  close.time = {7};
  close.counters = counted->recovery.counters;
  close.last_link = counted->recovery.last_link;
  close.device_signature =
      sign(all.election.device_key(0), device_message(chain(), close), all.election.random())
          .value();
  sequential_executor workers;
  const bulletin board = all.read();
  const auto election = election_of(board, workers);
  ASSERT_TRUE(election) << to_string(election.error());
  const auto done = ending_check(board, *election)(state(item_kind::close, close));
  ASSERT_FALSE(done);
  EXPECT_TRUE(has(to_string(done.error()), "neither cast nor challenged nor void"))
      << to_string(done.error());
}

}  // namespace
}  // namespace sandoq::tool
