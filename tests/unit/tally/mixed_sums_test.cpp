// Ballots of mixed contests: what of them is added up.

#include <gtest/gtest.h>

#include "sandoq/ballot/ballot_verifier.hpp"
#include "sandoq/ballot/encrypt_secret.hpp"
#include "sandoq/tally/accumulate.hpp"
#include "sandoq/tally/result.hpp"
#include "tests/support/mixed_contests.hpp"
#include "tests/support/sample_election.hpp"

namespace sandoq::mixed_sums_test {
namespace {

using group = ristretto255;
using testing::sample_election;

class MixedSums : public ::testing::Test {
 protected:
  verified_ballot cast(std::uint32_t number, contest_selection council) {
    ballot_item out;
    out.place = {sample_election::first_branch, device_index(1)};
    out.number = serial(number);
    out.style = sample_election::council_and_mayor;
    const std::vector<option_index> ranks{option_index(2), option_index(0),
                                          contest_selection::no_option};
    std::vector<contest_selection> selections;
    selections.push_back(std::move(council));
    selections.push_back(*contest_selection::of_ranks(terms(1), ranks));
    const auto selection = *ballot_selection::make(election_, sample_election::first_branch,
                                                   out.style, std::move(selections));
    out.contests = *encrypt_ballot(election_, prover_, out, selection, random_secret<32>(random_));
    out.code = {random_.octets<32>()};
    auto outcomes = verifier_.verify(std::span(&out, 1), here_);
    EXPECT_TRUE(outcomes.front());
    return std::move(*outcomes.front());
  }
  const contest_terms& terms(std::uint32_t contest) const {
    return election_.terms(contest_index(contest));
  }

  testing::deterministic_random random_{testing::test_seed()};
  sample_election sample_{random_, election_domain::drill, testing::mix_contests};
  election_context election_ = sample_.context();
  ballot_prover prover_{election_.proofs()};
  ballot_verifier verifier_{election_};
  sequential_executor here_;
  tally_context context_{sample_.e1(), election_domain::drill};
  node_index branch_{sample_election::first_branch.value()};
};

TEST_F(MixedSums, OfSlotsAreTheirBlankBallotsAndOfPackedOnesNothing) {
  const tally_shape shape = tally_shape::of(sample_.source());
  ASSERT_EQ(shape.width(contest_index(0)), 1U);
  ASSERT_EQ(shape.width(contest_index(1)), 0U);
  branch_tally tally(context_, shape, branch_);
  const std::vector<option_index> chosen{option_index(7), contest_selection::no_option,
                                         option_index(0)};
  ASSERT_TRUE(tally.add(cast(1, *contest_selection::of_blank(terms(0)))));
  ASSERT_TRUE(tally.add(cast(2, *contest_selection::of_slots(terms(0), chosen))));
  ASSERT_TRUE(tally.add(cast(3, *contest_selection::of_blank(terms(0)))));
  const contest_total& council = *tally.subtotals().find(contest_index(0));
  const contest_total& mayor = *tally.subtotals().find(contest_index(1));
  EXPECT_EQ(council.ballots, 3U);
  EXPECT_EQ(mayor.ballots, 3U);
  EXPECT_TRUE(mayor.sums.empty());
  ASSERT_EQ(council.sums.size(), 1U);
  const auto opened =
      council.sums[0].beta - group::mul_vartime(sample_.joint_secret(), council.sums[0].alpha);
  EXPECT_EQ(opened, group::mul_base_vartime(group::scalar_from_u64(2)));
  EXPECT_EQ(
      check_sum_counts(sample_.source().contests[0], 3, std::vector<std::uint64_t>{2}).reason(),
      "");
}

// A ballot of a mixed contest where all ciphertexts would be added up, by another manifest.
TEST_F(MixedSums, AreOfNoOtherEncoding) {
  manifest other = sample_.source();
  other.contests[0].encoding = contest_encoding::bit_vector;
  const tally_shape shape = tally_shape::of(other);
  branch_tally tally(context_, shape, branch_);
  EXPECT_EQ(tally.add(cast(1, *contest_selection::of_blank(terms(0)))).error().code,
            errc::mismatch);
  EXPECT_TRUE(tally.subtotals().is_zero());
}

}  // namespace
}  // namespace sandoq::mixed_sums_test
