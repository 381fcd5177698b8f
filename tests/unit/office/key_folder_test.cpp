// Key files under a passphrase, and the passphrases themselves. SPEC(85.5)

#include "tools/sandoq/office/key_folder.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "tests/support/deterministic_random.hpp"
#include "tests/support/temporary_directory.hpp"
#include "tools/sandoq/office/passphrase_input.hpp"
#include "tools/sandoq/office/private_file.hpp"

namespace sandoq::tool {
namespace {

constexpr passphrase_cost cheap{1, 8192};

secret_bytes secret_of(std::string_view text) {
  return secret_bytes(bytes_of(text));
}

class KeyFolder : public ::testing::Test {
 protected:
  key_folder folder(std::string_view passphrase) {
    return {place.path(), secret_of(passphrase), cheap};
  }
  testing::deterministic_random random{testing::test_seed()};
  testing::temporary_directory place;
  key_label label{"identity",
                  "shora \n of 1405",
                  election_domain::real,
                  trustee_seat{board_index(1), trustee_index(2)},
                  {{"earlier", "00ff"}}};
};

TEST_F(KeyFolder, SaysInClearWhoseItIs) {
  ASSERT_TRUE(folder("first").write("identity.key", label, secret_of("content"), random));
  const auto read = key_folder::label_of(place.path() / "identity.key");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->text(), label.text());
  EXPECT_EQ(read->election, label.election);
  EXPECT_EQ(read->seat, label.seat);
  EXPECT_EQ(read->more, label.more);
  EXPECT_FALSE(key_label::parse(bytes_of("sandoq key file\nkind identity\n")));
  EXPECT_FALSE(key_label::parse(bytes_of("")));
  EXPECT_FALSE(
      key_label::parse(bytes_of("sandoq key file\nkind x\ndomain real\nboard -1\nelection e\n")));
}

TEST_F(KeyFolder, TellsAWrongPassphraseFromNothingElse) {
  ASSERT_TRUE(folder("first").write("identity.key", label, secret_of("content"), random));
  const auto wrong = folder("second").read("identity.key");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().reason,
            "the passphrase is wrong, or identity.key is damaged; nothing was changed");
  const auto right = folder("first").read("identity.key");
  ASSERT_TRUE(right);
  const auto content = declassify<"a test's own content">(right->content);
  EXPECT_EQ(content, bytes(bytes_of("content").begin(), bytes_of("content").end()));
  EXPECT_FALSE(folder("first").write("identity.key", label, secret_of("other"), random));
}

TEST_F(KeyFolder, ChangesItsPassphraseAndCanBeInterrupted) {
  ASSERT_TRUE(folder("first").write("a.key", label, secret_of("content"), random));
  ASSERT_TRUE(folder("second").write("b.key", label, secret_of("content"), random));  // done before
  const auto changed = folder("first").change(secret_of("second"), cheap, random);
  ASSERT_TRUE(changed) << to_string(changed.error());
  EXPECT_EQ(*changed, std::vector<std::string>{"a.key"});
  EXPECT_TRUE(folder("second").read("a.key"));
  EXPECT_FALSE(folder("first").read("a.key"));
  EXPECT_FALSE(folder("third").change(secret_of("fourth"), cheap, random));
}

