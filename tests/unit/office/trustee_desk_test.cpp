// A trustee's folder is worked with by one program at a time, at the bulletin that it belongs to.
// SPEC(85.5)

#include "tools/sandoq/office/trustee_desk.hpp"

#include "tools/sandoq/office/office_commands.hpp"
#include "tools/sandoq/office/private_file.hpp"
#include "trustee_fixture.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

class TrusteeDesk : public trustee_fixture {
 protected:
  TrusteeDesk() {
    EXPECT_TRUE(write_private(passphrase_file, bytes_of("a passphrase of a test\n")));
  }
  result<trustee_desk> open() {
    return trustee_desk::open({directory.string(), home.string(), {passphrase_file.string()}});
  }
  key_care_options care() const {
    key_care_options out;
    out.home = home.string();
    out.passphrase.file = passphrase_file.string();
    out.yes = true;
    return out;
  }

  const fs::path home = folder_of({board_index(0), trustee_index(1)});
  const fs::path passphrase_file = place.path() / "passphrase";
};

TEST_F(TrusteeDesk, HasItsFolderAlone) {
  {
    const auto first = open();
    ASSERT_TRUE(first) << to_string(first.error());
    const auto second = open();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, errc::io);
    EXPECT_NE(second.error().reason.find("in use by another program"), std::string::npos);
  }
  EXPECT_TRUE(open());
}

TEST_F(TrusteeDesk, KeepsItsFolderFromTheCareOfKeys) {
  key_care_options copying = care();
  copying.to = (place.path() / "copy").string();
  key_care_options changing = care();
  changing.new_passphrase_file = (place.path() / "another").string();
  ASSERT_TRUE(write_private(changing.new_passphrase_file, bytes_of("quite another passphrase\n")));
  key_care_options ending = care();
  ending.only = "all";
  {
    const auto desk = open();
    ASSERT_TRUE(desk) << to_string(desk.error());
    EXPECT_EQ(run_trustee_backup(copying), exit_code::unusable);
    EXPECT_EQ(run_trustee_passphrase(changing), exit_code::unusable);
    EXPECT_EQ(run_trustee_destroy(ending), exit_code::unusable);
    EXPECT_FALSE(fs::exists(copying.to));
  }
  ASSERT_TRUE(open()) << "with the passphrase that it had";
  EXPECT_EQ(run_trustee_backup(copying), exit_code::accepted);
  EXPECT_FALSE(fs::exists(fs::path(copying.to) / folder_lock_name));
  EXPECT_EQ(run_trustee_passphrase(changing), exit_code::accepted);
  EXPECT_FALSE(open());
  EXPECT_EQ(run_trustee_destroy(ending), exit_code::accepted);
  EXPECT_FALSE(fs::exists(home / trustee_home::identity_name));
}

TEST_F(TrusteeDesk, DestroysWhatACrashHasLeftOfAKey) {
  key_care_options ending = care();
  ending.only = "share";
  EXPECT_EQ(run_trustee_destroy(ending), exit_code::rejected) << "there is no share";
  ASSERT_TRUE(write_private(home / "share.key.part", bytes_of("a share")));
  EXPECT_EQ(run_trustee_destroy(ending), exit_code::accepted);
  EXPECT_FALSE(fs::exists(home / "share.key.part"));
  EXPECT_TRUE(fs::exists(home / trustee_home::identity_name));
}

TEST_F(TrusteeDesk, HasFoldersApart) {
  key_care_options copying = care();
  copying.to = (home / "copy").string();
  EXPECT_EQ(run_trustee_backup(copying), exit_code::unusable);
  EXPECT_FALSE(fs::exists(copying.to));
  const fs::path inside = directory / "home";
  fs::rename(home, inside);
  const auto opened =
      trustee_desk::open({directory.string(), inside.string(), {passphrase_file.string()}});
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().reason.find("lies in the bulletin"), std::string::npos);
}

TEST_F(TrusteeDesk, PutsNothingIntoAFolderThatIsNoTrustees) {
  const fs::path other = place.path() / "other";
  ASSERT_TRUE(make_private_directory(other));
  const auto opened =
      trustee_desk::open({directory.string(), other.string(), {passphrase_file.string()}});
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().reason.find("sandoq trustee new"), std::string::npos);
  EXPECT_TRUE(fs::is_empty(other));
}

}  // namespace
}  // namespace sandoq::tool
