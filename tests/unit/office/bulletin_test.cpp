// A bulletin reads what was published, whatever the files are called, and stops where two messages
// claim one place. SPEC(85.1)

#include "tools/sandoq/office/bulletin.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "office_fixture.hpp"
#include "sandoq/record/segment.hpp"
#include "sandoq/threshold/commitments.hpp"
#include "tools/sandoq/office/office_commands.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

class Bulletin : public office_fixture {
 protected:
  dkg_commit commit(std::uint32_t attempt, std::uint32_t b, std::uint32_t t) {
    dkg_commit out{{attempt, board_index{b}, trustee_index{t}}, {random.octets<32>()}, {}};
    out.signature =
        sandoq::sign(keys[b][t - 1],
                     signed_message{"dkg/commit", plan.domain, hashes.e0, out.signed_digest()},
                     random)
            .value();
    return out;
  }
  std::string only_left_aside() {
    const bulletin board = read();
    EXPECT_EQ(board.left_aside().size(), 1U);
    return board.left_aside().empty()
               ? ""
               : board.left_aside()[0].file + ": " + board.left_aside()[0].reason;
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
  const fs::path elsewhere = place.path() / "elsewhere.pb";
  put("link.pb", commit_kind, commit(1, 0, 1).encode());
  fs::rename(directory / "link.pb", elsewhere);
  fs::create_symlink(elsewhere, directory / "link.pb");
  const auto board = bulletin::read(directory);
  ASSERT_TRUE(board) << to_string(board.error());
  EXPECT_TRUE(board->messages(commit_kind).empty());
  EXPECT_TRUE(board->left_aside().empty());
}

// Whoever carries files could otherwise stop everybody with any file at all.
TEST_F(Bulletin, LeavesAsideWhatDoesNotBelongThere) {
  create();
  put("tally.pb", static_cast<std::uint32_t>(item_kind::tally_node), commit(1, 0, 1).encode());
  const std::string words = only_left_aside();
  EXPECT_NE(words.find("tally.pb item 1"), std::string::npos) << words;
  EXPECT_NE(words.find("tally_node"), std::string::npos) << words;
}

TEST_F(Bulletin, LeavesAsideAFileThatIsNoSegment) {
  create();
  std::ofstream(directory / "broken.pb") << "no segment";
  EXPECT_EQ(only_left_aside().rfind("broken.pb", 0), 0U);
}

TEST_F(Bulletin, LeavesAsideMessagesThatAreTooShortToSayWhatTheyAreAbout) {
  create();
  for (const std::uint32_t kind : {10U, 15U, 41U, 44U, 100U, 102U, 103U, 104U, 105U}) {
    put("short.pb", kind, bytes(3));
    EXPECT_NE(only_left_aside().find("short.pb item 1"), std::string::npos) << kind;
    fs::remove(directory / "short.pb");
  }
}

TEST_F(Bulletin, GivesAForgedMessageNoPlace) {
  create();
  const dkg_commit own = commit(1, 0, 1);
  dkg_commit forged = commit(1, 0, 1);
  forged.signature = commit(1, 0, 2).signature;
  put("a.pb", commit_kind, forged.encode());
  put("b.pb", commit_kind, own.encode());
  EXPECT_EQ(read().all<dkg_commit>(commit_kind).value(), std::vector{own});
  const std::string words = only_left_aside();
  EXPECT_EQ(words.rfind("a.pb: dkg_commit is not signed by trustee-0-1", 0), 0U) << words;
  // Not even the name of its file.
  bulletin board = read();
  fs::rename(directory / "a.pb", directory / "dkg_commit-1-0-2.pb");
  const dkg_commit next = commit(1, 0, 2);
  const auto published = board.publish("dkg_commit-1-0-2", commit_kind, next.encode());
  ASSERT_TRUE(published) << to_string(published.error());
  EXPECT_NE(*published, "dkg_commit-1-0-2.pb");
  EXPECT_EQ(read().messages(commit_kind).size(), 2U);
}

// One place may be claimed by any number of forgeries.
TEST_F(Bulletin, TellsOfAFileFullOfForgeriesInOneLine) {
  create();
  bytes file;
  for (int i = 0; i < 1'235; ++i) {
    const dkg_commit forged{
        {1, board_index{0}, trustee_index{9}}, {random.octets<32>()}, {random.octets<64>()}};
    append_item(file, item_kind::dkg_commit, forged.encode());
  }
  ASSERT_TRUE(write_durably(directory / "a.pb", file));
  const dkg_commit own = commit(1, 0, 1);
  put("b.pb", commit_kind, own.encode());
  const bulletin board = read();
  EXPECT_EQ(board.all<dkg_commit>(commit_kind).value(), std::vector{own});
  ASSERT_EQ(board.left_aside().size(), 1U);
  EXPECT_EQ(board.left_aside()[0].more, 1'234U);
  EXPECT_EQ(board.left_aside()[0].in_words(),
            "dkg_commit is of an attempt or a trustee that there is not (and 1,234 more of this "
            "file)");
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
  // Nor where a file has come between the choice of its name and the writing.
  const auto over = write_durably(directory / "dkg_commit-1-0-1.pb", commit(1, 0, 2).encode());
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, errc::duplicate);
  EXPECT_EQ(read().all<dkg_commit>(commit_kind).value(), std::vector{first});
}

// A file with a hole in it takes no room, and reading it would take all.
TEST_F(Bulletin, LeavesAsideAFileThatIsTooLargeForMessages) {
  create();
  put("large.pb", commit_kind, commit(1, 0, 1).encode());
  fs::resize_file(directory / "large.pb", (std::uintmax_t{64} << 20) + 1);
  EXPECT_NE(only_left_aside().find("larger than 64 MiB"), std::string::npos);
}

TEST_F(Bulletin, TakesAComplaintAboutEveryDealer) {
  create();
  for (const std::uint32_t dealer : {2U, 3U}) {
    dkg_complaint item{{1, board_index{0}, trustee_index{1}},
                       trustee_index{dealer},
                       {random.octets<32>()},
                       {},
                       {}};
    item.signature =
        sandoq::sign(keys[0][0],
                     signed_message{"dkg/complaint", plan.domain, hashes.e0, item.signed_digest()},
                     random)
            .value();
    put("complaint-" + std::to_string(dealer) + ".pb",
        static_cast<std::uint32_t>(item_kind::dkg_complaint), item.encode());
  }
  const auto board = bulletin::read(directory);
  ASSERT_TRUE(board) << to_string(board.error());
  EXPECT_EQ(board->messages(static_cast<std::uint32_t>(item_kind::dkg_complaint)).size(), 2U);
}

/// What "bulletin carry" says, on both outputs.
std::string carry(exit_code expected, const fs::path& from, const fs::path& to) {
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  const exit_code code = run_bulletin_carry(from.string(), to.string());
  std::fflush(stdout);
  std::string out = ::testing::internal::GetCapturedStdout();
  out += ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(code, expected) << out;
  return out;
}

TEST_F(Bulletin, IsNotCarriedFromOrToAFolderOfSecrets) {
  create();
  const fs::path home = place.path() / "home";
  for (const char* own : {"identity.key", "state", "lock"}) {
    fs::create_directory(home);
    std::ofstream(home / own) << "secret";
    const std::string there = carry(exit_code::unusable, directory, home);
    EXPECT_NE(there.find(std::string("holds ") + own), std::string::npos) << there;
    EXPECT_FALSE(fs::exists(home / "manifest.pb"));
    const std::string back = carry(exit_code::unusable, home, directory);
    EXPECT_NE(back.find(std::string("holds ") + own), std::string::npos) << back;
    fs::remove_all(home);
  }
  fs::create_directory(home);
  carry(exit_code::accepted, directory, home);
  EXPECT_TRUE(fs::exists(home / "manifest.pb"));
}

TEST_F(Bulletin, IsCarriedWithoutAFileThatNoBulletinReads) {
  create();
  put("large.pb", commit_kind, commit(1, 0, 1).encode());
  fs::resize_file(directory / "large.pb", (std::uintmax_t{64} << 20) + 1);
  put("small.pb", commit_kind, commit(1, 0, 2).encode());
  const fs::path stick = place.path() / "stick";
  fs::create_directory(stick);
  const std::string said = carry(exit_code::rejected, directory, stick);
  EXPECT_NE(said.find("large.pb is left: "), std::string::npos) << said;
  EXPECT_TRUE(fs::exists(stick / "small.pb"));
  EXPECT_FALSE(fs::exists(stick / "large.pb"));
}

}  // namespace
}  // namespace sandoq::tool
