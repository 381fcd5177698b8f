// The elections that drills hold in their real size, and what a count in the clear makes of them.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "tools/sandoq/electorate.hpp"
#include "tools/sandoq/oracle.hpp"
#include "tools/sandoq/scenario.hpp"

namespace sandoq::tool::drill_profiles_test {
namespace {

std::size_t places(const manifest& m, node_level level) {
  return static_cast<std::size_t>(std::count_if(
      m.nodes.begin(), m.nodes.end(), [&](const auto& node) { return node.level == level; }));
}

/// Every ballot is one that a device takes, at a place that is open.
void expect_possible(const scenario& s) {
  const auto good = s.plan.check_rules();
  ASSERT_TRUE(good) << to_string(good.error());
  std::size_t branch = 0;
  std::map<node_index, std::vector<style_index>> given;
  for (std::uint32_t n = 0; n < s.plan.nodes.size(); ++n) {
    if (s.plan.nodes[n].level == node_level::branch) {
      given[node_index{n}] = s.plan.branch_styles[branch++];
    }
  }
  for (const voter& v : s.voters) {
    ASSERT_TRUE(s.devices.contains(v.branch));
    ASSERT_LE(v.device.value(), s.devices.at(v.branch));
    const auto& styles = given.at(v.branch);
    ASSERT_NE(std::find(styles.begin(), styles.end(), v.style), styles.end());
    const auto& contests = s.plan.styles[v.style.value()].contests;
    ASSERT_EQ(v.choices.size(), contests.size());
    for (std::size_t i = 0; i < contests.size(); ++i) {
      const contest_entry& contest = s.plan.contests[contests[i].value()];
      const std::set<std::uint32_t> different(v.choices[i].begin(), v.choices[i].end());
      ASSERT_EQ(different.size(), v.choices[i].size());
      ASSERT_LE(v.choices[i].size(), contest.max_choices);
      ASSERT_TRUE(v.choices[i].empty() || *different.rbegin() < contest.options.size());
    }
  }
}

TEST(Tehran, IsTheCouncilInItsRealSize) {
  const scenario s = tehran_scenario({2000, 1});
  expect_possible(s);
  EXPECT_EQ(places(s.plan, node_level::branch), 22U);  // two thousand voters fill no more
  EXPECT_EQ(places(s.plan, node_level::district), 22U);
  EXPECT_EQ(s.devices.size(), 22U);
  const contest_entry& council = s.plan.contests.at(0);
  EXPECT_EQ(council.options.size(), 5063U);
  EXPECT_EQ(council.encoding, contest_encoding::slots);
  EXPECT_EQ(council.max_choices, 21U);
  EXPECT_EQ(council.lists.size(), 30U);
  EXPECT_EQ(s.closed_branches, 3797U - 22U);
  const scenario all = tehran_scenario({50, 1, all_voters, true});
  expect_possible(all);
  EXPECT_EQ(places(all.plan, node_level::branch), 3797U);
  EXPECT_EQ(all.devices.size(), 3797U);
  EXPECT_EQ(all.closed_branches, 0U);
  const scenario more = tehran_scenario({80'000, 1});
  expect_possible(more);
  EXPECT_GE(places(more.plan, node_level::branch), 200U);
  EXPECT_LE(places(more.plan, node_level::branch), 222U);
}

TEST(Tehran, AListCodeIsAVoteForEveryMember) {
  const scenario s = tehran_scenario({1000, 3});
  const contest_entry& council = s.plan.contests.at(0);
  std::size_t codes = 0;
  std::size_t blank = 0;
  for (const voter& v : s.voters) {
    const auto read =
        read_choices(council.law->ballot, council.lists,
                     static_cast<std::uint32_t>(council.options.size()), v.entries_in(0));
    blank += v.entries_in(0).empty() ? 1 : 0;
    if (const auto list = v.list_of(0)) {
      ++codes;
      EXPECT_TRUE(v.choices[0].empty());
      for (const option_index option : council.lists[*list].options) {
        EXPECT_EQ(read.votes[option.value()], 1U);
      }
    }
  }
  EXPECT_NEAR(static_cast<double>(codes), 450, 60);
  EXPECT_NEAR(static_cast<double>(blank), 130, 40);
}

TEST(Tehran, SeatsFollowFromTheVotesOfTheClear) {
  const scenario s = tehran_scenario({3000, 5});
  const counted_contest counted = count_contest_in_the_clear(s, contest_index{0});
  EXPECT_EQ(counted.ballots, 3000U);
  const auto seats = allocate_in_the_clear(s, contest_index{0});
  ASSERT_TRUE(seats) << to_string(seats.error());
  EXPECT_FALSE(seats->transcript.steps.empty());
  if (seats->status == allocation_status::decided) {
    EXPECT_EQ(seats->elected.size(), 21U);
  }
}

TEST(Tabriz, SomeVotersAreEntitledToSomeContestsOnly) {
  const scenario s = tabriz_scenario({2000, 1});
  expect_possible(s);
  ASSERT_EQ(s.plan.contests.size(), 3U);
  EXPECT_EQ(s.plan.contests[0].encoding, contest_encoding::slots);
  EXPECT_EQ(s.plan.contests[1].encoding, contest_encoding::bit_vector);
  std::set<std::uint32_t> styles;
  for (const voter& v : s.voters) {
    styles.insert(v.style.value());
  }
  EXPECT_EQ(styles.size(), 5U);
  const scenario all = tabriz_scenario({50, 1, all_voters, true});
  EXPECT_EQ(places(all.plan, node_level::branch), 976U);
}

TEST(Mazandaran, HasTwelveSeatsInNineConstituencies) {
  const scenario s = mazandaran_scenario({1000, 1});
  expect_possible(s);
  EXPECT_EQ(places(s.plan, node_level::constituency), 9U);
  EXPECT_EQ(places(s.plan, node_level::county), 22U);
  EXPECT_EQ(places(s.plan, node_level::branch), 22U);
  std::uint32_t seats = 0;
  for (std::size_t c = 1; c < s.plan.contests.size(); ++c) {
    seats += s.plan.contests[c].seats;
  }
  EXPECT_EQ(seats, 12U);
  EXPECT_EQ(s.plan.contests[0].seats, 4U);
}

ballot_file rankings() {
  ballot_file file;
  file.contest = "mayor";
  file.columns = 3;
  file.options = {"Ali", "Bea", "Zoe"};
  file.precincts = {"P1"};
  // Ali leads, but Zoe's voters put Bea next.
  for (int i = 0; i < 4; ++i) {
    file.ballots.push_back({0, {0}, {0}});
  }
  for (int i = 0; i < 3; ++i) {
    file.ballots.push_back({0, {1}, {1}});
  }
  for (int i = 0; i < 2; ++i) {
    file.ballots.push_back({0, {1, 2}, {2, 1}});
  }
  file.ballots.push_back({0, {}, {}});
  return file;
}

TEST(Ranked, TheLeaderOfTheFirstRoundMayLose) {
  const scenario s = ranked_scenario(rankings());
  expect_possible(s);
  const auto seats = allocate_in_the_clear(s, contest_index{0});
  ASSERT_TRUE(seats) << to_string(seats.error());
  ASSERT_EQ(seats->elected.size(), 1U);
  EXPECT_EQ(seats->elected[0], option_index{1});
  EXPECT_EQ(count_in_the_clear(s), (plain_counts{{"mayor", {{"blank", 1}, {"invalid", 0}}}}));
}

TEST(Oracle, FindsTheFirstStepThatDiffers) {
  const scenario s = ranked_scenario(rankings());
  const auto seats = allocate_in_the_clear(s, contest_index{0});
  ASSERT_TRUE(seats);
  contest_seats found{"mayor", seats->status, {"Bea"}, {}, {}, seats->transcript};
  EXPECT_EQ(difference_of_seats(s, {&found, 1}), std::nullopt);
  contest_seats other = found;
  other.elected = {"Ali"};
  EXPECT_EQ(difference_of_seats(s, {&other, 1}), "mayor: who is elected differs");
  other = found;
  other.transcript.steps[1].subjects.push_back(0);
  EXPECT_EQ(difference_of_seats(s, {&other, 1}), "mayor: step 2 of its allocation differs");
  other = found;
  other.transcript.steps.pop_back();
  EXPECT_NE(difference_of_seats(s, {&other, 1}), std::nullopt);
  EXPECT_NE(difference_of_seats(s, {}), std::nullopt);
}

}  // namespace
}  // namespace sandoq::tool::drill_profiles_test
