#include "sandoq/tally/group_plan.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/deterministic_random.hpp"

namespace sandoq::group_plan_test {
namespace {

using testing::deterministic_random;
using testing::test_seed;

// A nation 0 with branches 1, 2, ... and two contests: one that is added up, one of slots.
struct election {
  manifest source;
  std::vector<tally_node> nodes;
  std::vector<branch_ballots> branches;
  std::uint32_t floor = 1;
  std::uint32_t slots = 3;

  explicit election(const std::vector<std::uint64_t>& ballots) {
    source.contests.resize(2);
    source.contests[1].id = "council";
    for (std::uint32_t n = 0; n <= ballots.size(); ++n) {
      source.nodes.push_back({"node-" + std::to_string(n), node_level::branch, no_parent, {}});
      nodes.emplace_back();
      nodes.back().node = node_index(n);
      nodes.back().hash.octets[0] = static_cast<std::byte>(n);
      if (n > 0 && ballots[n - 1] > 0) {
        branches.push_back({node_index(n), ballots[n - 1]});
      }
    }
  }
  [[nodiscard]] opening_grounds grounds() const {
    std::vector<node_index> ends{node_index(static_cast<std::uint32_t>(nodes.size()))};
    for (std::uint32_t n = 1; n < nodes.size(); ++n) {
      ends.emplace_back(n + 1);
    }
    contest_places sums{node_index(0), floor, branches};
    contest_places mixed{node_index(0), floor, branches};
    mixed.has_sums = false;
    mixed.mixed_each = slots;
    return {std::move(ends), {std::move(sums), std::move(mixed)}};
  }
  [[nodiscard]] result<std::vector<mix_group>> plan(std::uint64_t longest) const {
    return plan_groups(source, grounds(), nodes, longest);
  }
};

TEST(group_plan, one_list_takes_the_whole_scope_where_it_can) {
  const auto groups = election({4, 0, 5}).plan(27);
  ASSERT_TRUE(groups);
  ASSERT_EQ(groups->size(), 1U);
  const mix_group& only = groups->front();
  EXPECT_EQ(only.group, 1U);
  EXPECT_EQ(only.contest, contest_index(1));
  ASSERT_EQ(only.places.size(), 1U);
  EXPECT_EQ(only.places[0].node, node_index(0));
  EXPECT_EQ(only.ballots, 9U);
  EXPECT_EQ(only.ciphertexts, 27U);
}

TEST(group_plan, longer_lists_are_divided_between_branches) {
  const auto groups = election({4, 0, 5}).plan(26);
  ASSERT_TRUE(groups);
  ASSERT_EQ(groups->size(), 2U);
  EXPECT_EQ((*groups)[0].places[0].node, node_index(1));
  EXPECT_EQ((*groups)[1].places[0].node, node_index(3));
  EXPECT_EQ((*groups)[1].places[0].hash.octets[0], std::byte{3});
  EXPECT_EQ((*groups)[1].group, 2U);
  EXPECT_EQ((*groups)[1].ciphertexts, 15U);
}

TEST(group_plan, too_few_ciphertexts_have_no_group) {
  EXPECT_TRUE(election({0, 0}).plan(100)->empty());
  election one({1});
  one.slots = 1;
  EXPECT_TRUE(one.plan(100)->empty());
  EXPECT_EQ(election({1}).plan(100)->size(), 1U);
}

TEST(group_plan, what_cannot_be_divided_is_said) {
  EXPECT_EQ(election({4, 9}).plan(26).error().code, errc::too_large);
  election strict({4, 5});
  strict.floor = 5;
  const auto small = strict.plan(26);
  ASSERT_FALSE(small);
  EXPECT_EQ(small.error().code, errc::out_of_range);
  EXPECT_NE(small.error().place.find("council"), std::string::npos);
  strict.floor = 0;
  EXPECT_EQ(strict.plan(26).error().code, errc::out_of_range);
  EXPECT_TRUE(strict.plan(27));
}

// Every branch with a ballot in one group, in order, none too long, and what a verifier asks of it.
TEST(group_plan, every_ballot_is_in_one_group) {
  deterministic_random random(test_seed());
  for (int turn = 0; turn < 200; ++turn) {
    std::vector<std::uint64_t> ballots;
    for (int b = 0; b < 40; ++b) {
      ballots.push_back(std::to_integer<std::uint64_t>(random.octets<1>()[0]) % 12);
    }
    const election e(ballots);
    const opening_grounds grounds = e.grounds();
    const std::uint64_t longest = 33 + static_cast<std::uint64_t>(turn);
    const auto groups = e.plan(longest);
    ASSERT_TRUE(groups) << to_string(groups.error());
    std::uint64_t all = 0;
    std::vector<opening_set> sets;
    for (const mix_group& group : *groups) {
      EXPECT_LE(group.ciphertexts, longest);
      EXPECT_EQ(group.ciphertexts, 3 * group.ballots);
      std::uint64_t own = 0;
      opening_set set{group.group, {}, group.group};
      for (const mixed_place& place : group.places) {
        own += grounds.ballots(contest_index(1), place.node);
        set.nodes.push_back(place.node);
      }
      EXPECT_EQ(own, group.ballots);
      EXPECT_TRUE(check_places(grounds, contest_index(1), set.nodes));
      all += own;
      sets.push_back(std::move(set));
    }
    EXPECT_EQ(all, grounds.ballots(contest_index(1), node_index(0)));
    EXPECT_TRUE(check_policy(grounds, contest_index(1), sets));
  }
}

/// Of all divisions the one that 85.8 names: begins of the parts. Empty if none keeps the limits.
std::vector<std::size_t> best_by_trying(const std::vector<branch_ballots>& branches,
                                        std::uint64_t least, std::uint64_t most) {
  std::vector<std::size_t> best;
  std::vector<std::uint64_t> best_cost;
  for (std::uint64_t cuts = 0; cuts < std::uint64_t{1} << (branches.size() - 1); ++cuts) {
    std::vector<std::size_t> begins{0};
    std::vector<std::uint64_t> sizes(1);
    for (std::size_t i = 0; i < branches.size(); ++i) {
      if (i > 0 && (cuts >> (i - 1) & 1U) != 0) {
        begins.push_back(i);
        sizes.push_back(0);
      }
      sizes.back() += branches[i].ballots;
    }
    std::uint64_t squares = 0;
    bool fits = true;
    for (const std::uint64_t size : sizes) {
      fits = fits && size >= least && size <= most;
      squares += size * size;
    }
    // The begins from the last one on, an earlier one before a later one.
    std::vector<std::uint64_t> cost{sizes.size(), squares};
    cost.insert(cost.end(), begins.rbegin(), begins.rend());
    if (fits && (best.empty() || cost < best_cost)) {
      best = begins;
      best_cost = cost;
    }
  }
  return best;
}

TEST(group_plan, is_the_division_that_trying_all_finds) {
  deterministic_random random(test_seed());
  const auto below = [&](std::uint64_t n) {
    return std::to_integer<std::uint64_t>(random.octets<1>()[0]) % n;
  };
  int divided = 0;
  int impossible = 0;
  for (int turn = 0; turn < 600; ++turn) {
    std::vector<std::uint64_t> ballots;
    const std::uint64_t branches = 2 + below(8);
    for (std::uint64_t b = 0; b < branches; ++b) {
      ballots.push_back(1 + below(9));
    }
    election e(ballots);
    e.floor = static_cast<std::uint32_t>(1 + below(8));
    const std::uint64_t most = 9 + below(6);
    const auto groups = e.plan(3 * most);
    std::uint64_t all = 0;
    for (const std::uint64_t each : ballots) {
      all += each;
    }
    if (all <= most) {
      ASSERT_EQ(groups->size(), 1U);
      continue;
    }
    const std::vector<std::size_t> best = best_by_trying(e.branches, e.floor, most);
    ASSERT_EQ(groups.has_value(), !best.empty());
    if (!groups) {
      ++impossible;
      continue;
    }
    ++divided;
    ASSERT_EQ(groups->size(), best.size());
    for (std::size_t i = 0; i < best.size(); ++i) {
      EXPECT_EQ((*groups)[i].places.front().node, e.branches[best[i]].branch);
    }
  }
  EXPECT_GT(divided, 100);
  EXPECT_GT(impossible, 10);
}

}  // namespace
}  // namespace sandoq::group_plan_test
