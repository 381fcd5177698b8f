#include "sandoq/tally/accumulate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "sandoq/ballot/ballot_verifier.hpp"
#include "sandoq/ballot/encrypt_secret.hpp"
#include "sandoq/core/merkle.hpp"
#include "sandoq/tally/merkle_sum_tree.hpp"
#include "tests/support/sample_election.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using testing::sample_election;

constexpr branch_index other_branch{4};

class Accumulate : public ::testing::Test {
 protected:
  // A verified ballot of those choices, one list of marked positions a contest of the style.
  verified_ballot cast(branch_index branch, std::uint32_t device, std::uint32_t number,
                       style_index style, const std::vector<std::vector<std::uint32_t>>& marked) {
    ballot_item out;
    out.place = {branch, device_index(device)};
    out.number = serial(number);
    out.style = style;
    std::vector<contest_selection> selections;
    std::size_t k = 0;
    for (const contest_index c : election_.index().contests_of(style)) {
      const contest_terms& terms = election_.terms(c);
      bytes choices(terms.ciphertexts());
      for (const std::uint32_t m : marked[k]) {
        choices[m] = std::byte{1};
        ++expected_[branch.value()][c.value()][m];
      }
      ++ballots_[branch.value()][c.value()];
      selections.push_back(*contest_selection::of_choices(terms, secret_bytes(choices)));
      ++k;
    }
    const auto selection = *ballot_selection::make(election_, branch, style, std::move(selections));
    out.contests = *encrypt_ballot(election_, prover_, out, selection, random_secret<32>(random_));
    out.code = {random_.octets<32>()};
    auto outcomes = verifier_.verify(std::span(&out, 1), here_);
    EXPECT_TRUE(outcomes.front());
    return std::move(*outcomes.front());
  }

  // The sums hold what was marked: beta - x*alpha = count*G with the election's secret x.
  void expect_counts(node_index branch, const totals& sums) {
    for (const auto& total : sums.contests) {
      EXPECT_EQ(total.ballots, ballots_[branch.value()][total.contest.value()]);
      for (std::uint32_t i = 0; i < total.sums.size(); ++i) {
        const auto opened =
            total.sums[i].beta - group::mul_vartime(sample_.joint_secret(), total.sums[i].alpha);
        const std::uint64_t count = expected_[branch.value()][total.contest.value()][i];
        EXPECT_EQ(opened, group::mul_base_vartime(group::scalar_from_u64(count)));
      }
    }
  }

  testing::deterministic_random random_{testing::test_seed()};
  sample_election sample_{random_};
  election_context election_ = sample_.context();
  ballot_prover prover_{election_.proofs()};
  ballot_verifier verifier_{election_};
  sequential_executor here_;
  tally_shape shape_ = tally_shape::of(sample_.source());
  tally_context context_{sample_.e1(), election_domain::drill};
  node_index branch_{sample_election::first_branch.value()};
  std::map<std::uint32_t, std::map<std::uint32_t, std::map<std::uint32_t, std::uint64_t>>>
      expected_;
  std::map<std::uint32_t, std::map<std::uint32_t, std::uint64_t>> ballots_;
};

TEST_F(Accumulate, SumsHoldWhatWasMarked) {
  const auto first = sample_election::first_branch;
  std::vector<verified_ballot> ballots;
  ballots.push_back(cast(first, 1, 1, sample_election::council_and_mayor, {{0, 1, 2}, {1}}));
  ballots.push_back(cast(first, 1, 4, sample_election::council_only, {{10}}));  // blank
  ballots.push_back(cast(first, 2, 1, sample_election::council_and_mayor, {{2}, {}}));
  ballots.push_back(cast(first, 2, 2, sample_election::council_only, {{2, 9}}));
  branch_tally tally(context_, shape_, branch_);
  std::vector<digest32> leaves;
  for (const auto& ballot : ballots) {
    const auto done = tally.add(ballot);
    ASSERT_TRUE(done) << to_string(done.error());
    leaves.push_back(ballot_leaf(context_, {branch_, leaves.size(), ballot.code()}));
  }
  EXPECT_EQ(tally.ballots(), 4U);
  expect_counts(branch_, tally.subtotals());
  EXPECT_EQ(tally.subtotals().find(contest_index(1))->ballots, 2U);
  EXPECT_EQ(tally.merkle_root(), merkle_root("ballot/node", leaves));
  const auto record = std::move(tally).finish(100);
  EXPECT_EQ(record.what(), sum_record::kind::branch);
  EXPECT_EQ(record.lo(), 100U);
  EXPECT_EQ(record.hi(), 104U);
  EXPECT_EQ(record.first(), merkle_root("ballot/node", leaves));
}

