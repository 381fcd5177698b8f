// What the tool says of contests whose ballot rule is more than options, each once.   SPEC(50.10)

#include "tests/support/ballot_forms.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sandoq/ballot/ballot_codes.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tools/sandoq/choice_count.hpp"
#include "tools/sandoq/encoding_choice.hpp"
#include "tools/sandoq/made_up.hpp"
#include "tools/sandoq/scenario.hpp"
#include "tools/sandoq/standings.hpp"

namespace sandoq::tool {
namespace {

using b = ballot_rule;
using testing::contest_with;

struct numbers {
  testing::deterministic_random random{testing::test_seed()};
  std::uint32_t below(std::uint64_t bound) {
    return static_cast<std::uint32_t>(random.below(bound));
  }
};

// A rule that some encoding carries, with lists where it needs them.
contest_entry some_contest(numbers& draw, contest_encoding encoding, std::uint32_t most_options) {
  for (;;) {
    const std::uint32_t n = 1 + draw.below(most_options);
    const b rule = testing::some_ballot_rule(draw, n);
    const std::uint32_t first = draw.below(n + 1);
    contest_entry out = contest_with(encoding, n, rule, first, draw.below(n - first + 1));
    if (can_carry(encoding, rule)) {
      return out;
    }
  }
}

// Every set of codes that a proof holds and 50.10 permits, one by one.
std::uint64_t counted_one_by_one(const contest_entry& contest) {
  const ballot_codes codes(contest);
  const choice_limits& limits = codes.numbers().limits;
  std::uint64_t out = 0;
  for (std::uint64_t bits = 0; bits < std::uint64_t{1} << limits.options; ++bits) {
    std::vector<std::uint32_t> chosen;
    std::uint32_t weight = 0;
    for (std::uint32_t i = 0; i < limits.options; ++i) {
      if ((bits >> i & 1U) != 0) {
        chosen.push_back(i + 1);
        weight += i < limits.options - limits.whole ? 1 : limits.max_choices;
      }
    }
    const bool blank = chosen.empty() && limits.blank == blank_option::counted;
    const bool in_range = weight >= limits.min_choices && weight <= limits.max_choices;
    out += (in_range || blank) && codes.check(chosen) ? 1 : 0;
  }
  return out;
}

TEST(BallotForms, DifferentBallotsAreCountedExactly) {
  numbers draw;
  int compared = 0;
  while (compared < 300) {
    const auto encoding = static_cast<contest_encoding>(1 + draw.below(3));
    const contest_entry contest = some_contest(draw, encoding, 5);
    if (code_numbers_of(contest).limits.options > 12) {
      continue;
    }
    ++compared;
    EXPECT_EQ(count_choices(contest).exact, std::to_string(counted_one_by_one(contest)));
  }
}

TEST(BallotForms, AutoIsTheRuleOfTheSpecification) {
  const auto chosen = [](std::uint32_t n, const b& rule) {
    return choose_encoding(contest_with(contest_encoding::bit_vector, n, rule, n / 2, 2))
        .value()
        .encoding;
  };
  b rule;
  rule.min_votes = 1;
  rule.max_votes = 4;
  rule.max_each = 2;
  EXPECT_EQ(chosen(100, rule), contest_encoding::bit_vector);
  EXPECT_EQ(chosen(101, rule), contest_encoding::slots);
  rule.form = b::list_form::open;
  EXPECT_EQ(chosen(10, rule), contest_encoding::packed_subset);
  rule.code = b::list_code::separate;
  rule.form = b::list_form::free;
  EXPECT_EQ(chosen(10, rule), contest_encoding::packed_subset);
  rule.exclusive = 1;
  EXPECT_EQ(chosen(10, rule), contest_encoding::bit_vector);
  EXPECT_EQ(chosen(400, rule), contest_encoding::bit_vector);
  EXPECT_EQ(chosen(600, rule), contest_encoding::packed_subset);
  rule.form = b::list_form::closed;
  EXPECT_EQ(chosen(2000, rule), contest_encoding::bit_vector);
  rule.code = b::list_code::members;
  rule.strike = 1;
  EXPECT_EQ(chosen(10, rule), contest_encoding::packed_subset);
}

TEST(BallotForms, MadeUpVotersKeepTheRuleOrMarkTooMuch) {
  numbers draw;
  dice d(7);
  int counted = 0;
  for (int turn = 0; turn < 2000; ++turn) {
    const contest_entry contest = some_contest(draw, contest_encoding::packed_subset, 6);
    const b& law = contest.law->ballot;
    voter v;
    const listed_choice made = choose_by_law(d, contest);
    v.choices = {made.options};
    v.lists = {made.list};
    v.struck = {made.struck};
    const auto entries = v.entries_in(0);
    b strict = law;
    strict.overvote = b::overvote_policy::reject;
    const auto read = read_choices(strict, contest.lists,
                                   static_cast<std::uint32_t>(contest.options.size()), entries);
    if (read.reading == ballot_reading::counted) {
      ++counted;
    } else if (read.reading == ballot_reading::refused) {
      EXPECT_NE(law.overvote, b::overvote_policy::reject) << "too much, where nobody reads it";
    } else {
      EXPECT_TRUE(entries.empty());
    }
  }
  EXPECT_GT(counted, 1000);
}

TEST(BallotForms, StandingsHaveVotesOfOptionsAndBallotsOfLists) {
  b rule;
  rule.max_votes = 3;
  rule.max_each = 2;
  rule.code = b::list_code::separate;
  const contest_entry contest = contest_with(contest_encoding::packed_subset, 3, rule, 1, 1);
  contest_result result;
  result.ballots = 40;
  result.counts = {9, 4, 2, 1, 8, 0, 20, 30, 6};  // twice three options, red, blue, invalid
  const auto rows = standings_of(contest, result, {}, {});
  std::string told;
  for (const standing_row& row : rows) {
    told += (row.option != nullptr ? row.option->id
             : row.list != nullptr ? row.list->id
                                   : std::string("invalid")) +
            ' ' + std::to_string(*row.votes) + ' ';
  }
  EXPECT_EQ(told, "o0 13 o2 8 o1 3 blue 30 red 20 invalid 6 ");
}

}  // namespace
}  // namespace sandoq::tool
