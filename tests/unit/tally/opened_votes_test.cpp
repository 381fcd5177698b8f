#include "sandoq/tally/opened_votes.hpp"

#include <gtest/gtest.h>

#include "tests/support/ballot_forms.hpp"

namespace sandoq::opened_votes_test {
namespace {

using counts = std::vector<std::uint64_t>;

contest_entry contest_of(contest_encoding encoding, blank_option blank) {
  contest_entry out;
  out.options.resize(3);
  out.max_choices = 2;
  out.encoding = encoding;
  out.blank = blank;
  return out;
}

std::vector<option_index> options(std::vector<std::uint32_t> values) {
  return {values.begin(), values.end()};
}

TEST(OpenedVotes, OfSlotsAreTheCodesOfOptions) {
  const auto contest = contest_of(contest_encoding::slots, blank_option::counted);
  // Three ballots, six slots: codes 1, 3, 3, and three unused ones of codes 4 and 5.
  auto votes = votes_of(contest, 3, counts{1, 0, 2, 1, 2});
  EXPECT_EQ(votes.ballots, 3U);
  EXPECT_EQ(votes.codes, (counts{1, 0, 2}));
  EXPECT_EQ(counts_of(contest, votes, 1), (counts{1, 0, 2, 1}));
  votes += votes_of(contest, 2, counts{0, 2, 1, 1, 0});
  EXPECT_EQ(votes.ballots, 5U);
  EXPECT_EQ(counts_of(contest, votes, 0), (counts{1, 2, 3, 0}));
  const auto without = contest_of(contest_encoding::slots, blank_option::absent);
  EXPECT_EQ(counts_of(without, votes, 0), (counts{1, 2, 3}));
  EXPECT_EQ(counts_of(contest, no_votes(contest), 0), (counts{0, 0, 0, 0}));
}

TEST(OpenedVotes, OfSubsetsAreChoicesBlankOnesAndInvalidOnes) {
  const auto contest = contest_of(contest_encoding::packed_subset, blank_option::counted);
  // A text alone is no blank ballot.
  const opened_choices opened{
      {{{1, 3}, ""}, {{}, ""}, {{}, "Ali"}, {{3}, "Ali"}, {{2}, "ali"}, {{}, ""}}, {2, 7}};
  auto votes = votes_of(contest, opened);
  EXPECT_EQ(votes.ballots, 8U);
  EXPECT_EQ(counts_of(contest, votes, 0), (counts{1, 1, 2, 2, 2}));
  EXPECT_EQ(votes.write_ins, (std::map<std::string, std::uint64_t>{{"Ali", 2}, {"ali", 1}}));
  votes += votes_of(contest, {{{{3}, "Ali"}}, {}});
  EXPECT_EQ(counts_of(contest, votes, 0), (counts{1, 1, 3, 2, 2}));
  EXPECT_EQ(votes.write_ins.at("Ali"), 3U);
  EXPECT_TRUE(votes.rankings.empty());
  const auto without = contest_of(contest_encoding::packed_subset, blank_option::absent);
  EXPECT_EQ(counts_of(without, votes, 0), (counts{1, 1, 3, 2}));
}

TEST(OpenedVotes, OfRankingsAddEqualOnesUp) {
  const auto contest = contest_of(contest_encoding::packed_ranking, blank_option::counted);
  auto votes = votes_of(contest, {{{{3, 1}, ""}, {{1, 3}, ""}, {{3, 1}, "x"}, {{}, ""}}, {4}});
  votes += votes_of(contest, {{{{3, 1}, ""}, {{}, "x"}}, {}});
  EXPECT_EQ(counts_of(contest, votes, 0), (counts{1, 1}));
  EXPECT_EQ(votes.rankings, (std::map<std::vector<option_index>, std::uint64_t>{
                                {options({}), 1}, {options({0, 2}), 1}, {options({2, 0}), 3}}));
  EXPECT_EQ(votes.write_ins.at("x"), 2U);
  // No rank of its own is no ranking; it is a valid ballot all the same.
  contest_result published{contest_index(0), 7, counts_of(contest, votes, 0), {}};
  const counted_contest counted = counted_by_rule(contest, published, votes);
  EXPECT_EQ(counted.votes, (counts{0, 0, 0}));
  EXPECT_EQ(counted.ballots, 7U);
  EXPECT_EQ(counted.valid, 5U);
  ASSERT_EQ(counted.rankings.size(), 3U);
  EXPECT_EQ(counted.rankings[2].count, 3U);
  EXPECT_EQ(counted.rankings[2].ranks,
            (std::vector<std::vector<option_index>>{options({2}), options({0})}));
}

TEST(OpenedVotes, ARuleGoesByVotesAndValidBallots) {
  const auto bits = contest_of(contest_encoding::bit_vector, blank_option::counted);
  const contest_result of_bits{contest_index(0), 10, {4, 5, 6, 2}, {}};
  auto counted = counted_by_rule(bits, of_bits, no_votes(bits));
  EXPECT_EQ(counted.votes, (counts{4, 5, 6}));
  EXPECT_EQ(counted.ballots, 10U);
  EXPECT_EQ(counted.valid, 8U);
  const auto subset = contest_of(contest_encoding::packed_subset, blank_option::counted);
  const contest_result of_subsets{contest_index(0), 10, {4, 5, 6, 2, 3}, {}};
  EXPECT_EQ(counted_by_rule(subset, of_subsets, no_votes(subset)).valid, 5U);
  const auto plain = contest_of(contest_encoding::slots, blank_option::absent);
  const contest_result of_slots{contest_index(0), 10, {4, 5, 6}, {}};
  EXPECT_EQ(counted_by_rule(plain, of_slots, no_votes(plain)).valid, 10U);
  EXPECT_TRUE(counted.rankings.empty());
  EXPECT_TRUE(counted.list_ballots.empty());
}

// A device that packs what its contest's rule forbids makes an invalid vote, and no other.
TEST(OpenedVotes, WhatTheBallotRuleForbidsIsInvalid) {
  ballot_rule rule;
  rule.min_votes = 1;
  rule.max_votes = 3;
  rule.max_each = 2;
  rule.form = ballot_rule::list_form::open;
  rule.code = ballot_rule::list_code::separate;
  rule.overvote = ballot_rule::overvote_policy::cancel;
  // Options 0, 1 on a list, 2 on another, 3 on none: codes 1 to 8, then the lists' 9 and 10.
  contest_entry contest = testing::contest_with(contest_encoding::packed_subset, 4, rule, 2, 1);
  auto part = std::get<proportional_rule>(contest.law->method);
  part.base = proportional_rule::base_code::list_ballots;
  contest.law->method = part;
  const opened_choices opened{{{{1, 2, 3}, ""},      // two votes for 0, one for 1
                               {{1, 9}, ""},         // one for 0 beside its list
                               {{7}, ""},            // the independent
                               {{10}, ""},           // a list alone
                               {{}, ""},             // blank
                               {{2}, ""},            // the second vote without the first
                               {{1, 5}, ""},         // options of two lists
                               {{1, 7}, ""},         // and an independent
                               {{1, 10}, ""},        // beside another list
                               {{9, 10}, ""},        // two lists
                               {{1, 2, 3, 4}, ""}},  // four votes of three
                              {11}};
  const auto votes = votes_of(contest, opened);
  EXPECT_EQ(votes.invalid, 7U);
  EXPECT_EQ(votes.blank, 1U);
  const contest_result published{contest_index(0), 12, counts_of(contest, votes, 0), {}};
  EXPECT_EQ(published.counts, (counts{2, 1, 1, 0, 0, 0, 1, 0, 1, 1, 1, 7}));
  const counted_contest counted = counted_by_rule(contest, published, votes);
  EXPECT_EQ(counted.votes, (counts{3, 1, 0, 1}));
  EXPECT_EQ(counted.list_ballots, (counts{1, 1}));
  EXPECT_EQ(counted.valid, 4U);
}

}  // namespace
}  // namespace sandoq::opened_votes_test
