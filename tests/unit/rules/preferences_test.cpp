// Schulze and Borda to the last place, with equal ranks and ties. Schulze: who reaches whom over
// links of at least some strength; a place is the length of the longest chain of options that beat
// one another above. Borda: pair by pair.

#include <gtest/gtest.h>

#include "tests/unit/rules/rankings_again.hpp"

namespace sandoq {
namespace {

using namespace sandoq::testing;
using preference_code = ranking_rule::method_code;
using read_rankings = std::map<ranks_again, std::uint64_t>;
using square = std::vector<std::vector<std::uint64_t>>;

// Rank of an option in a ranking, behind all if it is not there.
std::size_t rank_in(const ranks_again& ranks, std::uint32_t option) {
  const auto at = std::find_if(ranks.begin(), ranks.end(),
                               [&](const rank_set& rank) { return rank.contains(option); });
  return static_cast<std::size_t>(at - ranks.begin());
}

square links_again(const read_rankings& rankings, std::uint32_t n, bool margins) {
  square out(n, std::vector<std::uint64_t>(n));
  for (std::uint32_t a = 0; a < n; ++a) {
    for (std::uint32_t b = 0; b < n; ++b) {
      std::uint64_t forth = 0;
      std::uint64_t back = 0;
      for (const auto& [ranks, count] : rankings) {
        forth += rank_in(ranks, a) < rank_in(ranks, b) ? count : 0;
        back += rank_in(ranks, b) < rank_in(ranks, a) ? count : 0;
      }
      out[a][b] = forth > back ? forth - (margins ? back : 0) : 0;
    }
  }
  return out;
}

bool reaches(const square& link, std::uint32_t from, std::uint32_t to, std::uint64_t strength) {
  std::vector<bool> seen(link.size());
  std::vector<std::uint32_t> next{from};
  while (!next.empty()) {
    const std::uint32_t here = next.back();
    next.pop_back();
    seen[here] = true;
    for (std::uint32_t to_there = 0; to_there < link.size(); ++to_there) {
      if (!seen[to_there] && link[here][to_there] >= strength) {
        next.push_back(to_there);
      }
    }
  }
  return seen[to];
}

// The greatest strength of all there are at which b is reached.
square paths_again(const square& link) {
  square out(link.size(), std::vector<std::uint64_t>(link.size()));
  for (const auto& row : link) {
    for (const std::uint64_t strength : row) {
      for (std::uint32_t a = 0; a < link.size(); ++a) {
        for (std::uint32_t b = 0; strength > 0 && b < link.size(); ++b) {
          if (a != b && strength > out[a][b] && reaches(link, a, b, strength)) {
            out[a][b] = strength;
          }
        }
      }
    }
  }
  return out;
}

std::uint64_t beaten_over(const square& path, std::uint32_t option) {
  std::uint64_t out = 0;
  for (std::uint32_t other = 0; other < path.size(); ++other) {
    if (path[other][option] > path[option][other]) {
      out = std::max(out, 1 + beaten_over(path, other));
    }
  }
  return out;
}

void expect_order(const std::map<std::uint64_t, numbers_of_subjects, std::greater<>>& groups,
                  const allocation& made, places_to_fill places, equals_again& equals) {
  const seated_options expected = cut_from_groups(groups, places, equals);
  EXPECT_EQ(made.elected, expected.elected);
  EXPECT_EQ(made.alternates, expected.alternates);
  EXPECT_EQ(steps_of(made, step_kind::tie), equals.ties());
}

TEST(RulePreferences, OfSchulzePutEverybodyInOrder) {
  rule_numbers numbers(113);
  int tied = 0;
  int deep = 0;
  for (int round = 0; round < 1000; ++round) {
    const ranking_rule part = some_ranking_rule(numbers, preference_code::schulze);
    const std::uint32_t n = 2 + numbers.below(6);
    const counted_contest counted = some_untidy_rankings(numbers, n, round % 2 == 0 ? 2 : 1000);
    const places_to_fill places{1 + numbers.below(n), numbers.below(n)};
    const tie_order ties = some_ties(numbers, n);
    const auto made = allocate({ballot_rule{}, part}, {}, counted, places, ties).value();
    const read_rankings rankings = read_again(part, counted);
    const square path = paths_again(
        links_again(rankings, n, part.strength == ranking_rule::strength_code::margins));
    std::map<std::uint64_t, numbers_of_subjects, std::greater<>> groups;
    for (const std::uint32_t option : named_again(rankings)) {
      groups[n - beaten_over(path, option)].push_back(option);
    }
    SCOPED_TRACE(round);
    equals_again equals(ties);
    expect_order(groups, made, places, equals);
    for (const allocation_step& step : made.transcript.steps) {
      for (std::uint32_t b = 0; step.kind == step_kind::strongest_paths && b < n; ++b) {
        EXPECT_EQ(step.values.at(b), std::to_string(path[step.subjects.front()][b]));
      }
    }
    tied += !equals.ties().empty() ? 1 : 0;
    deep += groups.size() > 3 ? 1 : 0;
  }
  EXPECT_GT(tied, 30);
  EXPECT_GT(deep, 200);
}

// Twice the points that one ranking gives an option.
std::uint64_t doubled_points_again(const ranking_rule& part, const ranks_again& ranks,
                                   std::uint32_t option, std::uint32_t n) {
  const bool ranked_only = part.points == ranking_rule::points_code::ranked_only;
  const std::size_t mine = rank_in(ranks, option);
  if (mine == ranks.size() && part.points != ranking_rule::points_code::averaged) {
    return 0;
  }
  std::uint64_t out = ranked_only ? 2 : 0;
  for (std::uint32_t other = 0; other < n; ++other) {
    const std::size_t theirs = rank_in(ranks, other);
    if (other != option && !(ranked_only && theirs == ranks.size())) {
      out += mine < theirs ? 2U : mine == theirs ? 1U : 0U;
    }
  }
  return out;
}

TEST(RulePreferences, OfBordaPutEverybodyInOrder) {
  rule_numbers numbers(114);
  int tied = 0;
  for (int round = 0; round < 1000; ++round) {
    const ranking_rule part = some_ranking_rule(numbers, preference_code::borda);
    const std::uint32_t n = 2 + numbers.below(6);
    const counted_contest counted = some_untidy_rankings(numbers, n, round % 2 == 0 ? 2 : 1000);
    const places_to_fill places{1 + numbers.below(n), numbers.below(n)};
    const tie_order ties = some_ties(numbers, n);
    const auto made = allocate({ballot_rule{}, part}, {}, counted, places, ties).value();
    const read_rankings rankings = read_again(part, counted);
    std::map<std::uint64_t, numbers_of_subjects, std::greater<>> groups;
    for (const std::uint32_t option : named_again(rankings)) {
      std::uint64_t points = 0;
      for (const auto& [ranks, count] : rankings) {
        points += count * doubled_points_again(part, ranks, option, n);
      }
      if (points > 0) {
        groups[points].push_back(option);
      }
    }
    SCOPED_TRACE(round);
    equals_again equals(ties);
    expect_order(groups, made, places, equals);
    tied += !equals.ties().empty() ? 1 : 0;
  }
  EXPECT_GT(tied, 20);
}

// The same with votes alone: those who are equal at the end of the seats, and every two equal
// alternates, are a tie each.
TEST(RulePreferences, OfVotesPutEqualsInOrder) {
  rule_numbers numbers(115);
  int tied = 0;
  for (int round = 0; round < 1000; ++round) {
    counted_contest counted;
    std::map<std::uint64_t, numbers_of_subjects, std::greater<>> groups;
    const std::uint32_t n = 4 + numbers.below(6);
    for (std::uint32_t option = 0; option < n; ++option) {
      counted.votes.push_back(numbers.below(4));
      if (counted.votes.back() > 0) {
        groups[counted.votes.back()].push_back(option);
      }
    }
    const places_to_fill places{1 + numbers.below(n), numbers.below(n)};
    const tie_order ties = some_ties(numbers, n);
    const rule law{ballot_rule{}, plurality_rule{}};
    const auto made = allocate(law, {}, counted, places, ties).value();
    SCOPED_TRACE(round);
    equals_again equals(ties);
    expect_order(groups, made, places, equals);
    tied += equals.ties().size() > 1 ? 1 : 0;
  }
  EXPECT_GT(tied, 20);
}

}  // namespace
}  // namespace sandoq