TEST_F(KeyFolder, KeepsFilesFromOthers) {
  const auto path = place.path() / "secret";
  ASSERT_TRUE(write_private(path, bytes_of("one")));
  EXPECT_FALSE(write_private(path, bytes_of("two")));
  struct stat found {};
  ASSERT_EQ(::stat(path.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0600U);
  ASSERT_TRUE(replace_private(path, bytes_of("three")));
  EXPECT_EQ(read_private(path, 5).value().size(), 5U);
  EXPECT_EQ(read_private(path, 4).error().code, errc::too_large);
  ASSERT_EQ(::stat(path.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0600U);
  ASSERT_TRUE(destroy_file(path));
  EXPECT_EQ(read_private(path, 5).error().code, errc::missing);
  const auto open = place.path() / "open";
  ASSERT_EQ(::mkdir(open.c_str(), 0755), 0);
  ASSERT_EQ(::chmod(open.c_str(), 0755), 0);
  EXPECT_FALSE(make_private_directory(open));
}

/// A file as it is on the disk, whatever becomes of its names.
class watched_file {
 public:
  explicit watched_file(const std::filesystem::path& path)
      : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  [[nodiscard]] bytes content() const {
    bytes out(64);
    const ssize_t got = ::pread(file_.number(), out.data(), out.size(), 0);
    out.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return out;
  }

 private:
  file_descriptor file_;
};

bytes private_content(const std::filesystem::path& path) {
  return read_private(path, 64).value_or(bytes());
}
bytes octets(std::string_view text) {
  const byte_view view = bytes_of(text);
  return {view.begin(), view.end()};
}

// What is overwritten is seen through a second name of the same file.
TEST_F(KeyFolder, OverwritesWhatItDestroys) {
  const auto path = place.path() / "secret";
  ASSERT_TRUE(write_private(path, bytes_of("secret")));
  ASSERT_EQ(::link(path.c_str(), (place.path() / "seen").c_str()), 0);
  ASSERT_TRUE(destroy_file(path));
  EXPECT_EQ(read_private(place.path() / "seen", 6).value(), bytes(6));
  ASSERT_TRUE(write_private(path, bytes_of("second")));
  const watched_file second(path);
  ASSERT_TRUE(replace_private(path, bytes_of("third")));
  EXPECT_EQ(second.content(), bytes(6));
  // A second name is somebody's own copy.
  ASSERT_EQ(::link(path.c_str(), (place.path() / "copy").c_str()), 0);
  ASSERT_TRUE(replace_private(path, bytes_of("fourth")));
  EXPECT_EQ(private_content(path), octets("fourth"));
  EXPECT_EQ(private_content(place.path() / "copy"), octets("third"));
}

// write_private() gives a whole file its name and then takes the first one away; a crash between
// both leaves one file under two names.
TEST_F(KeyFolder, ReplacesAFileThatACrashHasLeftWithTwoNames) {
  const auto path = place.path() / "secret";
  const auto part = place.path() / "secret.part";
  ASSERT_TRUE(write_private(path, bytes_of("the first")));
  ASSERT_EQ(::link(path.c_str(), part.c_str()), 0);
  const watched_file first(path);
  ASSERT_TRUE(replace_private(path, bytes_of("second")));
  EXPECT_EQ(private_content(path), octets("second"));
  EXPECT_FALSE(std::filesystem::exists(part));
  EXPECT_EQ(first.content(), bytes(9));
  ASSERT_EQ(::link(path.c_str(), part.c_str()), 0);
  ASSERT_TRUE(destroy_file(path));
  EXPECT_FALSE(std::filesystem::exists(part));
}

TEST_F(KeyFolder, OverwritesWhatACrashHasLeftBesideAFile) {
  const auto path = place.path() / "secret";
  const auto part = place.path() / "secret.part";
  ASSERT_TRUE(write_private(part, bytes_of("left")));
  const watched_file left(part);
  ASSERT_TRUE(write_private(path, bytes_of("one")));
  EXPECT_EQ(left.content(), bytes(4));
  ASSERT_TRUE(write_private(part, bytes_of("left longer than the next")));
  const watched_file longer(part);
  ASSERT_TRUE(replace_private(path, bytes_of("two")));
  EXPECT_EQ(private_content(path), octets("two"));
  EXPECT_EQ(longer.content(), bytes(25));
  ASSERT_TRUE(write_private(part, bytes_of("left")));
  const watched_file last(part);
  ASSERT_TRUE(destroy_file(path));
  EXPECT_EQ(last.content(), bytes(4));
  ASSERT_TRUE(write_private(part, bytes_of("left alone")));
  ASSERT_TRUE(destroy_file(path));
  EXPECT_FALSE(std::filesystem::exists(part));
  EXPECT_EQ(destroy_file(path).error().code, errc::missing);
}

TEST_F(KeyFolder, IsForItsOwnerAloneAtEveryReading) {
  const auto at = place.path() / "home";
  ASSERT_TRUE(make_private_directory(at));
  const key_folder keys(at, secret_of("first"), cheap);
  ASSERT_TRUE(keys.write("identity.key", label, secret_of("content"), random));
  const auto refusal = [&] {
    const auto opened = key_folder::at(at, "identity.key", secret_of("first"));
    return opened ? std::string() : opened.error().reason;
  };
  ASSERT_EQ(refusal(), "");
  ASSERT_EQ(::chmod((at / "identity.key").c_str(), 0640), 0);
  EXPECT_NE(refusal().find("chmod 600"), std::string::npos);
  EXPECT_FALSE(keys.read("identity.key"));
  ASSERT_EQ(::chmod((at / "identity.key").c_str(), 0600), 0);
  ASSERT_EQ(::chmod(at.c_str(), 0711), 0);
  EXPECT_NE(refusal().find("chmod 700"), std::string::npos);
  EXPECT_EQ(lock_folder(at).error().code, errc::io);
}

TEST_F(KeyFolder, KnowsWhatLiesInAFolder) {
  const auto at = place.path() / "home";
  ASSERT_TRUE(make_private_directory(at));
  std::filesystem::create_directory_symlink(at, place.path() / "link");
  EXPECT_TRUE(lies_in(at, at));
  EXPECT_TRUE(lies_in(at / "new" / "folder", at));
  EXPECT_TRUE(lies_in(place.path() / "link" / "new", at));
  EXPECT_TRUE(lies_in(at / "new" / ".." / "other", place.path() / "link" / ""));
  EXPECT_FALSE(lies_in(place.path() / "home-2", at));
  EXPECT_FALSE(lies_in(at / ".." / "other", at));
  EXPECT_FALSE(lies_in(place.path(), at));
  EXPECT_TRUE(lies_in("new", "."));
}

TEST_F(KeyFolder, IsTakenByOneProgramAtATime) {
  const auto at = place.path() / "home";
  ASSERT_TRUE(make_private_directory(at));
  {
    const auto taken = lock_folder(at);
    ASSERT_TRUE(taken) << to_string(taken.error());
    const auto second = lock_folder(at);
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().reason.find("in use by another program"), std::string::npos);
  }
  EXPECT_TRUE(lock_folder(at));
  EXPECT_EQ(lock_folder(at / "none").error().code, errc::io);
}

TEST(Passphrase, IsNormalised) {
  const auto composed = normalised_passphrase(secret_of("\u00e9t\u00e9"));
  const auto apart = normalised_passphrase(secret_of("e\u0301te\u0301"));
  ASSERT_TRUE(composed);
  ASSERT_TRUE(apart);
  EXPECT_EQ(declassify<"a test's own passphrase">(*composed),
            declassify<"a test's own passphrase">(*apart));
}

TEST(Passphrase, HasAtLeastTwelveCharacters) {
  EXPECT_TRUE(check_new_passphrase(secret_of("twelve chars")));
  const auto persian = secret_of("رمز عبور ما");  // 11 characters, 20 bytes
  const auto refused = check_new_passphrase(persian);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().reason.find("it has 11 characters"), std::string::npos);
}

