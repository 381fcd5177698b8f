// The opening policy where sums and mixed lists are opened beside each other.         SPEC(55.10)

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sandoq/threshold/opening_policy.hpp"
#include "tests/support/ceremony_fixture.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/rational_span.hpp"

namespace sandoq::opening_list_policy_test {
namespace {

using testing::make_grounds;

constexpr contest_index contest{0};

using bits = testing::branch_bits;
using testing::nodes_of;
using testing::size_of;

using family = std::vector<opening_set>;

opening_set nodes(std::uint32_t number, std::vector<std::uint32_t> indices) {
  return {number, {indices.begin(), indices.end()}};
}

opening_set list(std::uint32_t number, std::uint32_t group, std::vector<std::uint32_t> indices) {
  return {number, {indices.begin(), indices.end()}, group};
}

// Contest 0 is added up, contest 1 of slots with blanks, contest 2 packed, contest 3 has no
// ballots.
TEST(OpeningListPolicy, ListsComeAfterTheTotals) {
  const std::vector<node_index> ends = {node_index(3), node_index(2), node_index(3)};
  const std::vector<branch_ballots> branches = {{node_index(1), 60}, {node_index(2), 70}};
  const opening_grounds grounds(ends, {{node_index(0), 50, branches, true, 0},
                                       {node_index(0), 50, branches, true, 3},
                                       {node_index(0), 50, branches, false, 1},
                                       {node_index(0), 50, {}, false, 1}});
  EXPECT_EQ(std::vector(grounds.totals().begin(), grounds.totals().end()),
            (std::vector{contest_index(0), contest_index(1)}));
  EXPECT_FALSE(grounds.is_mixed(contest_index(0)));
  EXPECT_TRUE(grounds.is_mixed(contest_index(1)));
  const auto turn = [&](std::uint32_t of, const opening_set& set) {
    return check_turn(grounds, contest_index(of), set, 3);
  };
  EXPECT_TRUE(turn(0, nodes(1, {0})));
  EXPECT_TRUE(turn(1, nodes(2, {0})));
  EXPECT_TRUE(turn(1, list(3, 1, {1})));
  EXPECT_TRUE(turn(1, list(4, 2, {2})));
  EXPECT_TRUE(turn(2, list(5, 3, {0})));
  EXPECT_TRUE(turn(0, nodes(6, {1})));
  EXPECT_TRUE(turn(1, nodes(6, {1})));
  EXPECT_EQ(turn(2, nodes(6, {1})).reason(), "contest 2 has no sums: only its lists are opened");
  EXPECT_EQ(turn(1, list(2, 1, {0})).reason(),
            "the first requests are the totals; number 2 must be that of contest 1 at node 0");
  const std::string due =
      "after the totals come the lists of all groups; number 3 must be that of "
      "group 1";
  EXPECT_EQ(turn(1, list(3, 2, {2})).reason(), due);
  EXPECT_EQ(turn(0, nodes(3, {1})).reason(), due);
  EXPECT_EQ(turn(2, list(6, 4, {0})).reason(),
            "there are 3 groups, whose lists come right after the totals; number 6 must be of a "
            "sum");
  EXPECT_FALSE(turn(1, list(6, 1, {1})));
}

// The only ballot of a contest of one slot: its blank would tell it.
TEST(OpeningListPolicy, NothingIsOpenedOfWhatCannotBeMixed) {
  const std::vector<node_index> ends = {node_index(2), node_index(2)};
  const std::vector<branch_ballots> one = {{node_index(1), 1}};
  const opening_grounds grounds(ends, {{node_index(0), 0, one, true, 1},
                                       {node_index(0), 0, one, true, 2},
                                       {node_index(0), 0, one, true, 0},
                                       {node_index(0), 0, {{node_index(1), 2}}, true, 1}});
  EXPECT_FALSE(grounds.is_opened(contest_index(0)));
  EXPECT_EQ(std::vector(grounds.totals().begin(), grounds.totals().end()),
            (std::vector{contest_index(1), contest_index(2), contest_index(3)}));
  EXPECT_FALSE(check_turn(grounds, contest_index(0), nodes(1, {0}), 2));
  EXPECT_FALSE(check_turn(grounds, contest_index(0), list(4, 1, {0}), 2));
  EXPECT_EQ(check_turn(grounds, contest_index(0), nodes(6, {0}), 2).reason(),
            "contest 0 is not opened: there is nothing to mix its ballot with");
}

TEST(OpeningListPolicy, SaysWhatListsShare) {
  const auto grounds = make_grounds({{60, 70, 80, 90}}, 50);
  const auto reason = [&](const family& sets) {
    return check_policy(grounds, contest, sets).reason();
  };
  // A list and the sum of blanks over the same branches, in either order and under another name.
  EXPECT_TRUE(check_policy(grounds, contest, family{nodes(1, {0}), list(2, 1, {0})}));
  EXPECT_TRUE(check_policy(grounds, contest, family{list(2, 1, {1, 2, 3, 4}), nodes(1, {0})}));
  EXPECT_TRUE(check_policy(grounds, contest,
                           family{nodes(1, {0}), list(2, 1, {1, 2}), list(3, 2, {3, 4}),
                                  nodes(4, {1, 2}), nodes(5, {1}), nodes(6, {3})}));
  EXPECT_EQ(reason({nodes(1, {0}), list(2, 1, {0}), list(3, 2, {1, 2})}),
            "request 3 (list of group 2, nodes 1, 2: 130 ballots) and request 2 (list of group 1, "
            "node 0: 300 ballots) share 130 ballots; a ballot is in one list");
  EXPECT_EQ(reason({nodes(1, {0}), list(2, 1, {1, 2}), list(3, 2, {1, 2})}),
            "request 3 (list of group 2, nodes 1, 2: 130 ballots) and request 2 (list of group 1, "
            "nodes 1, 2: 130 ballots) share 130 ballots; a ballot is in one list");
  // A sum stands between the two.
  EXPECT_EQ(reason({list(2, 1, {0}), nodes(3, {1, 2}), list(4, 2, {1})}),
            "request 4 (list of group 2, node 1: 60 ballots) and request 2 (list of group 1, node "
            "0: 300 ballots) share 60 ballots; a ballot is in one list");
  // The list itself comes second of two equal sets.
  EXPECT_EQ(reason({nodes(1, {0}), nodes(3, {1, 2}), list(4, 2, {1, 2}), list(5, 3, {2})}),
            "request 5 (list of group 3, node 2: 70 ballots) and request 4 (list of group 2, nodes "
            "1, 2: 130 ballots) share 70 ballots; a ballot is in one list");
  EXPECT_EQ(reason({nodes(1, {0}), list(2, 1, {0}), nodes(3, {1, 2, 3, 4})}),
            "request 3 (nodes 1, 2, 3, 4: 300 ballots) and request 1 (node 0: 300 ballots) are of "
            "the same branches; a set is opened once");
  EXPECT_EQ(reason({list(2, 1, {1, 2}), nodes(1, {2, 3})}),
            "request 1 (nodes 2, 3: 150 ballots) and request 2 (list of group 1, nodes 1, 2: 130 "
            "ballots) share 70 ballots, and neither contains the other");
}

TEST(OpeningListPolicy, BindsListsToTheFloor) {
  const auto grounds = make_grounds({{60, 20, 30}}, 50);
  EXPECT_TRUE(check_policy(grounds, contest, family{list(1, 1, {1}), list(2, 2, {2, 3})}));
  EXPECT_EQ(check_policy(grounds, contest, family{list(1, 1, {1, 3}), list(2, 2, {2})}).reason(),
            "request 2 (list of group 2, node 2: 20 ballots) is too small, below the floor of 50");
  EXPECT_EQ(check_policy(grounds, contest, family{list(1, 1, {1, 3}), nodes(2, {1})}).reason(),
            "request 1 (list of group 1, nodes 1, 3: 90 ballots) without request 2 (node 1: 60 "
            "ballots) leaves 30 ballots, below the floor of 50");
  // The total below the floor: its sum and its list, while nothing else is opened.
  const auto small = make_grounds({{3, 4}}, 50);
  EXPECT_TRUE(check_policy(small, contest, family{list(1, 1, {0})}));
  EXPECT_TRUE(check_policy(small, contest, family{nodes(1, {0}), list(2, 1, {1, 2})}));
  EXPECT_FALSE(check_policy(small, contest, family{nodes(1, {0}), list(2, 1, {1})}));
  const auto total_only = make_grounds({{100, 100}}, 0);
  EXPECT_TRUE(check_policy(total_only, contest, family{nodes(1, {0}), list(2, 1, {0})}));
  EXPECT_FALSE(check_policy(total_only, contest, family{list(1, 1, {1}), list(2, 2, {2})}));
}

TEST(OpeningListPolicy, NoBallotOfAMixedContestIsLeftOut) {
  const auto mixed = [](const std::vector<std::uint64_t>& ballots, std::uint32_t each) {
    return make_grounds({ballots}, 1, {{false, each}});
  };
  const auto complete = [](const opening_grounds& grounds, const family& sets) {
    return check_lists_complete(grounds, contest, sets);
  };
  const auto grounds = mixed({60, 0, 70, 80}, 1);
  EXPECT_TRUE(complete(grounds, {list(1, 1, {0})}));
  EXPECT_TRUE(complete(grounds, {list(1, 1, {1, 4}), list(2, 2, {3})}));
  EXPECT_EQ(complete(grounds, {list(1, 1, {1}), nodes(3, {0}), list(2, 2, {4})}).reason(),
            "no list has the 70 ballots of contest 0 in branch 3");
  EXPECT_EQ(complete(grounds, {list(1, 1, {1, 3})}).reason(),
            "no list has the 80 ballots of contest 0 in branch 4");
  EXPECT_EQ(complete(grounds, {}).reason(), "no list has the 60 ballots of contest 0 in branch 1");
  EXPECT_EQ(complete(make_grounds({{3, 4}}), {list(1, 1, {0})}).reason(),
            "contest 0 is not mixed: it has no lists");
  EXPECT_TRUE(complete(make_grounds({{3, 4}}), {nodes(1, {0})}));
  // One ballot of several slots is mixed, one packed ballot is not; nor is none.
  EXPECT_TRUE(complete(mixed({0, 1}, 1), {}));
  EXPECT_EQ(complete(mixed({0, 1}, 1), {list(1, 1, {2})}).reason(),
            "contest 0 has nothing to mix its ballot with: it has no lists");
  EXPECT_TRUE(complete(mixed({0, 1}, 2), {list(1, 1, {2})}));
  EXPECT_FALSE(complete(mixed({0, 1}, 2), {}));
  EXPECT_TRUE(complete(mixed({0, 0}, 2), {}));
}

// 55.10, rule after rule, as it is worded.
struct stated_policy {
  struct opened {
    bits branches;
    bool is_list;
  };
  const std::vector<std::uint64_t>& ballots;
  std::uint32_t floor;
  bits total;
  std::vector<opened> requests{};

