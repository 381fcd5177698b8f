#include "sandoq/threshold/opening_policy.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/ceremony_fixture.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/rational_span.hpp"

namespace sandoq {
namespace {

using testing::make_grounds;

constexpr contest_index contest{0};

using bits = testing::branch_bits;
using testing::fewest_in_span;
using testing::nodes_of;
using testing::rational_span;
using testing::size_of;

using family = std::vector<opening_set>;

opening_set set_of(bits branches, std::uint32_t number) {
  return {number, nodes_of(branches)};
}

opening_set nodes(std::uint32_t number, std::vector<std::uint32_t> indices) {
  return {number, {indices.begin(), indices.end()}};
}

opening_set list(std::uint32_t number, std::uint32_t group, std::vector<std::uint32_t> indices) {
  return {number, {indices.begin(), indices.end()}, group};
}

TEST(RationalSpan, FindsWhatPairwiseDifferencesDoNot) {
  // (A+B) + (A+C) - (B+C) = 2A.
  rational_span span(3);
  span.add(0b011);
  span.add(0b101);
  EXPECT_FALSE(span.contains(0b001));
  span.add(0b110);
  EXPECT_TRUE(span.contains(0b001));
  EXPECT_EQ(fewest_in_span({0b011, 0b101, 0b110}, {5, 100, 100}), 5U);
}

TEST(OpeningPolicy, RefusesTheThreeOverlappingPairs) {
  // Every set, and every difference of two, has at least 100 ballots; together they give A.
  const auto grounds = make_grounds({{5, 100, 100}}, 50);
  family opened = {nodes(1, {0}), nodes(2, {1, 2})};
  // The residual C of the total is large enough.
  EXPECT_TRUE(check_policy(grounds, contest, opened));
  opened.push_back(nodes(3, {1, 3}));
  const auto refused = check_policy(grounds, contest, opened);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.reason(),
            "request 3 (nodes 1, 3: 105 ballots) and request 2 (nodes 1, 2: 105 ballots) share 5 "
            "ballots, and neither contains the other");
}

TEST(OpeningPolicy, SaysWhichResidualIsTooSmall) {
  const auto grounds = make_grounds({{60, 70, 7}}, 50);
  EXPECT_EQ(check_policy(grounds, contest, family{nodes(1, {0}), nodes(4, {3})}).reason(),
            "request 4 (node 3: 7 ballots) is too small, below the floor of 50");
  EXPECT_EQ(check_policy(grounds, contest, family{nodes(1, {0}), nodes(2, {1, 2})}).reason(),
            "request 1 (node 0: 137 ballots) without request 2 (nodes 1, 2: 130 ballots) leaves 7 "
            "ballots, below the floor of 50");
  EXPECT_EQ(
      check_policy(grounds, contest, family{nodes(1, {0}), nodes(2, {1}), nodes(5, {2})}).reason(),
      "request 1 (node 0: 137 ballots) without requests 2, 5 (130 ballots) leaves 7 ballots, below "
      "the floor of 50");
  EXPECT_TRUE(
      check_policy(grounds, contest, family{nodes(1, {0}), nodes(2, {1}), nodes(3, {2, 3})}));
  EXPECT_TRUE(check_policy(grounds, contest, family{nodes(1, {0}), nodes(2, {1})}));
}

TEST(OpeningPolicy, ExemptsATotalOnlyWhileItIsAlone) {
  const auto small = make_grounds({{3, 4}}, 50);
  EXPECT_TRUE(check_policy(small, contest, family{nodes(1, {0})}));
  EXPECT_TRUE(check_policy(small, contest, family{nodes(1, {1, 2})}));  // by another name
  EXPECT_FALSE(check_policy(small, contest, family{nodes(2, {1})}));
  EXPECT_FALSE(check_policy(small, contest, family{nodes(1, {0}), nodes(2, {1})}));
  const auto total_only = make_grounds({{100, 100}}, 0);
  EXPECT_TRUE(check_policy(total_only, contest, family{nodes(1, {0})}));
  EXPECT_EQ(check_policy(total_only, contest, family{nodes(1, {0}), nodes(2, {1})}).reason(),
            "the floor of contest 0 is 0: nothing but its total is opened, and request 2 (node 1: "
            "100 ballots) is a part");
  EXPECT_EQ(check_policy(total_only, contest, family{nodes(1, {0}), nodes(2, {1, 2})}).reason(),
            "request 2 (nodes 1, 2: 200 ballots) and request 1 (node 0: 200 ballots) are of the "
            "same branches; a set is opened once");
  EXPECT_FALSE(check_policy(total_only, contest, family{nodes(2, {1})}));
  // A floor of 1 permits every set that is not empty.
  EXPECT_TRUE(check_policy(make_grounds({{3, 4}}, 1), contest,
                           family{nodes(1, {0}), nodes(2, {1}), nodes(3, {2})}));
}

TEST(OpeningPolicy, KnowsASetUnderEveryName) {
  // 0(1(2, 3), 4(5)): node 4 and node 5 are one branch, and {2, 3} is node 1. Branch 3 is empty.
  const opening_grounds grounds(
      {node_index(6), node_index(4), node_index(3), node_index(4), node_index(6), node_index(6)},
      {{node_index(0), 10, {{node_index(2), 20}, {node_index(5), 30}}}});
  const auto refused =
      check_policy(grounds, contest, family{nodes(1, {0}), nodes(2, {4}), nodes(3, {5})});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.reason(),
            "request 3 (node 5: 30 ballots) and request 2 (node 4: 30 ballots) are of the same "
            "branches; a set is opened once");
  // An amended branch is the same branch: what changes its ballots does not make a new set.
  EXPECT_FALSE(check_policy(grounds, contest, family{nodes(1, {0}), nodes(2, {1}), nodes(3, {2})}));
  EXPECT_FALSE(check_policy(grounds, contest, family{nodes(1, {0}), nodes(2, {1, 4})}));
  EXPECT_TRUE(check_policy(grounds, contest, family{nodes(1, {0}), nodes(2, {1}), nodes(3, {4})}));
}

