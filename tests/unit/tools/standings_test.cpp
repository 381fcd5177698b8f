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
  const auto rows = standings_of(contest, result, {});
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
  const auto rows = standings_of(contest, result, {});
  EXPECT_EQ(rows[0].option->id + rows[1].option->id + rows[2].option->id, "cba");
}

TEST(Standings, FollowsTheFinalOrderOfAResolvedTie) {
  contest_entry contest;
  contest.id = "mayor";
  contest.options = {{"a", {}}, {"b", {}}, {"c", {}}, {"d", {}}, {"e", {}}, {"f", {}}};
  contest_result result;
  result.counts = {5, 5, 5, 5, 2, 2};
  result.seats.ties = {{2, 1, {option_index{0}, option_index{1}, option_index{2}, option_index{3}}},
                       {0, 1, {option_index{4}, option_index{5}}}};
  const std::vector<tie_outcome> outcomes{
      {"another", 2, 1, tie_state::resolved, {"a", "b", "c", "d"}},
      {"mayor", 2, 1, tie_state::resolved_with_lot, {"d", "b", "a", "c"}},
      {"mayor", 0, 1, tie_state::open, {"e", "f"}}};
  const auto rows = standings_of(contest, result, outcomes);
  std::string order;
  for (const standing_row& row : rows) {
    order += row.option->id + std::to_string(static_cast<int>(row.how)) + " ";
  }
  EXPECT_EQ(order, "d0 b0 a1 c3 e2 f2 ");
  EXPECT_EQ(rows[0].outcome, &outcomes[1]);
  EXPECT_EQ(rows[4].outcome, &outcomes[2]);
  EXPECT_EQ(rows[3].tie, result.seats.ties.data());
}

}  // namespace
}  // namespace sandoq::tool
