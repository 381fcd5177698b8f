#include <gtest/gtest.h>

#include <algorithm>

#include "sandoq/ballot/manifest_index.hpp"
#include "tools/sandoq/scenario.hpp"

namespace sandoq::tool {
namespace {

TEST(Shorayari, HasTheSizeOfTheElectionOf2019) {
  const scenario s = shorayari_scenario({500, 1});
  const auto level = [&s](node_level wanted) {
    return std::count_if(s.plan.nodes.begin(), s.plan.nodes.end(),
                         [wanted](const tree_node& n) { return n.level == wanted; });
  };
  EXPECT_EQ(s.plan.contests.size(), 352U);
  EXPECT_EQ(level(node_level::district), 22);
  EXPECT_EQ(level(node_level::neighbourhood), 352);
  EXPECT_EQ(level(node_level::branch), 1'700);
  EXPECT_EQ(s.devices.size(), 1'700U);
  std::size_t candidates = 0;
  for (const contest_entry& contest : s.plan.contests) {
    candidates += contest.options.size();
    EXPECT_EQ(contest.seats, 7U);
    EXPECT_EQ(contest.alternates, 3U);
  }
  EXPECT_EQ(candidates, 12'030U);
  EXPECT_EQ(s.voters.size(), 500U);
  EXPECT_TRUE(s.plan.check_rules());
  for (const voter& v : s.voters) {
    ASSERT_EQ(v.choices.size(), 1U);
    EXPECT_LE(v.choices.front().size(), 7U);
  }
}

TEST(Shorayari, IsTheSameForTheSameSeed) {
  const scenario a = shorayari_scenario({50, 7});
  const scenario b = shorayari_scenario({50, 7});
  EXPECT_EQ(a.plan.encode(), b.plan.encode());
  EXPECT_EQ(count_in_the_clear(a), count_in_the_clear(b));
  EXPECT_NE(count_in_the_clear(a), count_in_the_clear(shorayari_scenario({50, 8})));
}

}  // namespace
}  // namespace sandoq::tool
