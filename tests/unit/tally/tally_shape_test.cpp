#include "sandoq/tally/tally_shape.hpp"

#include <gtest/gtest.h>

#include "sandoq/ballot/manifest_index.hpp"
#include "tests/support/sample_election.hpp"

namespace sandoq {
namespace {

TEST(TallyShape, SaysOfAManifestWhatItsIndexSays) {
  testing::deterministic_random random(testing::test_seed());
  const testing::sample_election election(random);
  const auto shape = tally_shape::of(election.source());
  const auto index = manifest_index::build(election.source()).value();
  ASSERT_EQ(shape.nodes(), index.nodes());
  for (std::uint32_t i = 0; i < shape.nodes(); ++i) {
    const node_index node(i);
    EXPECT_EQ(shape.at(node).parent, index.parent_of(node));
    EXPECT_EQ(shape.at(node).children, index.children_of(node));
    EXPECT_EQ(shape.at(node).contests.contests(), index.contest_set(node));
    EXPECT_EQ(shape.at(node).is_branch, index.is_branch(branch_index(i)));
  }
  ASSERT_EQ(shape.branches().size(), index.branches().size());
  for (std::size_t b = 0; b < shape.branches().size(); ++b) {
    EXPECT_EQ(shape.branches()[b].value(), index.branches()[b].value());
  }
  ASSERT_EQ(shape.contests(), 3U);
  EXPECT_EQ(shape.width(contest_index(0)), 11U);  // 10 options and blank
  EXPECT_EQ(shape.width(contest_index(1)), 3U);
  EXPECT_EQ(shape.width(contest_index(2)), 3U);
}

TEST(ContestSet, HoldsAllThousandAndTwentyFourContests) {
  contest_set set;
  EXPECT_EQ(set.size(), 0U);
  for (const std::uint32_t c : {1023U, 0U, 63U, 64U}) {
    EXPECT_FALSE(set.contains(contest_index(c)));
    set.insert(contest_index(c));
    EXPECT_TRUE(set.contains(contest_index(c)));
  }
  EXPECT_FALSE(set.contains(contest_index(65)));
  const std::vector<contest_index> expected = {contest_index(0), contest_index(63),
                                               contest_index(64), contest_index(1023)};
  EXPECT_EQ(set.contests(), expected);
  EXPECT_EQ(contest_set(expected), set);
  contest_set other;
  other.insert(contest_index(5));
  EXPECT_EQ((set | other).size(), 5U);
  EXPECT_EQ((other | set), (set | other));
  contest_set low;
  low.insert(contest_index(0));
  EXPECT_NE(low, set) << "sets that end in different words";
  EXPECT_EQ((low | other).contests(), (std::vector{contest_index(0), contest_index(5)}));
  EXPECT_FALSE(other.contains(contest_index(4000)));
  EXPECT_DEATH(set.insert(contest_index(1024)), "at most 1,024");
}

}  // namespace
}  // namespace sandoq
