#include "tools/sandoq/scenario.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace sandoq::tool {
namespace {

ballot_file town() {
  ballot_file file;
  file.contest = "town";
  file.columns = 2;
  file.options = {"Ali", "Zoe"};
  file.precincts = {"P1", "P2"};
  file.ballots = {{1, {0, 1}}, {0, {}}, {0, {1}}};
  return file;
}

TEST(Scenario, AFileOfBallotsBecomesACityOfPrecincts) {
  const scenario s = scenario_of(town());
  ASSERT_TRUE(s.plan.check_rules());
  EXPECT_EQ(s.plan.domain, election_domain::drill);
  EXPECT_EQ(s.plan.contests.at(0).id, "town");
  EXPECT_EQ(s.plan.contests.at(0).max_choices, 2U);
  EXPECT_EQ(s.plan.contests.at(0).min_choices, 1U);
  EXPECT_EQ(s.devices.size(), 2U);
  ASSERT_EQ(s.voters.size(), 3U);
  EXPECT_EQ(s.plan.nodes.at(s.voters[0].branch.value()).id, "P2");
  EXPECT_EQ(count_in_the_clear(s),
            (plain_counts{{"town", {{"Ali", 1}, {"Zoe", 2}, {"blank", 1}}}}));
}

TEST(Scenario, PrecinctsMayBeCalledLikeThePlacesAbove) {
  ballot_file file = town();
  file.precincts = {"city", "nation"};
  EXPECT_TRUE(scenario_of(file).plan.check_rules());
}

TEST(Scenario, OneVoterInAHundredChallenges) {
  ballot_file file = town();
  file.ballots.assign(1000, {0, {1}});
  const auto s = scenario_of(file);
  EXPECT_EQ(std::count_if(s.voters.begin(), s.voters.end(),
                          [](const voter& v) { return v.habit == voter_habit::challenges; }),
            10);
}

TEST(Village, IsTheSameForTheSameSeed) {
  const auto first = village_scenario({200, 7});
  const auto second = village_scenario({200, 7});
  const auto other = village_scenario({200, 8});
  EXPECT_EQ(count_in_the_clear(first), count_in_the_clear(second));
  EXPECT_NE(count_in_the_clear(first), count_in_the_clear(other));
}

TEST(Village, KeepsTheRulesAndUsesEverything) {
  const auto s = village_scenario({500, 1});
  ASSERT_TRUE(s.plan.check_rules());
  std::set<std::uint32_t> styles;
  std::set<voter_habit> habits;
  std::set<std::pair<std::uint32_t, std::uint32_t>> devices;
  bool blank = false;
  for (const voter& v : s.voters) {
    styles.insert(v.style.value());
    habits.insert(v.habit);
    devices.insert({v.branch.value(), v.device.value()});
    const auto& contests = s.plan.styles[v.style.value()].contests;
    ASSERT_EQ(v.choices.size(), contests.size());
    for (std::size_t i = 0; i < contests.size(); ++i) {
      const auto& contest = s.plan.contests[contests[i].value()];
      blank = blank || v.choices[i].empty();
      ASSERT_LE(v.choices[i].size(), contest.max_choices);
      ASSERT_TRUE(std::is_sorted(v.choices[i].begin(), v.choices[i].end()));
      ASSERT_EQ(std::adjacent_find(v.choices[i].begin(), v.choices[i].end()), v.choices[i].end());
      ASSERT_TRUE(v.choices[i].empty() || v.choices[i].back() < contest.options.size());
    }
  }
  EXPECT_EQ(styles.size(), 4U);
  EXPECT_EQ(habits.size(), 3U);
  EXPECT_EQ(devices.size(), 4U);  // the mobile box stays empty
  EXPECT_TRUE(blank);
}

TEST(Village, NoDeviceAndNoBranchServesTooMany) {
  for (const auto& [voters, branches, devices] :
       {std::tuple{1200U, 4U, 5U},
        {3000U, 4U, 5U},
        {3001U, 4U, 5U},
        {3400U, 4U, 7U},
        {10'000U, 4U, 4U + 3 + 3 + 1},
        {1'000'000U, 3U + 2 + 2 + 1, 402U + 300 + 300 + 1}}) {
    const auto s = village_scenario({voters, 1, 20'000});
    ASSERT_TRUE(s.plan.check_rules()) << voters;
    EXPECT_EQ(s.voters.size(), std::min(voters, 20'000U));
    EXPECT_EQ(s.devices.size(), branches) << voters;
    std::uint32_t held = 0;
    for (const auto& [branch, number] : s.devices) {
      held += number;
    }
    EXPECT_EQ(held, devices) << voters;
    std::map<node_index, double> share;  // of the branches
    for (const voter& v : s.voters) {
      const double each = static_cast<double>(voters) / static_cast<double>(s.voters.size());
      ASSERT_GE(v.device.value(), 1U);
      ASSERT_LE(v.device.value(), s.devices.at(v.branch));
      share[v.branch] += each;
    }
    for (const auto& [branch, number] : share) {
      EXPECT_LT(number, 205'000) << voters;
      EXPECT_LT(number / s.devices.at(branch), 1'150) << voters;
    }
  }
}

}  // namespace
}  // namespace sandoq::tool
