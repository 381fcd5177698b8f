#include "tools/sandoq/standings.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

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
  const auto rows = standings_of(contest, result, {}, {});
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
  const auto rows = standings_of(contest, result, {}, {});
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
  const auto rows = standings_of(contest, result, outcomes, {});
  std::string order;
  for (const standing_row& row : rows) {
    order += row.option->id + std::to_string(static_cast<int>(row.how)) + " ";
  }
  EXPECT_EQ(order, "d0 b0 a1 c4 e3 f3 ");
  EXPECT_EQ(rows[0].outcome, &outcomes[1]);
  EXPECT_EQ(rows[4].outcome, &outcomes[2]);
  EXPECT_EQ(rows[3].tie, result.seats.ties.data());
}

/// "b elected 9, ..." in the order of the rows.
std::string told(const std::vector<standing_row>& rows) {
  static const std::vector<std::string> names{"elected", "alternate", "runoff", "tied",
                                              "none",    "blank",     "invalid"};
  std::string out;
  for (const standing_row& row : rows) {
    out += (out.empty() ? "" : ", ") +
           (row.option == nullptr ? std::string() : row.option->id + " ") +
           names[static_cast<std::size_t>(row.how)] +
           (row.votes ? " " + std::to_string(*row.votes) : "");
  }
  return out;
}

contest_entry packed(contest_encoding encoding) {
  contest_entry contest;
  contest.id = "mayor";
  contest.encoding = encoding;
  contest.rule = seat_rule::by_law;
  contest.options = {{"a", {}}, {"b", {}}, {"c", {}}, {"d", {}}, {"e", {}}};
  return contest;
}

contest_seats seats_of(std::string contest) {
  contest_seats out;
  out.contest = std::move(contest);
  out.elected = {"e", "c"};
  out.alternates = {"a"};
  out.runoff = {"d", "b"};
  return out;
}

TEST(Standings, FollowARuleOfTheContestsOwn) {
  contest_entry contest = packed(contest_encoding::packed_subset);
  contest_result result;
  result.counts = {3, 9, 3, 3, 3, 40};
  const std::vector<contest_seats> seats{seats_of("another"), seats_of("mayor")};
  EXPECT_EQ(told(standings_of(contest, result, {}, seats)),
            "b runoff 9, e elected 3, c elected 3, a alternate 3, d runoff 3, invalid 40");
  EXPECT_EQ(told(standings_of(contest, result, {}, std::span(seats).first(1))),
            "b none 9, a none 3, c none 3, d none 3, e none 3, invalid 40");
  contest.blank = blank_option::counted;
  result.counts = {3, 9, 3, 3, 3, 50, 60};
  EXPECT_EQ(told(standings_of(contest, result, {}, seats)),
            "b runoff 9, e elected 3, c elected 3, a alternate 3, d runoff 3, blank 50, "
            "invalid 60");
}

TEST(Standings, HaveNoVotesForTheOptionsOfARanking) {
  contest_entry contest = packed(contest_encoding::packed_ranking);
  contest_result result;
  result.counts = {2};
  std::vector<contest_seats> seats{seats_of("mayor")};
  seats.front().runoff.clear();
  EXPECT_EQ(told(standings_of(contest, result, {}, seats)),
            "e elected, c elected, a alternate, b none, d none, invalid 2");
  contest.blank = blank_option::counted;
  result.counts = {4, 2};
  EXPECT_EQ(told(standings_of(contest, result, {}, {})),
            "a none, b none, c none, d none, e none, blank 4, invalid 2");
}

TEST(Standings, ElectNobodyWhileAnAllocationIsOpen) {
  const contest_entry contest = packed(contest_encoding::packed_subset);
  contest_result result;
  result.counts = {3, 9, 3, 3, 3, 1};
  std::vector<contest_seats> seats{seats_of("mayor")};
  seats.front().status = allocation_status::open;
  EXPECT_EQ(told(standings_of(contest, result, {}, seats)),
            "b none 9, a none 3, c none 3, d none 3, e none 3, invalid 1");
}

TEST(Standings, FindTheHighestCounts) {
  const contest_counts counts{
      "mayor", {{"a", 1}, {"b", 7}, {"c", 1}, {"d", 8}, {"blank", 9}, {"invalid", 10}}};
  std::string ids;
  for (const option_count* count : highest(counts, 3)) {
    ids += count->option + std::to_string(count->votes) + " ";
  }
  EXPECT_EQ(ids, "d8 b7 a1 ");
  EXPECT_EQ(highest(counts, 10).size(), 4U);
  const contest_write_ins written{"mayor", {{"Ava", 2}, {"Bahar", 5}, {"Cyrus", 2}}};
  std::string texts;
  for (const written_text* text : highest(written, 2)) {
    texts += text->text + " ";
  }
  EXPECT_EQ(texts, "Bahar Ava ");
}

}  // namespace
}  // namespace sandoq::tool
