#include "sandoq/rules/choices.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "tests/unit/rules/rules_fixture.hpp"

namespace sandoq {
namespace {

using namespace sandoq::testing;
using kind = ballot_entry::entry_kind;

// Whatever is entered: a ballot that counts keeps the rule's bounds, and others have no votes.
TEST(Choices, NoBallotHasMoreVotesThanTheRuleAllows) {
  rule_numbers numbers(31);
  const std::vector<party_list> lists = lists_with({30, 20}, 3).lists;
  int counted = 0;
  for (int round = 0; round < 2000; ++round) {
    ballot_rule ballot;
    ballot.max_votes = 1 + numbers.below(5);
    ballot.min_votes = numbers.below(ballot.max_votes + 1);
    ballot.max_each = 1 + numbers.below(ballot.max_votes);
    ballot.overvote = static_cast<ballot_rule::overvote_policy>(1 + numbers.below(3));
    ballot.code = static_cast<ballot_rule::list_code>(1 + numbers.below(3));
    ballot.form = static_cast<ballot_rule::list_form>(1 + numbers.below(3));
    std::vector<ballot_entry> entries(numbers.below(5));
    for (ballot_entry& entry : entries) {
      entry = {static_cast<kind>(1 + numbers.below(2)), numbers.below(9)};
    }
    const read_ballot read = read_choices(ballot, lists, 8, entries);
    const auto total = std::accumulate(read.votes.begin(), read.votes.end(), 0U);
    if (read.reading == ballot_reading::counted) {
      ++counted;
      EXPECT_LE(total, ballot.max_votes);
      EXPECT_LE(*std::max_element(read.votes.begin(), read.votes.end()), ballot.max_each);
      EXPECT_TRUE(total >= ballot.min_votes || read.list);
    } else {
      EXPECT_EQ(total, 0U);
      EXPECT_FALSE(read.list.has_value());
    }
  }
  EXPECT_GT(counted, 50);
}

TEST(Choices, ACodeIsAVoteForEachMember) {
  ballot_rule ballot;
  ballot.max_votes = 8;
  ballot.code = ballot_rule::list_code::members;
  const std::vector<party_list> lists = lists_with({30, 20}, 3).lists;
  const ballot_entry entries[] = {{kind::list, 1}, {kind::option, 7}};
  const read_ballot read = read_choices(ballot, lists, 8, entries);
  EXPECT_EQ(read.reading, ballot_reading::counted);
  EXPECT_EQ(read.votes, (std::vector<std::uint32_t>{0, 0, 0, 1, 1, 1, 0, 1}));
}

}  // namespace
}  // namespace sandoq
