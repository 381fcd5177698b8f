// A bulletin reads what was published, whatever the files are called, and stops where two messages
// claim one place. SPEC(85.1)

#include "tools/sandoq/office/bulletin.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "office_fixture.hpp"
#include "sandoq/record/segment.hpp"
#include "sandoq/threshold/commitments.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

class Bulletin : public office_fixture {
 protected:
  dkg_commit commit(std::uint32_t attempt, std::uint32_t b, std::uint32_t t) {
    return {
        {attempt, board_index{b}, trustee_index{t}}, {random.octets<32>()}, {random.octets<64>()}};
  }
  static constexpr auto commit_kind = static_cast<std::uint32_t>(item_kind::dkg_commit);
};

TEST_F(Bulletin, BeginsWithItsManifest) {
  create();
  const bulletin board = read();
  EXPECT_EQ(board.manifest_hash(), hashes.e0);
  EXPECT_EQ(board.plan().encode(), plan.encode());
  EXPECT_TRUE(board.messages(commit_kind).empty());
  EXPECT_FALSE(bulletin::create(directory, plan.encode())) << "it is not empty any more";
}

TEST_F(Bulletin, IsNoneWithoutAManifest) {
  fs::create_directory(directory);
  EXPECT_NE(refusal().find("sandoq bulletin new"), std::string::npos);
  put("manifest.pb", commit_kind, commit(1, 0, 1).encode());
  EXPECT_NE(refusal().find("does not begin with a manifest"), std::string::npos);
}

TEST_F(Bulletin, GivesMessagesInOrderWhateverTheFilesAreCalled) {
  create();
  const std::vector<dkg_commit> commits{commit(1, 0, 1), commit(1, 0, 2), commit(1, 1, 1),
                                        commit(2, 0, 1)};
  for (std::size_t i = 0; i < commits.size(); ++i) {
    put("from-stick-" + std::to_string(9 - i) + ".pb", commit_kind, commits[i].encode());
  }
  EXPECT_EQ(read().all<dkg_commit>(commit_kind).value(), commits);
}

TEST_F(Bulletin, PublishesBesideWhatACrashHasLeft) {
  create();
  bulletin board = read();
  for (const char* left : {"a.pb.part", "a.pb.1.part"}) {
    std::ofstream(directory / left) << "half a mess";
  }
  const dkg_commit message = commit(1, 0, 1);
  const auto published = board.publish("a", commit_kind, message.encode());
  ASSERT_TRUE(published) << to_string(published.error());
  EXPECT_EQ(read().all<dkg_commit>(commit_kind).value(), std::vector<dkg_commit>{message});
  EXPECT_FALSE(fs::exists(directory / "a.pb.2.part"));
}

TEST_F(Bulletin, TakesTheSameMessageTwiceAndTwoOnesNever) {
  create();
  const dkg_commit first = commit(1, 0, 1);
  put("a.pb", commit_kind, first.encode());
  put("b.pb", commit_kind, first.encode());
  EXPECT_EQ(read().messages(commit_kind).size(), 1U);
  put("c.pb", commit_kind, commit(1, 0, 1).encode());
  const std::string words = refusal();
  EXPECT_NE(words.find("a.pb"), std::string::npos) << words;
  EXPECT_NE(words.find("c.pb"), std::string::npos) << words;
  EXPECT_NE(words.find("dkg_commit"), std::string::npos) << words;
}

TEST_F(Bulletin, IgnoresOtherFilesAndFollowsNoLink) {
  create();
  std::ofstream(directory / "notes.txt") << "hello";
  fs::create_symlink(directory / "manifest.pb", directory / "again.pb");
  const auto board = bulletin::read(directory);
  ASSERT_TRUE(board) << to_string(board.error());
  EXPECT_TRUE(board->messages(2).empty());
}

TEST_F(Bulletin, RefusesWhatDoesNotBelongThere) {
  create();
  put("tally.pb", static_cast<std::uint32_t>(item_kind::tally_node), commit(1, 0, 1).encode());
  EXPECT_NE(refusal().find("tally.pb item 1"), std::string::npos);
  EXPECT_NE(refusal().find("tally_node"), std::string::npos);
}

TEST_F(Bulletin, NamesTheFileThatIsNoSegment) {
  create();
  std::ofstream(directory / "broken.pb") << "no segment";
  EXPECT_NE(refusal().find("broken.pb"), std::string::npos);
}

