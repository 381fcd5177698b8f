// An outlook stays readable however large the election is.

#include "tools/sandoq/office/outlook_page.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sandoq::tool {
namespace {

std::vector<std::string> numbered(std::size_t count) {
  std::vector<std::string> out;
  for (std::size_t i = 1; i <= count; ++i) {
    out.push_back("d" + std::to_string(i));
  }
  return out;
}

TEST(OutlookPage, NamesAtMostFiveWhoRunTheSame) {
  EXPECT_EQ(some_of({}), "");
  EXPECT_EQ(some_of(numbered(1)), "d1");
  EXPECT_EQ(some_of(numbered(5)), "d1, d2, d3, d4, d5");
  EXPECT_EQ(some_of(numbered(6)), "d1, d2, d3, d4, d5 and 1 more");
  const manifest plan;
  outlook_page page(plan);
  for (const std::string& name : numbered(1700)) {
    page.next(name, "sandoq booth open");
  }
  page.next("e1", "sandoq booth prepare");
  page.gather();
  EXPECT_EQ(std::move(page).take().next,
            (std::vector<std::string>{"d1, d2, d3, d4, d5 and 1695 more: sandoq booth open",
                                      "e1: sandoq booth prepare"}));
}

TEST(OutlookPage, HasAtMostTwentyLinesOfOneMatter) {
  const manifest plan;
  outlook_page page(plan);
  page.lines(numbered(20));
  page.lines(numbered(23));
  const election_outlook out = std::move(page).take();
  ASSERT_EQ(out.lines.size(), 41U);
  EXPECT_EQ(out.lines[19].text, "d20");
  EXPECT_EQ(out.lines[39].text, "d20");
  EXPECT_EQ(out.lines[40].text, "and 3 more");
}

TEST(OutlookPage, PutsWhoSignsFirst) {
  manifest plan;
  plan.boards = {{"executive", {}, 2, std::vector<trustee_entry>(2)}};
  plan.boards[0].trustees[0].id = "anna";
  plan.boards[0].trustees[1].id = "bahar";
  outlook_page page(plan);
  EXPECT_FALSE(page.waits_for_signatures());
  page.next("sandoq close");
  page.to_sign({board_index(0), trustee_index(2)});
  page.to_sign({board_index(0), trustee_index(1)});
  page.to_sign({board_index(0), trustee_index(2)});  // under another statement
  EXPECT_TRUE(page.waits_for_signatures());
  page.gather();
  EXPECT_EQ(
      std::move(page).take().next,
      (std::vector<std::string>{"sandoq trustee sign: enough of anna, bahar", "sandoq close"}));
}

}  // namespace
}  // namespace sandoq::tool
