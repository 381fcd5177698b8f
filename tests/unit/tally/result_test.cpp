#include "sandoq/tally/result.hpp"

#include <gtest/gtest.h>

#include "tests/support/byte_mutations.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

using group = ristretto255;

contest_entry council() {
  contest_entry out;
  out.options.resize(4);
  out.max_choices = 3;
  out.min_choices = 1;
  out.blank = blank_option::counted;
  out.seats = 2;
  out.alternates = 1;
  return out;
}

// 10 ballots, 2 of them blank.
const std::vector<std::uint64_t> counts = {8, 5, 5, 1, 2};

TEST(Result, IsReadStrictly) {
  auto published = make_result(contest_index(1), council(), 10, counts);
  ASSERT_EQ(published.seats.ties.size(), 1U);
  testing::expect_canonical(published);
  published.seats.ties.push_back(published.seats.ties[0]);
  testing::expect_canonical(published);
  published.seats.ties.push_back(published.seats.ties[0]);
  EXPECT_EQ(contest_result::decode(published.encode()).error().code, errc::too_large);
  published.seats.ties.resize(1);
  published.seats.ties[0].options.resize(1);
  EXPECT_EQ(contest_result::decode(published.encode()).error().code, errc::out_of_range);
  published.seats.ties.clear();
  published.counts.resize(8194);
  EXPECT_EQ(contest_result::decode(published.encode()), published);
  published.counts.resize(8195);
  EXPECT_EQ(contest_result::decode(published.encode()).error().code, errc::too_large);
  published.counts.clear();
  EXPECT_EQ(contest_result::decode(published.encode()).error().code, errc::missing);
  published.counts = counts;
  published.seats.elected.resize(8193);
  EXPECT_EQ(contest_result::decode(published.encode()).error().code, errc::too_large);
}

TEST(Result, CountsKeepTheLimitsOfTheContest) {
  const auto contest = council();
  auto published = make_result(contest_index(0), contest, 10, counts);
  EXPECT_TRUE(check_counts(contest, 10, published));
  EXPECT_FALSE(check_counts(contest, 11, published));  // the tally says another number
  const auto with = [&](std::vector<std::uint64_t> other) {
    published.counts = std::move(other);
    return check_counts(contest, 10, published).holds();
  };
  EXPECT_FALSE(with({8, 5, 5, 1}));
  EXPECT_FALSE(with({8, 5, 5, 1, 2, 0}));
  EXPECT_FALSE(with({11, 0, 0, 0, 0}));
  EXPECT_TRUE(with({10, 0, 0, 0, 0}));  // one choice each: Lmin
  EXPECT_FALSE(with({9, 0, 0, 0, 0}));  // one ballot without a choice
  EXPECT_TRUE(with({0, 0, 0, 0, 10}));  // all blank: L each
  EXPECT_TRUE(with({10, 10, 10, 0, 0}));
  EXPECT_FALSE(with({10, 10, 10, 1, 0}));
  EXPECT_FALSE(with({1, 0, 0, 0, 10}));  // a blank ballot with a choice
  EXPECT_TRUE(with({8, 8, 8, 0, 2}));
  EXPECT_FALSE(with({8, 8, 8, 1, 2}));
}

// Numbers whose products do not fit into 64 bits.
TEST(Result, LimitsHoldForHugeNumbers) {
  contest_entry contest = council();
  contest.options.resize(1000);
  contest.max_choices = 999;
  constexpr std::uint64_t ballots = ~std::uint64_t{0};
  contest_result published;
  published.ballots = ballots;
  published.counts.assign(1001, 0);
  published.counts[0] = ballots;
  EXPECT_TRUE(check_counts(contest, ballots, published));
  published.counts.assign(1001, ballots);
  EXPECT_FALSE(check_counts(contest, ballots, published));
}

TEST(Result, OpenedValuesAreTheCounts) {
  std::vector<group::element> opened;
  for (const std::uint64_t count : counts) {
    opened.push_back(group::mul_base_vartime(group::scalar_from_u64(count)));
  }
  EXPECT_TRUE(check_opened_counts(opened, counts));
  for (std::size_t i = 0; i < counts.size(); ++i) {
    auto other = counts;
    other[i] += 1;
    EXPECT_FALSE(check_opened_counts(opened, other));
  }
}

