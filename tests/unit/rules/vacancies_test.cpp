// Who takes a seat that falls vacant, one vacancy after another until nobody is left to follow: a
// second count keeps a queue for each party and one for all, and strikes out whoever goes.

#include <gtest/gtest.h>

#include "tests/unit/rules/some_parties.hpp"

namespace sandoq {
namespace {

using namespace sandoq::testing;
using p = proportional_rule;
using queue = std::vector<option_index>;

// Those who stand together: a list, the pool, or one alone. By the lists, not by the outcome.
std::set<option_index> fellows_of(const party_contest& asked, option_index option) {
  std::set<option_index> all_listed;
  for (const party_list& list : asked.lists) {
    const std::set<option_index> members(list.options.begin(), list.options.end());
    if (members.contains(option)) {
      return members;
    }
    all_listed.insert(members.begin(), members.end());
  }
  std::set<option_index> out{option};
  const auto& part = std::get<p>(asked.law.method);
  for (std::uint32_t i = 0; i < asked.counted.votes.size(); ++i) {
    if (part.independents == p::independents_code::pooled &&
        !all_listed.contains(option_index(i))) {
      out.insert(option_index(i));
    }
  }
  return out;
}

// All alternates as they would follow: fellows in front or alone, or everybody by votes.
queue followers(const party_contest& asked, const allocation& seats, option_index vacant) {
  const p::vacancy_code code = std::get<p>(asked.law.method).vacancy;
  const std::set<option_index> fellows = fellows_of(asked, vacant);
  queue out;
  if (code != p::vacancy_code::votes) {
    std::copy_if(seats.alternates.begin(), seats.alternates.end(), std::back_inserter(out),
                 [&](option_index option) { return fellows.contains(option); });
  }
  if (code != p::vacancy_code::same_party) {
    out.insert(out.end(), seats.reserve.begin(), seats.reserve.end());
  }
  return out;
}

struct vacancies_seen {
  int own = 0;
  int strangers = 0;
  int nobody = 0;
};

// Holders leave, and now and then an alternate does.
void leave_one_by_one(const party_contest& asked, const allocation& seats, rule_numbers& numbers,
                      vacancies_seen& seen) {
  queue holders = seats.elected;
  std::set<option_index> left;
  while (!holders.empty()) {
    const auto at = numbers.below(static_cast<std::uint32_t>(holders.size()));
    const option_index vacant = holders[at];
    holders.erase(holders.begin() + at);
    if (!seats.alternates.empty() && numbers.below(4) == 0) {
      const auto sick = numbers.below(static_cast<std::uint32_t>(seats.alternates.size()));
      if (std::find(holders.begin(), holders.end(), seats.alternates[sick]) == holders.end()) {
        left.insert(seats.alternates[sick]);
      }
    }
    queue order = followers(asked, seats, vacant);
    std::erase_if(order, [&](option_index option) { return left.contains(option); });
    const queue gone(left.begin(), left.end());
    const auto next = successor(asked.law, seats, vacant, gone);
    EXPECT_EQ(next, order.empty() ? std::nullopt : std::optional(order.front()));
    if (!next) {
      ++seen.nobody;
      continue;
    }
    (fellows_of(asked, vacant).contains(*next) ? seen.own : seen.strangers) += 1;
    ASSERT_TRUE(left.insert(*next).second) << "somebody took a second seat";
    holders.push_back(*next);
  }
}

TEST(RuleSuccessor, IsWhomTheRuleNames) {
  rule_numbers numbers(108);
  std::map<p::vacancy_code, vacancies_seen> seen;
  for (int round = 0; round < 900; ++round) {
    party_contest asked = some_party_contest(numbers, round % 2 == 0);
    const auto code = static_cast<p::vacancy_code>(1 + round % 3);
    asked.part().vacancy = code;
    asked.part().alternates = p::alternates_code::number;
    asked.part().alternates_share = {};
    asked.part().alternates_rounding = {};
    asked.places.alternates = 1 + numbers.below(3);
    SCOPED_TRACE(round);
    agreed(asked);
    const auto made = allocate(asked.law, asked.lists, asked.counted, asked.places, asked.ties);
    ASSERT_TRUE(made.has_value());
    leave_one_by_one(asked, *made, numbers, seen[code]);
  }
  for (const auto& [code, count] : seen) {
    EXPECT_GT(count.own, 25);
    EXPECT_EQ(count.strangers > 20, code != p::vacancy_code::same_party);
    EXPECT_GT(count.nobody, 50);
  }
}

// Without parties alternates follow in their order, whoever leaves.
TEST(RuleSuccessor, FollowsTheOrderOfAlternatesWithoutParties) {
  rule_numbers numbers(109);
  for (int round = 0; round < 60; ++round) {
    counted_contest counted;
    counted.votes = some_votes(numbers);
    const auto n = static_cast<std::uint32_t>(counted.votes.size());
    const rule law{ballot_rule{}, plurality_rule{}};
    const auto made = allocate(law, {}, counted, {1, n - 1}, some_lot()).value();
    queue by_votes;
    for (std::uint32_t i = 0; i < n; ++i) {
      by_votes.emplace_back(i);
    }
    std::sort(by_votes.begin(), by_votes.end(), [&](option_index a, option_index b) {
      return counted.votes[a.value()] > counted.votes[b.value()];
    });
    queue gone;
    for (std::uint32_t i = 0; i + 1 < n; ++i) {
      EXPECT_EQ(successor(law, made, by_votes[i], gone), by_votes[i + 1]);
      gone.push_back(by_votes[i + 1]);
    }
    EXPECT_EQ(successor(law, made, by_votes[n - 1], gone), std::nullopt);
  }
}

}  // namespace
}  // namespace sandoq
