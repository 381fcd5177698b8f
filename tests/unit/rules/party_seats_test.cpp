// Who is a party, what votes it has, and whether they suffice.

#include <gtest/gtest.h>

#include "tests/unit/rules/some_parties.hpp"

namespace sandoq {
namespace {

using namespace sandoq::testing;
using p = proportional_rule;
using independents = p::independents_code;

// Whether somebody who stands on no list is elected.
bool seats_independents(const party_contest& asked, const allocation& made) {
  return std::any_of(made.elected.begin(), made.elected.end(), [&](option_index option) {
    return std::none_of(asked.lists.begin(), asked.lists.end(), [&](const party_list& list) {
      return std::find(list.options.begin(), list.options.end(), option) != list.options.end();
    });
  });
}

TEST(RulePartySeats, IndependentsStandTogetherOrAloneOrNotAtAll) {
  rule_numbers numbers(103);
  std::map<independents, int> seated;
  for (int round = 0; round < 900; ++round) {
    party_contest asked = some_party_contest(numbers, round % 2 == 0);
    const auto code = static_cast<independents>(1 + round % 3);
    asked.part().independents = code;
    SCOPED_TRACE(round);
    seated[code] += seats_independents(asked, agreed(asked).answer) ? 1 : 0;
  }
  EXPECT_GT(seated[independents::pooled], 60);
  EXPECT_GT(seated[independents::own], 60);
  EXPECT_EQ(seated[independents::excluded], 0);
}

// Thresholds of every base, for lists only or for all, with and without the votes of who fails.
TEST(RulePartySeats, ThresholdsHoldForWhomTheRuleNames) {
  rule_numbers numbers(104);
  int failed = 0;
  int free = 0;
  for (int round = 0; round < 1200; ++round) {
    party_contest asked = some_party_contest(numbers, round % 2 == 0);
    asked.part().threshold = some_threshold(numbers);
    asked.part().independents = some_code(numbers, independents::own);
    const bool lists_only = asked.part().threshold->applies == threshold_rule::scope_code::lists;
    SCOPED_TRACE(round);
    const seats_seen seen = agreed(asked).seen;
    EXPECT_TRUE(lists_only || seen.free_of_threshold == 0);
    failed += seen.failed > 0 ? 1 : 0;
    free += seen.free_of_threshold > 0 ? 1 : 0;
  }
  EXPECT_GT(failed, 150);
  EXPECT_GT(free, 50);
}

// Just as many votes as the threshold asks for, of lists and of who stands alone.
TEST(RulePartySeats, AThresholdThatIsJustReachedByAList) {
  for (const bool strict : {false, true}) {
    for (const auto scope : {threshold_rule::scope_code::all, threshold_rule::scope_code::lists}) {
      listed_votes given = lists_with({60, 20}, 2);
      given.counted.votes.push_back(20);
      given.counted.ballots = given.counted.valid = 100;
      p part = divisors(p::method_code::custom);
      part.divisors = {{1, 1}};
      part.threshold = threshold_rule{{1, 5}, threshold_rule::base_code::votes, strict, scope};
      const auto made =
          allocate(law_of(part), given.lists, given.counted, {3, 0}, some_lot()).value();
      EXPECT_EQ(made.elected.size(), !strict                                    ? 3U
                                     : scope == threshold_rule::scope_code::all ? 1U
                                                                                : 2U);
    }
  }
}

// A list with many ballots seats members without a vote; one without ballots seats nobody.
TEST(RulePartySeats, SeatsFollowTheBallotsOfLists) {
  rule_numbers numbers(105);
  int without_votes = 0;
  int list_left_out = 0;
  for (int round = 0; round < 900; ++round) {
    party_contest asked = some_party_contest(numbers, round % 2 == 0);
    asked.part().base = p::base_code::list_ballots;
    asked.counted.list_ballots.resize(asked.lists.size());
    for (std::uint64_t& ballots : asked.counted.list_ballots) {
      ballots = numbers.below(4) * numbers.below(500);
    }
    SCOPED_TRACE(round);
    const allocation made = agreed(asked).answer;
    without_votes +=
        std::any_of(made.elected.begin(), made.elected.end(),
                    [&](option_index option) { return asked.counted.votes[option.value()] == 0; })
            ? 1
            : 0;
    for (const party_outcome& party : made.parties) {
      const std::size_t list = party.subject - asked.counted.votes.size();
      EXPECT_TRUE(list >= asked.lists.size() || asked.counted.list_ballots[list] > 0);
    }
    list_left_out += std::count(asked.counted.list_ballots.begin(),
                                asked.counted.list_ballots.end(), std::uint64_t{0}) > 0
                         ? 1
                         : 0;
  }
  EXPECT_GT(without_votes, 60);
  EXPECT_GT(list_left_out, 60);
}

// Few votes: parties and members are equal all the time, and every tie has its number.
TEST(RulePartySeats, EqualsAreToldApartByVotesAttributesAndLot) {
  rule_numbers numbers(106);
  int of_parties = 0;
  int of_members = 0;
  for (int round = 0; round < 900; ++round) {
    party_contest asked = some_party_contest(numbers, true);
    SCOPED_TRACE(round);
    const compared_count again = agreed(asked);
    of_parties += again.ties_of_parties > 0 ? 1 : 0;
    of_members += again.ties > again.ties_of_parties ? 1 : 0;
  }
  EXPECT_GT(of_parties, 40);
  EXPECT_GT(of_members, 50);
}

}  // namespace
}  // namespace sandoq
