#include "tools/sandoq/scratch_directory.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/temporary_directory.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

/// Scratch directories of this test are made in a place of its own.
class ScratchDirectory : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* was = std::getenv("TMPDIR");
    before_ = was == nullptr ? "" : was;
    setenv("TMPDIR", place_.path().c_str(), 1);
  }
  void TearDown() override {
    if (before_.empty()) {
      unsetenv("TMPDIR");
    } else {
      setenv("TMPDIR", before_.c_str(), 1);
    }
  }

  [[nodiscard]] bool nothing_left() const { return fs::is_empty(place_.path()); }

  /// One with a file in a folder.
  static result<scratch_directory> made() {
    auto out = scratch_directory::make();
    if (out) {
      fs::create_directory(out->path() / "record");
      std::ofstream(out->path() / "record" / "file") << "text";
    }
    return out;
  }

 private:
  sandoq::testing::temporary_directory place_;
  std::string before_;
};

TEST_F(ScratchDirectory, GoesAwayWithItsObject) {
  for (int i = 0; i < 10; ++i) {
    const auto one = made();
    const auto other = made();
    ASSERT_TRUE(one && other);
    EXPECT_NE(one->path(), other->path());
    EXPECT_TRUE(fs::exists(one->path() / "record" / "file"));
  }
  EXPECT_TRUE(nothing_left());
}

TEST_F(ScratchDirectory, ThereAreFourAtMost) {
  {
    std::vector<scratch_directory> all;
    for (int i = 0; i < 4; ++i) {
      auto next = made();
      ASSERT_TRUE(next);
      all.push_back(std::move(*next));
    }
    EXPECT_FALSE(made());
    all.pop_back();
    EXPECT_TRUE(made());
  }
  EXPECT_TRUE(nothing_left());
}

TEST_F(ScratchDirectory, IsRemovedAtAnEndWithoutDestructors) {
  const auto end = [] {
    const auto one = made();
    const auto other = made();
    remove_scratch_directories();
    std::_Exit(one && other ? 2 : 3);
  };
  EXPECT_EXIT(end(), ::testing::ExitedWithCode(2), "^$");
  EXPECT_TRUE(nothing_left());
}

TEST_F(ScratchDirectory, IsNamedIfTheEndCameBefore) {
  const auto end = [] {
    remove_scratch_directories();
    const auto one = made();
    remove_scratch_directories();
    std::_Exit(one ? 2 : 3);
  };
  EXPECT_EXIT(end(), ::testing::ExitedWithCode(2), "is left; delete .*/sandoq-[A-Za-z0-9]{6}\n$");
  EXPECT_FALSE(nothing_left());
}

}  // namespace
}  // namespace sandoq::tool