TEST_F(Bulletin, RefusesMessagesThatAreTooShortToSayWhatTheyAreAbout) {
  create();
  for (const std::uint32_t kind : {10U, 15U, 41U, 44U, 100U, 102U, 103U, 104U, 105U}) {
    put("short.pb", kind, bytes(3));
    EXPECT_NE(refusal().find("short.pb item 1"), std::string::npos) << kind;
    fs::remove(directory / "short.pb");
  }
}

TEST_F(Bulletin, PublishesOnceAndChangesNothing) {
  create();
  bulletin board = read();
  const dkg_commit first = commit(1, 0, 1);
  EXPECT_EQ(board.publish("dkg_commit-1-0-1", commit_kind, first.encode()).value(),
            "dkg_commit-1-0-1.pb");
  EXPECT_EQ(board.publish("another-name", commit_kind, first.encode()).value(),
            "dkg_commit-1-0-1.pb");
  EXPECT_FALSE(board.publish("another-name", commit_kind, commit(1, 0, 1).encode()));
  EXPECT_FALSE(fs::exists(directory / "another-name.pb"));
  EXPECT_FALSE(board.publish("dkg_commit-1-0-1", commit_kind, commit(1, 0, 2).encode()))
      << "the file is there";
  EXPECT_EQ(read().all<dkg_commit>(commit_kind).value(), std::vector{first});
}

TEST_F(Bulletin, FindsJournals) {
  create();
  opening_item opening;
  opening.board_roots = {{random.octets<32>()}};
  opening.signatures.boards = {{{1, {}}}};
  for (const auto& [branch, device] : {std::pair{3U, 2U}, {3U, 1U}, {2U, 1U}}) {
    opening.place = {branch_index{branch}, device_index{device}};
    put("j" + std::to_string(branch) + std::to_string(device) + ".pb",
        static_cast<std::uint32_t>(item_kind::opening), opening.encode());
  }
  const bulletin board = read();
  ASSERT_EQ(board.journals().size(), 3U);
  EXPECT_EQ(board.journals()[0].file, "j21.pb");
  EXPECT_EQ(board.journals()[2].file, "j32.pb");
  const auto items = board.read_journal(board.journals()[2]);
  ASSERT_TRUE(items);
  EXPECT_EQ(items->front().kind, journal_kind::opening);
  put("again.pb", static_cast<std::uint32_t>(item_kind::opening), opening.encode());
  const std::string words = refusal();
  EXPECT_NE(words.find("device 1 of branch 2"), std::string::npos) << words;
}

TEST_F(Bulletin, ReadsJournalsOfWhatStandsInJournalsOnly) {
  create();
  opening_item opening;
  opening.board_roots = {{random.octets<32>()}};
  opening.signatures.boards = {{{1, {}}}};
  for (const auto& [kind, name] : {std::pair{item_kind::dkg_commit, "dkg_commit"},
                                   std::pair{item_kind::eligibility, "eligibility"}}) {
    fs::remove(directory / "journal.pb");
    bytes file;
    append_item(file, item_kind::opening, opening.encode());
    append_item(file, kind, bytes(40));
    ASSERT_TRUE(write_durably(directory / "journal.pb", file));
    const bulletin board = read();
    const auto items = board.read_journal(board.journals().front());
    ASSERT_FALSE(items);
    EXPECT_NE(to_string(items.error()).find(std::string(name) + " does not stand in a journal"),
              std::string::npos);
  }
}

// A file with a hole in it takes no room, and reading it would take all.
TEST_F(Bulletin, RefusesAFileThatIsTooLargeForMessages) {
  create();
  put("large.pb", commit_kind, commit(1, 0, 1).encode());
  fs::resize_file(directory / "large.pb", (std::uintmax_t{64} << 20) + 1);
  EXPECT_NE(refusal().find("larger than 64 MiB"), std::string::npos);
}

TEST_F(Bulletin, TakesAComplaintAboutEveryDealer) {
  create();
  for (const std::uint32_t dealer : {2U, 3U}) {
    const dkg_complaint item{{1, board_index{0}, trustee_index{1}},
                             trustee_index{dealer},
                             {random.octets<32>()},
                             {},
                             {random.octets<64>()}};
    put("complaint-" + std::to_string(dealer) + ".pb",
        static_cast<std::uint32_t>(item_kind::dkg_complaint), item.encode());
  }
  const auto board = bulletin::read(directory);
  ASSERT_TRUE(board) << to_string(board.error());
  EXPECT_EQ(board->messages(static_cast<std::uint32_t>(item_kind::dkg_complaint)).size(), 2U);
}

}  // namespace
}  // namespace sandoq::tool
