#include "sandoq/tally/subtotal_plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

constexpr contest_index contest{0};
using plan = std::vector<std::vector<node_index>>;

// A tree with the ballots of its branches, as much of a manifest as a plan needs.
struct tree {
  manifest source;
  std::vector<std::uint64_t> ballots;  // by node, 0 above branches
  node_index scope{0};

  std::uint32_t add(node_level level, std::uint32_t parent, std::uint64_t count = 0) {
    source.nodes.push_back({std::to_string(source.nodes.size()),
                            level,
                            source.nodes.empty() ? no_parent : node_index(parent),
                            {}});
    ballots.push_back(count);
    return static_cast<std::uint32_t>(source.nodes.size() - 1);
  }
  [[nodiscard]] opening_grounds grounds(std::uint32_t floor) const {
    const auto count = static_cast<std::uint32_t>(source.nodes.size());
    std::vector<node_index> ends;
    for (std::uint32_t n = 0; n < count; ++n) {
      ends.emplace_back(n + 1);
    }
    for (std::uint32_t n = count; n-- > 1;) {
      node_index& above = ends[source.nodes[n].parent.value()];
      above = std::max(above, ends[n]);
    }
    contest_places places{scope, floor, {}};
    for (std::uint32_t n = 0; n < count; ++n) {
      if (ballots[n] > 0 && n >= scope.value() && n < ends[scope.value()].value()) {
        places.branches.push_back({node_index(n), ballots[n]});
      }
    }
    return {std::move(ends), {std::move(places)}};
  }
  [[nodiscard]] plan at(std::uint32_t floor, node_level lowest) const {
    return plan_subtotals(source, grounds(floor), contest, lowest);
  }
};

plan sets(std::vector<std::vector<std::uint32_t>> nodes) {
  plan out;
  for (const auto& set : nodes) {
    out.emplace_back(set.begin(), set.end());
  }
  return out;
}

// A nation 0 with branches 1, 2, ...
tree flat(std::vector<std::uint64_t> counts) {
  tree out;
  out.add(node_level::nation, 0);
  for (const std::uint64_t count : counts) {
    out.add(node_level::branch, 0, count);
  }
  return out;
}

TEST(SubtotalPlan, OpensLargePlacesAloneAndSmallOnesTogether) {
  EXPECT_EQ(flat({60, 70, 80}).at(50, node_level::branch), sets({{1}, {2}, {3}}));
  EXPECT_EQ(flat({60, 20, 80, 30, 0, 10}).at(50, node_level::branch), sets({{1}, {2, 4, 6}, {3}}));
  EXPECT_EQ(flat({60, 20, 80, 0}).at(50, node_level::branch), sets({{1, 2}, {3}}));
  EXPECT_EQ(flat({30, 30, 30, 30, 10}).at(50, node_level::branch), sets({{1, 2}, {3, 4, 5}}));
}

TEST(SubtotalPlan, OpensNothingThatTellsTooMuchOrNothingNew) {
  EXPECT_EQ(flat({60, 70}).at(0, node_level::branch), plan{});   // the total only
  EXPECT_EQ(flat({20, 20}).at(50, node_level::branch), plan{});  // the total is below the floor
  EXPECT_EQ(flat({60, 5}).at(50, node_level::branch), plan{});   // 60 alone would uncover 5
  EXPECT_EQ(flat({60, 0}).at(50, node_level::branch), plan{});   // branch 1 is the total
  EXPECT_EQ(flat({30, 30}).at(50, node_level::branch), plan{});
  EXPECT_EQ(flat({60, 70}).at(50, node_level::district), plan{});  // nothing so high
}

TEST(SubtotalPlan, GoesDownToTheLevelWanted) {
  tree t;
  t.add(node_level::nation, 0);
  const auto city = t.add(node_level::city, 0);
  t.add(node_level::branch, city, 100);
  t.add(node_level::branch, city, 200);
  const auto other = t.add(node_level::city, 0);
  t.add(node_level::branch, other, 300);
  EXPECT_EQ(t.at(50, node_level::nation), plan{});
  EXPECT_EQ(t.at(50, node_level::city), sets({{1}, {4}}));
  // The only branch of city 4 is the city.
  EXPECT_EQ(t.at(50, node_level::branch), sets({{1}, {2}, {3}, {4}}));
  t.scope = node_index(1);
  EXPECT_EQ(t.at(50, node_level::branch), sets({{2}, {3}}));
}