TEST_F(Accumulate, AddsEachBallotOnceAndInItsBranchOnly) {
  const auto first = sample_election::first_branch;
  const auto one = cast(first, 1, 2, sample_election::council_only, {{0}});
  const auto before = cast(first, 1, 1, sample_election::council_only, {{0}});
  const auto elsewhere = cast(other_branch, 1, 3, sample_election::council_and_mayor, {{0}, {0}});
  branch_tally tally(context_, shape_, branch_);
  ASSERT_TRUE(tally.add(one));
  const auto sums = tally.subtotals();
  const auto root = tally.merkle_root();
  EXPECT_EQ(tally.add(one).error().code, errc::duplicate);
  EXPECT_EQ(tally.add(before).error().code, errc::duplicate);
  EXPECT_EQ(tally.add(elsewhere).error().code, errc::mismatch);
  EXPECT_EQ(tally.subtotals(), sums);
  EXPECT_EQ(tally.merkle_root(), root);
  EXPECT_EQ(tally.ballots(), 1U);
}

// A shape of another manifest, in which the branch votes on less, or on something narrower.
TEST_F(Accumulate, RefusesContestsThatTheBranchDoesNotVoteOn) {
  const auto ballot =
      cast(sample_election::first_branch, 1, 1, sample_election::council_and_mayor, {{0}, {0}});
  auto other = sample_.source();
  other.branch_styles[0] = {sample_election::council_only};
  const auto fewer = tally_shape::of(other);
  branch_tally without_mayor(context_, fewer, branch_);
  EXPECT_EQ(without_mayor.add(ballot).error().code, errc::mismatch);
  other = sample_.source();
  other.contests[1].options.pop_back();
  const auto narrower = tally_shape::of(other);
  branch_tally narrow(context_, narrower, branch_);
  EXPECT_EQ(narrow.add(ballot).error().code, errc::mismatch);
  EXPECT_TRUE(narrow.subtotals().is_zero());
}

TEST_F(Accumulate, ABranchWithoutBallotsIsEmpty) {
  const auto record = branch_tally(context_, shape_, branch_).finish(7);
  EXPECT_EQ(record.what(), sum_record::kind::empty);
  EXPECT_EQ(record.lo(), 7U);
  EXPECT_EQ(record.hi(), 7U);
  EXPECT_EQ(record.first(), digest32{});
  EXPECT_EQ(record.hash(), make_empty_record(context_, branch_, 7).hash());
  EXPECT_EQ(record.published().merkle_root, digest32{});
}

// From ballots to the nation: the root's sums hold the marks of all branches.
TEST_F(Accumulate, TheRootHoldsAllBranches) {
  merkle_sum_tree_builder builder(context_, shape_);
  std::map<std::uint32_t, std::map<std::uint32_t, std::uint64_t>> all;
  std::uint32_t number = 0;
  for (const node_index branch : shape_.branches()) {
    branch_tally tally(context_, shape_, branch);
    const auto at = branch_index(branch.value());
    for (std::uint32_t i = 0; i < 2; ++i) {
      const auto style = election_.index().styles_at(at).back();
      std::vector<std::vector<std::uint32_t>> marked;
      for (const contest_index c : election_.index().contests_of(style)) {
        marked.push_back({static_cast<std::uint32_t>(number % 2)});
        ++all[c.value()][number % 2];
      }
      ++number;
      ASSERT_TRUE(tally.add(cast(at, 1, i + 1, style, marked)));
    }
    ASSERT_TRUE(builder.add_branch(std::move(tally).finish(builder.position())));
  }
  ASSERT_TRUE(builder.root());
  EXPECT_EQ(builder.root()->hi(), number);
  for (const auto& total : builder.root()->subtotals().contests) {
    for (std::uint32_t i = 0; i < total.sums.size(); ++i) {
      const auto opened =
          total.sums[i].beta - group::mul_vartime(sample_.joint_secret(), total.sums[i].alpha);
      EXPECT_EQ(opened,
                group::mul_base_vartime(group::scalar_from_u64(all[total.contest.value()][i])));
    }
  }
}

}  // namespace
}  // namespace sandoq
