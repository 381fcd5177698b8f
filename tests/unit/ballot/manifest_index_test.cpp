#include "sandoq/ballot/manifest_index.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "tests/support/deterministic_random.hpp"
#include "tests/support/sample_election.hpp"

namespace sandoq {
namespace {

using testing::deterministic_random;
using testing::test_seed;

// A random tree in pre-order: every new node goes below the last one or one of its ancestors.
void grow_tree(manifest& m, deterministic_random& random, std::size_t size) {
  m.nodes = {{"0", node_level::nation, no_parent, {}}};
  std::vector<std::uint32_t> path{0};
  while (m.nodes.size() < size) {
    path.resize(1 + random.below(path.size()));
    const auto at = static_cast<std::uint32_t>(m.nodes.size());
    auto level = static_cast<std::uint64_t>(m.nodes[path.back()].level) + 1;
    level += random.below(5 - level);
    m.nodes.push_back(
        {std::to_string(at), static_cast<node_level>(level), node_index(path.back()), {}});
    if (level < 4) {
      path.push_back(at);
    }
  }
  // Whatever stayed childless gets a branch.
  for (std::size_t i = m.nodes.size(); i-- > 0;) {
    const bool childless = std::none_of(m.nodes.begin(), m.nodes.end(), [&](const tree_node& node) {
      return node.parent.value() == i;
    });
    if (childless) {
      m.nodes[i].level = node_level::branch;
    }
  }
  m.branch_styles.clear();
  for (const tree_node& node : m.nodes) {
    if (node.level == node_level::branch) {
      m.branch_styles.push_back({style_index(static_cast<std::uint32_t>(random.below(2)))});
    }
  }
}

bool is_within_by_walking(const manifest& m, std::uint32_t inner, std::uint32_t outer) {
  for (std::uint32_t at = inner; at != no_parent.value(); at = m.nodes[at].parent.value()) {
    if (at == outer) {
      return true;
    }
  }
  return false;
}

void expect_same_as_walking(const manifest& m) {
  const auto built = manifest_index::build(m);
  ASSERT_TRUE(built.has_value()) << (built ? "" : to_string(built.error()));
  const manifest_index& index = *built;
  ASSERT_EQ(index.nodes(), m.nodes.size());
  std::size_t ordinal = 0;
  for (std::uint32_t i = 0; i < m.nodes.size(); ++i) {
    const node_index node(i);
    EXPECT_EQ(index.parent_of(node), m.nodes[i].parent);
    std::vector<node_index> children;
    std::vector<node_index> ancestors;
    std::set<contest_index> contests;
    std::size_t branches_before = 0;
    for (std::uint32_t j = 0; j < m.nodes.size(); ++j) {
      EXPECT_EQ(index.is_within(node_index(j), node), is_within_by_walking(m, j, i));
      if (m.nodes[j].parent == node) {
        children.emplace_back(j);
      }
      if (m.nodes[j].level == node_level::branch) {
        if (is_within_by_walking(m, j, i)) {
          for (const style_index style : m.branch_styles[branches_before]) {
            const auto& some = m.styles[style.value()].contests;
            contests.insert(some.begin(), some.end());
          }
        }
        ++branches_before;
      }
    }
    for (std::uint32_t up = m.nodes[i].parent.value(); up != no_parent.value();
         up = m.nodes[up].parent.value()) {
      ancestors.emplace_back(up);
    }
    EXPECT_EQ(index.children_of(node), children);
    EXPECT_EQ(index.ancestors_of(node), ancestors);
    EXPECT_EQ(index.contest_set(node),
              std::vector<contest_index>(contests.begin(), contests.end()));
    const bool is_branch = m.nodes[i].level == node_level::branch;
    EXPECT_EQ(index.is_branch(branch_index(i)), is_branch);
    EXPECT_EQ(index.ordinal_of(branch_index(i)).has_value(), is_branch);
    if (is_branch) {
      EXPECT_EQ(index.ordinal_of(branch_index(i)), ordinal);
      EXPECT_EQ(index.branches()[ordinal], branch_index(i));
      const auto styles = index.styles_at(branch_index(i));
      EXPECT_TRUE(std::equal(styles.begin(), styles.end(), m.branch_styles[ordinal].begin(),
                             m.branch_styles[ordinal].end()));
      ++ordinal;
    }
  }
  EXPECT_EQ(index.branches().size(), ordinal);
}

TEST(manifest_index, answers_as_walking_the_sample_does) {
  deterministic_random random(test_seed());
  expect_same_as_walking(testing::sample_election(random).source());
}

TEST(manifest_index, answers_as_walking_random_trees_does) {
  deterministic_random random(test_seed());
  manifest m = testing::sample_election(random).source();
  for (contest_entry& contest : m.contests) {
    contest.scope = node_index(0);
  }
  for (std::size_t size = 1; size <= 40; size += 3) {
    grow_tree(m, random, size);
    expect_same_as_walking(m);
  }
}

TEST(manifest_index, knows_which_style_is_given_where) {
  deterministic_random random(test_seed());
  const auto index = *manifest_index::build(testing::sample_election(random).source());
  EXPECT_TRUE(index.is_given(style_index(1), branch_index(3)));
  EXPECT_FALSE(index.is_given(style_index(2), branch_index(3)));
  EXPECT_FALSE(index.is_given(style_index(0), branch_index(4)));
  EXPECT_FALSE(index.is_given(style_index(0), branch_index(2)));
  EXPECT_FALSE(index.is_given(style_index(0), branch_index(10)));
  EXPECT_EQ(index.contests_of(style_index(2))[1], contest_index(2));
  EXPECT_EQ(index.scope_of(contest_index(2)), node_index(7));
  EXPECT_TRUE(index.votes_on(node_index(0), contest_index(1)));
  EXPECT_FALSE(index.votes_on(node_index(6), contest_index(1)));
}

TEST(manifest_index, is_not_built_for_a_manifest_that_breaks_a_rule) {
  deterministic_random random(test_seed());
  manifest m = testing::sample_election(random).source();
  m.boards[0].threshold = 0;
  EXPECT_FALSE(manifest_index::build(m).has_value());
}

}  // namespace
}  // namespace sandoq
