#include "tools/sandoq/shown_text.hpp"

#include <gtest/gtest.h>

namespace sandoq::tool {
namespace {

TEST(ShownText, LeavesTextAlone) {
  EXPECT_EQ(shown("Candidate 7, \u0646\u0627\u0645\u0632\u062F\u200C\u0647\u0627"),
            "Candidate 7, \u0646\u0627\u0645\u0632\u062F\u200C\u0647\u0627");
  EXPECT_EQ(shown(""), "");
}

TEST(ShownText, EscapesWhatCouldDrawOnTheScreen) {
  EXPECT_EQ(shown("a\nverdict: accept\x1b[31m"), "a\\x0averdict: accept\\x1b[31m");
  EXPECT_EQ(shown(std::string_view("\0", 1)), "\\x00");
  EXPECT_EQ(shown("\u0085\u009b"), "\\x85\\x9b");
  EXPECT_EQ(shown("\u202Eabc\u2066\u2028\u200F"), "\\u202eabc\\u2066\\u2028\\u200f");
  EXPECT_EQ(shown("\u061C\u206A\uFEFF"), "\\u061c\\u206a\\ufeff");
  EXPECT_EQ(shown("\xff\xC3"), "\\xff\\xc3");
}

}  // namespace
}  // namespace sandoq::tool