TEST(Result, SeatsFollowFromTheCounts) {
  const auto contest = council();
  const auto published = make_result(contest_index(0), contest, 10, counts);
  EXPECT_TRUE(check_seats(contest, published));
  EXPECT_EQ(published.seats.elected, std::vector<option_index>{option_index(0)});
  auto other = published;
  other.seats.elected.emplace_back(1U);
  EXPECT_FALSE(check_seats(contest, other));
  other = published;
  other.seats.alternates.emplace_back(3U);
  EXPECT_FALSE(check_seats(contest, other));
  other = published;
  other.seats.ties.clear();
  EXPECT_FALSE(check_seats(contest, other));
  other = published;
  other.seats.ties[0].seats = 0;
  EXPECT_FALSE(check_seats(contest, other));
  other = published;
  other.counts.pop_back();
  EXPECT_FALSE(check_seats(contest, other));
  // Blank is no option: however many, it gets no seat.
  auto blank = make_result(contest_index(0), contest, 10, {1, 0, 0, 0, 9});
  EXPECT_EQ(blank.seats.elected, std::vector<option_index>{option_index(0)});
  EXPECT_TRUE(blank.seats.alternates.empty());
}

contest_entry mixed(contest_encoding encoding) {
  contest_entry out = council();
  out.encoding = encoding;
  return out;
}

TEST(Result, HasAsManyCountsAsItsEncodingSays) {
  const auto counts_of = [](contest_encoding encoding, std::vector<std::uint64_t> values) {
    return check_counts(mixed(encoding), 10, values).holds();
  };
  EXPECT_TRUE(counts_of(contest_encoding::slots, {8, 5, 5, 1, 2}));
  EXPECT_FALSE(counts_of(contest_encoding::slots, {8, 5, 5, 1, 2, 0}));
  EXPECT_TRUE(counts_of(contest_encoding::slots, {0, 0, 0, 0, 10}));
  EXPECT_FALSE(counts_of(contest_encoding::slots, {0, 0, 0, 0, 11}));
  EXPECT_TRUE(counts_of(contest_encoding::packed_subset, {8, 5, 5, 1, 2, 0}));
  EXPECT_FALSE(counts_of(contest_encoding::packed_subset, {8, 5, 5, 1, 2}));
  EXPECT_TRUE(counts_of(contest_encoding::packed_ranking, {2, 1}));
  EXPECT_FALSE(counts_of(contest_encoding::packed_ranking, {8, 5, 5, 1, 2, 1}));
  auto without = mixed(contest_encoding::packed_ranking);
  without.blank = blank_option::absent;
  EXPECT_TRUE(check_counts(without, 10, std::vector<std::uint64_t>{10}));
  EXPECT_FALSE(check_counts(without, 10, std::vector<std::uint64_t>{2, 1}));
}

// The sum of slots is that of their blank ballots.
TEST(Result, SubtotalsOfSlotsAreBlankBallots) {
  const auto slots = mixed(contest_encoding::slots);
  EXPECT_TRUE(check_sum_counts(slots, 10, std::vector<std::uint64_t>{10}));
  EXPECT_FALSE(check_sum_counts(slots, 10, std::vector<std::uint64_t>{11}));
  EXPECT_FALSE(check_sum_counts(slots, 10, counts));
  EXPECT_TRUE(check_sum_counts(council(), 10, counts));
  EXPECT_FALSE(check_sum_counts(council(), 4, counts));
}

TEST(Result, OfRuleTwoNobodyIsElected) {
  contest_entry contest = mixed(contest_encoding::packed_subset);
  contest.rule = seat_rule::by_law;
  auto published = make_result(contest_index(0), contest, 10, {8, 5, 5, 1, 2, 0});
  EXPECT_EQ(published.seats, seat_allocation{});
  EXPECT_TRUE(check_seats(contest, published));
  published.seats.elected.emplace_back(0U);
  EXPECT_FALSE(check_seats(contest, published));
  // Of rule 1 neither blank nor invalid votes are options.
  contest.rule = seat_rule::plurality_at_large;
  published = make_result(contest_index(0), contest, 10, {1, 0, 0, 0, 6, 3});
  EXPECT_EQ(published.seats.elected, std::vector<option_index>{option_index(0)});
  EXPECT_TRUE(published.seats.alternates.empty());
}

}  // namespace
}  // namespace sandoq
