// Plurality with thresholds and run-off, by asking for each option how many are before it.

#include <gtest/gtest.h>

#include <numeric>

#include "tests/unit/rules/rules_fixture.hpp"

namespace sandoq {
namespace {

using namespace sandoq::testing;
__extension__ using uint128 = unsigned __int128;
using base_code = threshold_rule::base_code;

struct expected_places {
  std::vector<option_index> elected;
  std::vector<option_index> alternates;
  std::vector<option_index> runoff;
};

struct plurality_question {
  plurality_rule part;
  counted_contest counted;
  places_to_fill places;

  bool passes(std::size_t option) const {
    if (!part.threshold) {
      return true;
    }
    const threshold_rule& limit = *part.threshold;
    const auto total = std::accumulate(counted.votes.begin(), counted.votes.end(), uint128{0});
    const bool per_seat = limit.base == base_code::votes_per_seat;
    const uint128 base = limit.base == base_code::valid_ballots ? uint128{counted.valid}
                         : limit.base == base_code::all_ballots ? uint128{counted.ballots}
                                                                : total;
    const uint128 left =
        uint128{counted.votes[option]} * limit.share.denominator * (per_seat ? places.seats : 1);
    const uint128 right = base * limit.share.numerator;
    return left > right || (left == right && limit.strict == 0);
  }

  // Options of one side, by their number of others of that side before them. No two are equal.
  std::vector<option_index> ordered(bool passing) const {
    std::vector<option_index> out;
    for (std::size_t place = 0; place < counted.votes.size(); ++place) {
      for (std::size_t option = 0; option < counted.votes.size(); ++option) {
        std::size_t before = 0;
        for (std::size_t other = 0; other < counted.votes.size(); ++other) {
          before +=
              passes(other) == passing && counted.votes[other] > counted.votes[option] ? 1 : 0;
        }
        if (passes(option) == passing && before == place) {
          out.emplace_back(static_cast<std::uint32_t>(option));
        }
      }
    }
    return out;
  }

  expected_places answer() const {
    expected_places out;
    for (const option_index option : ordered(true)) {
      if (out.elected.size() < places.seats) {
        out.elected.push_back(option);
      } else if (out.alternates.size() < places.alternates) {
        out.alternates.push_back(option);
      }
    }
    const std::size_t open = places.seats - out.elected.size();
    for (const option_index option : ordered(false)) {
      if (part.runoff > 0 && open > 0) {
        if (out.runoff.size() < part.runoff * open) {
          out.runoff.push_back(option);
        }
      } else if (out.alternates.size() < places.alternates) {
        out.alternates.push_back(option);
      }
    }
    return out;
  }
};

TEST(RulePlurality, IsThatOfWhoStandsBeforeWhom) {
  rule_numbers numbers(31);
  int run_again = 0;
  for (int round = 0; round < 400; ++round) {
    plurality_question asked;
    asked.counted.votes = some_votes(numbers);
    for (const std::uint64_t votes : asked.counted.votes) {
      asked.counted.valid += votes;  // one vote a ballot
    }
    asked.counted.ballots = asked.counted.valid + numbers.below(1'000'000);
    const auto n = static_cast<std::uint32_t>(asked.counted.votes.size());
    asked.places = {1 + numbers.below(n), numbers.below(n + 1)};
    asked.part.runoff = numbers.below(3);
    if (numbers.below(4) > 0) {
      const std::uint32_t parts = 1 + numbers.below(12);
      threshold_rule& limit =
          asked.part.threshold.emplace(threshold_rule{{1, parts}, base_code::votes, 0, {}});
      limit.base = static_cast<base_code>(1 + numbers.below(4));
      limit.strict = static_cast<std::uint8_t>(numbers.below(2));
      limit.applies = threshold_rule::scope_code::all;
    }
    const auto made =
        allocate({ballot_rule{}, asked.part}, {}, asked.counted, asked.places, some_lot());
    ASSERT_TRUE(made.has_value()) << to_string(made.error());
    const expected_places expected = asked.answer();
    EXPECT_EQ(made->elected, expected.elected);
    EXPECT_EQ(made->alternates, expected.alternates);
    EXPECT_EQ(made->runoff, expected.runoff);
    run_again += expected.runoff.empty() ? 0 : 1;
  }
  EXPECT_GT(run_again, 20);
}

// Just reached: passed, unless more is asked for.
TEST(RulePlurality, AThresholdThatIsJustReached) {
  counted_contest counted;
  counted.votes = {50, 30, 20};
  counted.ballots = counted.valid = 100;
  for (const bool strict : {false, true}) {
    plurality_rule part;
    part.threshold = threshold_rule{{1, 2}, base_code::valid_ballots, strict, {}};
    part.threshold->applies = threshold_rule::scope_code::all;
    part.runoff = 2;
    const auto made = allocate({ballot_rule{}, part}, {}, counted, {1, 0}, {}).value();
    EXPECT_EQ(made.elected.size(), strict ? 0U : 1U);
    EXPECT_EQ(made.runoff.size(), strict ? 2U : 0U);
  }
}

}  // namespace
}  // namespace sandoq
