#include "tools/sandoq/rehearsal/errands.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string>

#include "tests/support/temporary_directory.hpp"
#include "tools/sandoq/file_bytes.hpp"

namespace sandoq::tool {
namespace {

class Errands : public ::testing::Test {
 protected:
  Errands() : town(folder.path() / "town") {
    auto begun = errands::begin(town);
    EXPECT_TRUE(begun) << (begun ? "" : to_string(begun.error()));
    does.emplace(std::move(*begun));
    does->make_room(clerk);
  }

  std::string content(const std::filesystem::path& file) const {
    const auto data = read_file((town / file).string(), 1U << 20U);
    std::string out;
    for (const std::byte each : data.value_or(bytes())) {
      out += static_cast<char>(each);
    }
    return out;
  }

  testing::temporary_directory folder;
  std::filesystem::path town;
  std::optional<errands> does;
  const person clerk{"clerk", "The clerk"};
};

TEST_F(Errands, ArePerformedInSomebodysFolderAndWrittenDown) {
  does->begin_stage("a stage");
  does->by_hand(clerk, {"cp", "/dev/null", "a file"});
  ASSERT_TRUE(does->outcome()) << to_string(does->outcome().error());
  EXPECT_TRUE(std::filesystem::exists(town / "clerk" / "a file"));
  EXPECT_EQ(does->commands(), 1U);
  EXPECT_EQ(content(errands::list_name),
            "mkdir -m 700 clerk && mkdir clerk/bulletin\n\n# == a stage\n\n# The clerk\n"
            "(cd clerk && cp /dev/null 'a file')\n");
}

TEST_F(Errands, StopAtTheFirstThatFailsAndSayWhoseItWas) {
  does->by_hand(clerk, {"cp", "there-is-none", "x"});
  does->by_hand(clerk, {"cp", "/dev/null", "later"});
  const auto outcome = does->outcome();
  ASSERT_FALSE(outcome);
  const std::string said = to_string(outcome.error());
  for (const std::string part :
       {"The clerk, in ", "town/clerk", "\"cp there-is-none x\" ended with 1",
        "No such file or directory"}) {
    EXPECT_NE(said.find(part), std::string::npos) << part << " is not in: " << said;
  }
  EXPECT_FALSE(std::filesystem::exists(town / "clerk" / "later"));
  EXPECT_EQ(content(errands::list_name).find("later"), std::string::npos);
}

TEST_F(Errands, AProgramThatIsNotThereIsNamed) {
  does->by_hand(clerk, {"no-such-program-anywhere"});
  ASSERT_FALSE(does->outcome());
  EXPECT_NE(to_string(does->outcome().error()).find("no-such-program-anywhere"), std::string::npos);
}

TEST_F(Errands, ACommandThatShouldWaitMustNotEndWithout) {
#ifdef SANDOQ_EMULATED
  GTEST_SKIP() << "an emulated program cannot start itself";
#endif
  // This program is a test and takes these words for no filter: it lists what it has, and ends with
  // 0.
  EXPECT_NE(does->run(clerk, {"--gtest_list_tests"}).find("Errands."), std::string::npos);
  ASSERT_TRUE(does->outcome());
  does->run(clerk, {"--gtest_list_tests"}, ending::waits);
  ASSERT_FALSE(does->outcome());
  EXPECT_NE(to_string(does->outcome().error()).find("ended with 0 instead of 1"),
            std::string::npos);
}

TEST_F(Errands, PassphrasesAreLongFreshAndForTheirOwnerAlone) {
  does->make_passphrase(clerk, "one");
  does->make_passphrase(clerk, "two");
  ASSERT_TRUE(does->outcome());
  const std::string one = content("clerk/one");
  EXPECT_EQ(one.size(), 33U);
  EXPECT_NE(one, content("clerk/two"));
  struct stat about {};
  ASSERT_EQ(stat((town / "clerk" / "one").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
  EXPECT_EQ(content(errands::list_name).find(one.substr(0, 32)), std::string::npos);
}

TEST_F(Errands, ATownMustBeNew) {
  EXPECT_FALSE(errands::begin(town));
}

}  // namespace
}  // namespace sandoq::tool
