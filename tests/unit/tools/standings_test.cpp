#include "tools/sandoq/standings.hpp"

#include <gtest/gtest.h>

namespace sandoq::tool {
namespace {

TEST(Standings, SortsByVotesWithBlankLast) {
  contest_entry contest;
  for (const char* id : {"a", "b", "c", "d", "e"}) {
    contest.options.push_back({id, {}});
  }
  contest.blank = blank_option::counted;
  contest_result result;
  result.counts = {3, 9, 5, 5, 0, 20};
  result.seats.elected = {option_index{1}};
  result.seats.ties = {{1, 1, {option_index{2}, option_index{3}}}};
  const auto rows = standings_of(contest, result);
  std::string order;
  for (const standing_row& row : rows) {
    order += row.option == nullptr ? "blank" : row.option->id;
  }
  EXPECT_EQ(order, "bcdaeblank");
  EXPECT_EQ(rows[0].how, standing::elected);
  EXPECT_EQ(rows[1].how, standing::tied);
  ASSERT_NE(rows[2].tie, nullptr);
  EXPECT_EQ(rows[2].tie->seats, 1U);
  EXPECT_EQ(rows[3].how, standing::none);
  EXPECT_EQ(rows[5].how, standing::blank);
  EXPECT_EQ(rows[5].votes, 20U);
}

TEST(Standings, PutsTheElectedFirstAmongEquals) {
  contest_entry contest;
  contest.options = {{"a", {}}, {"b", {}}, {"c", {}}};
  contest_result result;
  result.counts = {4, 4, 4};
  result.seats.elected = {option_index{2}};
  result.seats.alternates = {option_index{1}};
  const auto rows = standings_of(contest, result);
  EXPECT_EQ(rows[0].option->id + rows[1].option->id + rows[2].option->id, "cba");
}

}  // namespace
}  // namespace sandoq::tool
