#include "tools/sandoq/rehearsal/tie_needs.hpp"

#include <gtest/gtest.h>

namespace sandoq::tool {
namespace {

/// The upper village with so many votes for each of its first candidates, each on a ballot of its
/// own.
scenario village_with(const std::vector<std::uint32_t>& votes) {
  scenario s = village_scenario({0, 1});
  for (std::uint32_t candidate = 0; candidate < votes.size(); ++candidate) {
    for (std::uint32_t i = 0; i < votes[candidate]; ++i) {
      s.voters.push_back({node_index{5}, device_index{1}, style_index{1}, {{candidate}}});
    }
  }
  return s;
}

// Three seats and two alternates; by hand.
TEST(TieNeeds, NothingWithoutATie) {
  EXPECT_EQ(tie_needs_of(village_with({5, 4, 3, 2, 1}), {}).value(), tie_needs());
}

TEST(TieNeeds, AttributesOfEveryOptionOfTheTieAndALotWhereTheyAreEqual) {
  const scenario s = village_with({5, 4, 3, 3, 3, 1});  // 103, 104, 105 for the third seat
  tie_rules rules;
  EXPECT_EQ(
      tie_needs_of(s, rules).value(),
      (tie_needs{{"council-upper/103=0", "council-upper/104=0", "council-upper/105=0"}, true}));
  rules.attributes = {{"council-upper/103", {7}}, {"council-upper/104", {9}}};
  EXPECT_EQ(tie_needs_of(s, rules).value(),
            (tie_needs{{"council-upper/103=7", "council-upper/104=9", "council-upper/105=0"}}));
}

TEST(TieNeeds, BallotsOfAnExcludedDeviceMakeNoTie) {
  scenario s = village_with({5, 4, 3, 3, 3, 1});
  ASSERT_TRUE(add_mishap(s, "upper-mosque:1", mishap::excluded));
  EXPECT_EQ(tie_needs_of(s, {}).value(), tie_needs());
}

TEST(TieNeeds, WithoutAPublicValueATieStaysOpen) {
  scenario s = village_with({5, 4, 3, 3, 3, 1});
  s.plan.beacon.clear();
  EXPECT_EQ(tie_needs_of(s, {}).value(), (tie_needs{{}, false, true}));
}

}  // namespace
}  // namespace sandoq::tool