TEST(Passphrase, DoesNotRepeatItself) {
  for (const std::string_view bad :
       {"            ", "aaaaaaaaaaaa", "abcdabcdabcd", "رررررررررررر"}) {
    const auto refused = check_new_passphrase(secret_of(bad));
    ASSERT_FALSE(refused) << bad;
    EXPECT_NE(refused.error().reason.find("repeats itself"), std::string::npos) << bad;
  }
  EXPECT_TRUE(check_new_passphrase(secret_of("abcdeabcdeab")));
}

TEST_F(KeyFolder, APassphraseIsTheLineWithoutWhatAnEditorPutsAroundIt) {
  const auto file = place.path() / "passphrase";
  ASSERT_TRUE(write_private(file, bytes_of("\xef\xbb\xbf"
                                           "five words of an editor\r\nmore")));
  const auto read = ask_passphrase({file.string()}, "");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(declassify<"a test's own passphrase">(*read),
            declassify<"a test's own passphrase">(secret_of("five words of an editor")));
  EXPECT_EQ(ask_passphrase({(place.path() / "none").string()}, "").error().code, errc::io);
}

TEST_F(KeyFolder, AFileThatCannotBeMadeIsCalledByItsName) {
  const auto file = place.path() / "no folder" / "share.key";
  const auto refused = write_private(file, bytes_of("key"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::io);
  EXPECT_EQ(refused.error().place, file.string());
}

TEST(Passphrase, IsTextWithoutControlCharacters) {
  EXPECT_EQ(normalised_passphrase(secret_of("")).error().code, errc::missing);
  EXPECT_EQ(normalised_passphrase(secret_of("twelve\tcharacters")).error().code, errc::bad_text);
  EXPECT_EQ(normalised_passphrase(secret_of("no UTF-8: \xff\xfe")).error().code, errc::bad_text);
}

TEST(Cost, HasThreeNames) {
  EXPECT_EQ(cost_named("moderate")->memory_bytes, std::uint64_t{256} << 20);
  EXPECT_FALSE(cost_named("cheap"));
}

}  // namespace
}  // namespace sandoq::tool
