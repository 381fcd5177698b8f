// IRV, Schulze and Borda, counted a second time in other ways.

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <set>

#include "tests/unit/rules/rules_fixture.hpp"

namespace sandoq {
namespace {

using namespace sandoq::testing;
using ranking_method = ranking_rule::method_code;

rule law_of_method(ranking_method method) {
  ranking_rule part;
  part.method = method;
  if (method == ranking_method::schulze) {
    part.strength = ranking_rule::strength_code::winning_votes;
  } else if (method == ranking_method::borda) {
    part.points = ranking_rule::points_code::averaged;
  }
  return {ballot_rule{}, part};
}

// Rankings without equals, some of them short.
counted_contest some_rankings(rule_numbers& numbers, std::uint32_t options) {
  counted_contest out;
  out.votes.resize(options);
  for (int i = 0; i < 12; ++i) {
    std::vector<option_index> order;
    for (std::uint32_t option = 0; option < options; ++option) {
      order.emplace_back(option);
    }
    std::shuffle(order.begin(), order.end(), numbers.engine());
    order.resize(numbers.below(options + 1));
    ranked_ballots ballot{1 + numbers.below(9), {}};
    for (const option_index option : order) {
      ballot.ranks.push_back({option});
    }
    out.rankings.push_back(std::move(ballot));
  }
  return out;
}

// First place at which a ballot has the option, or the number of its ranks.
std::size_t place_of(const ranked_ballots& ballot, option_index option) {
  const auto at = std::find_if(ballot.ranks.begin(), ballot.ranks.end(),
                               [&](const auto& rank) { return rank.front() == option; });
  return static_cast<std::size_t>(at - ballot.ranks.begin());
}

std::set<option_index> named(const counted_contest& counted) {
  std::set<option_index> out;
  for (const auto& ballot : counted.rankings) {
    for (const auto& rank : ballot.ranks) {
      out.insert(rank.begin(), rank.end());
    }
  }
  return out;
}

// Votes of those who are left, from whole ballots.
std::uint64_t first_votes(const counted_contest& counted, const std::set<option_index>& left,
                          option_index option) {
  std::uint64_t out = 0;
  for (const auto& ballot : counted.rankings) {
    for (const auto& rank : ballot.ranks) {
      if (left.contains(rank.front())) {
        out += rank.front() == option ? ballot.count : 0;
        break;
      }
    }
  }
  return out;
}

// The winner by recounting all ballots in every round, or nothing where a tie must be broken.
std::optional<option_index> recounted(const counted_contest& counted) {
  std::set<option_index> left = named(counted);
  while (left.size() > 1) {
    std::vector<std::pair<std::uint64_t, option_index>> order;
    std::uint64_t total = 0;
    for (const option_index option : left) {
      order.emplace_back(first_votes(counted, left, option), option);
      total += order.back().first;
    }
    std::sort(order.begin(), order.end());
    if (2 * order.back().first > total) {
      return order.back().second;
    }
    if (order[0].first == order[1].first) {
      return std::nullopt;
    }
    left.erase(order.front().second);
  }
  return left.empty() ? std::nullopt : std::optional(*left.begin());
}

TEST(RuleRankings, IrvIsThatOfARecount) {
  rule_numbers numbers(11);
  int decided = 0;
  for (int round = 0; round < 150; ++round) {
    const counted_contest counted = some_rankings(numbers, 2 + numbers.below(5));
    const auto expected = recounted(counted);
    for (const bool batch : {false, true}) {
      rule law = law_of_method(ranking_method::irv);
      std::get<ranking_rule>(law.method).batch = batch ? 1 : 0;
      const auto made = allocate(law, {}, counted, {1, 0}, some_lot());
      ASSERT_TRUE(made.has_value());
      if (expected) {
        EXPECT_EQ(made->elected, std::vector{*expected});
        ++decided;
      }
    }
  }
  EXPECT_GT(decided, 50);
}

// Half of the votes is no majority: the count goes on, here to a tie that attributes decide.
TEST(RuleRankings, ExactlyHalfDoesNotElect) {
  const option_index half(0);
  const option_index second(1);
  counted_contest counted;
  counted.votes.resize(3);
  counted.rankings = {{4, {{half}}}, {3, {{second}}}, {1, {{option_index(2)}, {second}}}};
  tie_order ties;
  ties.attributes = {{0}, {1}, {0}};
  const auto made = allocate(law_of_method(ranking_method::irv), {}, counted, {1, 0}, ties).value();
  EXPECT_EQ(made.elected, std::vector{second});
}

// The strongest path by trying all simple ones, deeper and deeper.
std::uint64_t widest(const std::vector<std::vector<std::uint64_t>>& link, std::uint32_t from,
                     std::uint32_t to, std::vector<bool> used) {
  used[from] = true;
  std::uint64_t best = link[from][to];
  for (std::uint32_t via = 0; via < link.size(); ++via) {
    if (!used[via] && via != to) {
      best = std::max(best, std::min(link[from][via], widest(link, via, to, used)));
    }
  }
  return best;
}

// Those whom none of the others beats, over any path.
std::set<std::uint32_t> unbeaten(const std::vector<std::vector<std::uint64_t>>& link,
                                 const std::set<std::uint32_t>& left) {
  const std::vector<bool> none(link.size(), false);
  std::set<std::uint32_t> out;
  for (const std::uint32_t a : left) {
    if (std::none_of(left.begin(), left.end(), [&](std::uint32_t b) {
          return a != b && widest(link, b, a, none) > widest(link, a, b, none);
        })) {
      out.insert(a);
    }
  }
  return out;
}

TEST(RuleRankings, SchulzeElectsWhomNobodyBeatsOverAnyPath) {
  rule_numbers numbers(12);
  int groups = 0;
  for (int round = 0; round < 60; ++round) {
    const std::uint32_t n = 2 + numbers.below(4);
    const counted_contest counted = some_rankings(numbers, n);
    std::vector<std::vector<std::uint64_t>> wins(n, std::vector<std::uint64_t>(n));
    for (const auto& ballot : counted.rankings) {
      for (std::uint32_t a = 0; a < n; ++a) {
        for (std::uint32_t b = 0; b < n; ++b) {
          wins[a][b] += place_of(ballot, option_index(a)) < place_of(ballot, option_index(b))
                            ? ballot.count
                            : 0;
        }
      }
    }
    rule law = law_of_method(ranking_method::schulze);
    const bool margins = round % 2 == 1;
    if (margins) {
      std::get<ranking_rule>(law.method).strength = ranking_rule::strength_code::margins;
    }
    auto link = wins;
    for (std::uint32_t a = 0; a < n; ++a) {
      for (std::uint32_t b = 0; b < n; ++b) {
        link[a][b] = wins[a][b] <= wins[b][a] ? 0 : wins[a][b] - (margins ? wins[b][a] : 0);
      }
    }
    std::set<std::uint32_t> left;
    for (const option_index option : named(counted)) {
      left.insert(option.value());
    }
    const auto seats = static_cast<std::uint32_t>(std::max(left.size(), std::size_t{1}));
    const auto made = allocate(law, {}, counted, {seats, 0}, some_lot());
    ASSERT_TRUE(made.has_value());
    ASSERT_EQ(made->elected.size(), left.size());
    for (std::size_t at = 0; at < made->elected.size(); ++groups) {
      const auto group = unbeaten(link, left);
      ASSERT_FALSE(group.empty());
      std::set<std::uint32_t> seated;
      for (std::size_t i = 0; i < group.size(); ++i) {
        seated.insert(made->elected.at(at++).value());
      }
      EXPECT_EQ(seated, group);
      for (const std::uint32_t option : group) {
        left.erase(option);
      }
    }
  }
  EXPECT_GT(groups, 120);
}

// With averaged points an option has, from every ballot, its wins and half its draws in pairs.
TEST(RuleRankings, BordaIsTheSumOfAllPairs) {
  rule_numbers numbers(13);
  for (int round = 0; round < 60; ++round) {
    const std::uint32_t n = 2 + numbers.below(5);
    const counted_contest counted = some_rankings(numbers, n);
    std::vector<std::uint64_t> doubled(n, 0);
    for (const auto& ballot : counted.rankings) {
      for (std::uint32_t a = 0; !ballot.ranks.empty() && a < n; ++a) {
        for (std::uint32_t b = 0; b < n; ++b) {
          const std::size_t mine = place_of(ballot, option_index(a));
          const std::size_t other = place_of(ballot, option_index(b));
          doubled[a] += a == b          ? 0
                        : mine < other  ? 2 * ballot.count
                        : mine == other ? ballot.count
                                        : 0;
        }
      }
    }
    const auto made =
        allocate(law_of_method(ranking_method::borda), {}, counted, {1, 0}, some_lot());
    ASSERT_TRUE(made.has_value());
    if (made->elected.empty()) {
      continue;
    }
    std::uint64_t best = 0;
    for (const option_index option : named(counted)) {
      best = std::max(best, doubled[option.value()]);
    }
    EXPECT_EQ(doubled[made->elected.front().value()], best);
    const std::string shown = made->transcript.steps.front().values[made->elected.front().value()];
    EXPECT_EQ(shown, best % 2 == 0 ? std::to_string(best / 2) : std::to_string(best) + "/2");
  }
}

// What a ballot gives the option that it ranks, place by place; those it does not rank get nothing.
TEST(RuleRankings, OtherPointsOfBordaAreCountedDownTheBallot) {
  rule_numbers numbers(15);
  for (int round = 0; round < 60; ++round) {
    const std::uint32_t n = 2 + numbers.below(5);
    const counted_contest counted = some_rankings(numbers, n);
    for (const auto code :
         {ranking_rule::points_code::ranked_only, ranking_rule::points_code::from_the_top}) {
      std::vector<std::uint64_t> points(n, 0);
      for (const auto& ballot : counted.rankings) {
        std::uint64_t worth =
            code == ranking_rule::points_code::ranked_only ? ballot.ranks.size() : n - 1;
        for (const auto& rank : ballot.ranks) {
          points[rank.front().value()] += ballot.count * worth--;
        }
      }
      rule law = law_of_method(ranking_method::borda);
      std::get<ranking_rule>(law.method).points = code;
      const auto made = allocate(law, {}, counted, {1, 0}, some_lot()).value();
      if (named(counted).empty()) {
        continue;
      }
      const allocation_step& shown = made.transcript.steps.front();
      ASSERT_EQ(shown.kind, step_kind::points);
      for (std::uint32_t option = 0; option < n; ++option) {
        EXPECT_EQ(shown.values.at(option), std::to_string(points[option]));
      }
      const std::uint64_t best = *std::max_element(points.begin(), points.end());
      if (best > 0) {
        ASSERT_EQ(made.elected.size(), 1U);
        EXPECT_EQ(points[made.elected.front().value()], best);
      }
    }
  }
}

TEST(RuleRankings, TheOrderOfBallotsSaysNothing) {
  rule_numbers numbers(14);
  for (const ranking_method method :
       {ranking_method::irv, ranking_method::schulze, ranking_method::borda}) {
    for (int round = 0; round < 20; ++round) {
      counted_contest counted = some_rankings(numbers, 5);
      const auto one = allocate(law_of_method(method), {}, counted, {1, 0}, some_lot());
      std::shuffle(counted.rankings.begin(), counted.rankings.end(), numbers.engine());
      const auto two = allocate(law_of_method(method), {}, counted, {1, 0}, some_lot());
      EXPECT_EQ(one.value().transcript, two.value().transcript);
    }
  }
}

}  // namespace
}  // namespace sandoq