TEST(OpeningPolicy, CountsTheVotersOfTheContest) {
  // Everyone in the two branches votes on contest 0, five people of branch 1 on contest 1.
  const auto grounds = make_grounds({{80, 90}, {5, 90}}, 50);
  const family both = {nodes(1, {0}), nodes(3, {1}), nodes(4, {2})};
  EXPECT_TRUE(check_policy(grounds, contest_index(0), both));
  EXPECT_FALSE(check_policy(grounds, contest_index(1), both));
  EXPECT_FALSE(check_policy(grounds, contest_index(1), family{nodes(1, {0}), nodes(4, {2})}));
  EXPECT_TRUE(check_policy(grounds, contest_index(1), family{nodes(1, {0})}));
}

TEST(OpeningPolicy, IsExactOnRandomSequences) {
  testing::deterministic_random random(testing::test_seed());
  std::size_t taken = 0;
  std::size_t refused = 0;
  for (int round = 0; round < 250; ++round) {
    const std::size_t branches = 2 + random.below(5);
    std::vector<std::uint64_t> ballots;
    for (std::size_t b = 0; b < branches; ++b) {
      ballots.push_back(random.below(6) == 0 ? 0 : 1 + random.below(12));
    }
    ballots[random.below(branches)] += 1;
    const auto floor = static_cast<std::uint32_t>(random.below(16));
    const auto grounds = make_grounds({ballots}, floor);
    const bits all = (1U << branches) - 1;
    std::vector<bits> opened;
    family sets;
    for (std::uint32_t number = 1; number <= 12; ++number) {
      const bits wanted =
          number == 1 && random.below(4) != 0 ? all : static_cast<bits>(1 + random.below(all));
      if (size_of(wanted, ballots) == 0) {
        continue;  // check_places refuses it
      }
      sets.push_back(set_of(wanted, number));
      opened.push_back(wanted);
      const bool permitted = check_policy(grounds, contest, sets).holds();
      const bool lone_total =
          opened.size() == 1 && size_of(wanted, ballots) == size_of(all, ballots);
      const auto fewest = fewest_in_span(opened, ballots);
      if (permitted) {
        ++taken;
        EXPECT_TRUE(lone_total || (floor > 0 && *fewest >= floor))
            << "floor " << floor << ", a sum of " << *fewest;
        continue;
      }
      ++refused;
      // Not needlessly: it crosses or repeats a set, or uncovers too few ballots.
      bool laminar = true;
      for (std::size_t i = 0; i + 1 < opened.size(); ++i) {
        const auto ballots_of = [&](bits set) { return size_of(set, ballots); };
        const std::uint64_t both = ballots_of(wanted & opened[i]);
        const std::uint64_t mine = ballots_of(wanted);
        const std::uint64_t its = ballots_of(opened[i]);
        laminar = laminar && (both == 0 || (both == mine) != (both == its));
      }
      EXPECT_TRUE(!laminar || floor == 0 || *fewest < floor)
          << "floor " << floor << ", no sum below " << *fewest;
      sets.pop_back();
      opened.pop_back();
    }
  }
  EXPECT_GT(taken, 100U);
  EXPECT_GT(refused, 500U);
}