  [[nodiscard]] bool first(const opened& x, const opened& y) const {
    const bits both = x.branches & y.branches;
    const bool laminar = both == 0 || both == x.branches || both == y.branches;
    return laminar && (x.is_list || y.is_list || x.branches != y.branches);
  }
  [[nodiscard]] bool second(const opened& x) const {
    bits inside = 0;
    for (const opened& y : requests) {
      const bool is_inside = y.branches != x.branches && (y.branches & ~x.branches) == 0;
      inside |= is_inside ? y.branches : 0;
    }
    const std::uint64_t residual = size_of(x.branches & ~inside, ballots);
    const bool is_exempt = x.branches == total && !has_other();
    return is_exempt || residual == 0 || residual >= floor;
  }
  [[nodiscard]] bool fourth(const opened& x, const opened& y) const {
    return !x.is_list || !y.is_list || (x.branches & y.branches) == 0;
  }
  [[nodiscard]] bool has_other() const {
    return std::any_of(requests.begin(), requests.end(),
                       [&](const opened& x) { return x.branches != total; });
  }
  [[nodiscard]] bool holds() const {
    for (std::size_t i = 0; i < requests.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (!first(requests[i], requests[j]) || !fourth(requests[i], requests[j])) {
          return false;
        }
      }
      if (!second(requests[i])) {
        return false;
      }
    }
    return floor > 0 || !has_other();
  }
  [[nodiscard]] bool lists_are_all() const {
    bits listed = 0;
    for (const opened& x : requests) {
      listed |= x.is_list ? x.branches : 0;
    }
    return listed == total;
  }
};

// A set of few branches, or parts of what is opened already: so that many families are permitted.
bits likely_set(testing::deterministic_random& random, const stated_policy& before, bits all) {
  if (before.requests.empty() || random.below(3) == 0) {
    return random.below(3) == 0 ? all : static_cast<bits>(1 + random.below(all));
  }
  const bits around = before.requests[random.below(before.requests.size())].branches;
  const bits part = around & static_cast<bits>(1 + random.below(all));
  return random.below(3) == 0 || part == 0 ? around : part;
}

TEST(OpeningListPolicy, IsWhatIsWrittenOnRandomFamilies) {
  testing::deterministic_random random(testing::test_seed());
  std::size_t taken = 0;
  std::size_t refused = 0;
  std::size_t completed = 0;
  for (int round = 0; round < 2000; ++round) {
    const std::size_t branches = 2 + random.below(5);
    const bits all = (1U << branches) - 1;
    std::vector<std::uint64_t> ballots;
    for (std::size_t b = 0; b < branches; ++b) {
      ballots.push_back(1 + random.below(12));
    }
    const auto floor = static_cast<std::uint32_t>(random.below(10));
    const auto grounds = make_grounds({ballots}, floor, {{true, 2}});
    stated_policy stated{ballots, floor, all};
    family sets;
    for (std::uint32_t number = 1; number <= 10; ++number) {
      const bits wanted = likely_set(random, stated, all);
      const std::uint32_t group = random.below(2) == 0 ? number : 0;
      sets.push_back({number, nodes_of(wanted), group});
      stated.requests.push_back({wanted, group != 0});
      const auto found = check_policy(grounds, contest, sets);
      ASSERT_EQ(found.holds(), stated.holds()) << "round " << round << ": " << found.reason();
      if (found) {
        ++taken;
        const bool complete = check_lists_complete(grounds, contest, sets).holds();
        ASSERT_EQ(complete, stated.lists_are_all());
        completed += complete ? 1 : 0;
      } else {
        ++refused;
        sets.pop_back();
        stated.requests.pop_back();
      }
    }
  }
  EXPECT_GT(taken, 3000U);
  EXPECT_GT(refused, 3000U);
  EXPECT_GT(completed, 500U);
}

}  // namespace
}  // namespace sandoq::opening_list_policy_test