TEST(SubtotalPlan, KeepsEnoughClosedWhereBallotsLieBesideTheLevels) {
  // A branch of 5 right under the nation, beside cities.
  tree t;
  t.add(node_level::nation, 0);
  const auto a = t.add(node_level::city, 0);
  t.add(node_level::district, a);
  t.add(node_level::branch, 2, 60);
  t.add(node_level::district, a);
  t.add(node_level::branch, 4, 70);
  const auto b = t.add(node_level::city, 0);
  t.add(node_level::branch, b, 200);
  t.add(node_level::branch, 0, 5);
  // City 1 with 130 ballots stays closed as such, so that the 5 do not stand alone; its district 4
  // of 70 can be opened, the 60 of the other and the 5 cannot be told apart.
  EXPECT_EQ(t.at(50, node_level::district), sets({{4}, {6}}));
  // With branches wanted, the 5 join the smallest city, whose parts keep them covered.
  EXPECT_EQ(t.at(50, node_level::branch), sets({{1, 8}, {4}, {6}}));
}

TEST(SubtotalPlan, HoldsThePolicyOnRandomTrees) {
  testing::deterministic_random random(testing::test_seed());
  std::size_t opened = 0;
  for (int round = 0; round < 1500; ++round) {
    tree t;
    t.add(node_level::nation, 0);
    const auto grow = [&](auto&& self, std::uint32_t parent, std::uint32_t level) -> void {
      const std::uint64_t children = 1 + random.below(level > 4 ? 6 : 4);
      for (std::uint64_t c = 0; c < children; ++c) {
        const auto next = static_cast<std::uint32_t>(level + 1 + random.below(7 - level));
        if (next == 7) {
          const std::uint64_t kind = random.below(4);
          t.add(node_level::branch, parent, kind == 0 ? 0 : random.below(kind == 1 ? 200 : 20));
        } else {
          self(self, t.add(static_cast<node_level>(next), parent), next);
        }
      }
    };
    grow(grow, 0, static_cast<std::uint32_t>(2 + random.below(4)));
    const auto floor = static_cast<std::uint32_t>(random.below(80));
    const auto lowest = static_cast<node_level>(1 + random.below(7));
    const auto grounds = t.grounds(floor);
    if (grounds.totals().empty()) {
      continue;
    }
    const plan found = t.at(floor, lowest);
    EXPECT_EQ(found, t.at(floor, lowest));
    std::vector<opening_set> family = {{1, {node_index(0)}}};
    for (const auto& nodes : found) {
      family.push_back({static_cast<std::uint32_t>(family.size() + 1), nodes});
      EXPECT_TRUE(check_places(grounds, contest, nodes));
      EXPECT_TRUE(std::all_of(nodes.begin(), nodes.end(), [&](node_index n) {
        return t.source.nodes[n.value()].level <= lowest;
      }));
    }
    const auto holds = check_policy(grounds, contest, family);
    EXPECT_TRUE(holds) << holds.reason();
    opened += found.size();
    // Where every place is large enough, or there is no floor to speak of, nothing stays closed.
    if (floor == 1 && lowest == node_level::branch) {
      std::uint64_t leaves = 0;
      for (const auto& nodes : found) {
        leaves += nodes.size();
      }
      EXPECT_GE(leaves + 1, grounds.places(contest).branches.size());
    }
  }
  EXPECT_GT(opened, 1000U);
}

TEST(SubtotalPlan, NamesNoMorePlacesThanARequestMay) {
  std::vector<std::uint64_t> ones(10'000, 1);
  ones.push_back(20'000);
  ones.push_back(30'000);
  const auto t = flat(ones);
  const auto grounds = t.grounds(5'000);
  std::vector<opening_set> family = {{1, {node_index(0)}}};
  for (const auto& nodes : t.at(5'000, node_level::branch)) {
    family.push_back({static_cast<std::uint32_t>(family.size() + 1), nodes});
    EXPECT_TRUE(check_places(grounds, contest, nodes));
  }
  EXPECT_EQ(family.size(), 3U);
  EXPECT_TRUE(check_policy(grounds, contest, family));
}

}  // namespace
}  // namespace sandoq