// The rule does not depend on the order: a family that holds does so in every order, and so does
// each beginning of it that has the total.
TEST(OpeningPolicy, DoesNotDependOnTheOrder) {
  testing::deterministic_random random(testing::test_seed());
  for (int round = 0; round < 200; ++round) {
    const auto grounds = make_grounds({{9, 3, 12, 5, 20, 1}}, 10);
    family sets = {nodes(1, {0})};
    for (std::uint32_t number = 2; number < 12; ++number) {
      sets.push_back(set_of(static_cast<bits>(1 + random.below(63)), number));
      const bool holds = check_policy(grounds, contest, sets).holds();
      family turned(sets.rbegin(), sets.rend());
      EXPECT_EQ(check_policy(grounds, contest, turned).holds(), holds);
      if (!holds) {
        sets.pop_back();
      }
    }
    for (std::size_t size = 1; size <= sets.size(); ++size) {
      EXPECT_TRUE(check_policy(grounds, contest, std::span(sets).first(size)));
    }
  }
}

// A comb of 60,000 nested places, and a contest of 1,700 branches opened one by one: both would
// take a quadratic check far longer than any test may.
TEST(OpeningPolicy, IsFastOnDeepAndWideFamilies) {
  constexpr std::uint32_t depth = 60'000;
  std::vector<node_index> ends;
  contest_places comb{node_index(0), 1, {}};
  family sets;
  for (std::uint32_t d = 0; d < depth; ++d) {
    ends.emplace_back(2 * depth);  // an inner place, down to the end
    ends.emplace_back(2 * d + 2);  // its branch
    comb.branches.push_back({node_index(2 * d + 1), 1});
    sets.push_back(nodes(d + 1, {2 * d}));
  }
  EXPECT_TRUE(check_policy(opening_grounds(ends, {comb}), contest, sets));
  std::swap(sets[7], sets.back());
  EXPECT_TRUE(check_policy(opening_grounds(ends, {comb}), contest, sets));
  sets.push_back(nodes(depth + 1, {1, 5}));
  EXPECT_FALSE(check_policy(opening_grounds(ends, {comb}), contest, sets));

  const auto wide = make_grounds({std::vector<std::uint64_t>(1700, 60)}, 50);
  family singles = {nodes(1, {0})};
  for (std::uint32_t b = 1; b <= 1700; ++b) {
    singles.push_back(nodes(b + 1, {b}));
    ASSERT_TRUE(b % 100 != 0 || check_policy(wide, contest, singles));
  }
}

TEST(OpeningPolicy, PlacesAreASet) {
  // 0(1(2, 3), 4(5)), contest 1 has its scope at node 1.
  const opening_grounds grounds(
      {node_index(6), node_index(4), node_index(3), node_index(4), node_index(6), node_index(6)},
      {{node_index(0), 10, {{node_index(2), 20}, {node_index(5), 30}}},
       {node_index(1), 10, {{node_index(2), 20}, {node_index(3), 1}}}});
  const auto check = [&](std::uint32_t c, std::vector<std::uint32_t> indices) {
    const auto set = nodes(1, std::move(indices));
    return check_places(grounds, contest_index(c), set.nodes);
  };
  EXPECT_TRUE(check(0, {0}));
  EXPECT_TRUE(check(0, {1, 4}));
  EXPECT_TRUE(check(0, {2, 5}));
  EXPECT_TRUE(check(1, {2, 3}));
  EXPECT_FALSE(check(0, {}));
  EXPECT_FALSE(check(0, {4, 1}));
  EXPECT_FALSE(check(0, {2, 2}));
  EXPECT_FALSE(check(0, {1, 2}));
  EXPECT_FALSE(check(0, {0, 4}));
  EXPECT_EQ(check(0, {2, 3}).reason(), "node 3 has no ballot of the contest");
  EXPECT_EQ(check(0, {6}).reason(), "node 6 is neither the contest's scope nor below it");
  EXPECT_FALSE(check(1, {0}));
  EXPECT_FALSE(check(1, {5}));
  EXPECT_FALSE(check(2, {0}));
  std::vector<std::uint32_t> many(max_request_places + 1);
  EXPECT_FALSE(check(0, many));
}

TEST(OpeningPolicy, TotalsComeFirst) {
  // Contest 1 has no ballots.
  const auto grounds = make_grounds({{3, 4}, {0, 0}, {0, 2}}, 1);
  EXPECT_EQ(grounds.totals().size(), 2U);
  const auto turn = [&](std::uint32_t of, const opening_set& set) {
    return check_turn(grounds, contest_index(of), set, 0);
  };
  EXPECT_TRUE(turn(0, nodes(1, {0})));
  EXPECT_TRUE(turn(2, nodes(2, {0})));
  EXPECT_TRUE(turn(0, nodes(3, {1})));
  EXPECT_FALSE(turn(0, nodes(0, {0})));
  EXPECT_FALSE(turn(2, nodes(1, {0})));
  EXPECT_FALSE(turn(0, nodes(1, {1, 2})));
  EXPECT_EQ(turn(0, nodes(2, {1})).reason(),
            "the first requests are the totals; number 2 must be that of contest 2 at node 0");
  EXPECT_EQ(turn(0, list(3, 1, {1})).reason(), "contest 0 is not mixed: it has no lists");
}

}  // namespace
}  // namespace sandoq
