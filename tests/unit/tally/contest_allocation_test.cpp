#include "sandoq/tally/contest_allocation.hpp"

#include <gtest/gtest.h>

#include "tests/support/byte_mutations.hpp"
#include "tests/support/list_rules.hpp"

namespace sandoq::contest_allocation_test {
namespace {

std::vector<option_index> options(std::vector<std::uint32_t> values) {
  return {values.begin(), values.end()};
}

contest_allocation some_item() {
  return {contest_index(4),
          options({2, 0}),
          options({1}),
          options({3, 4}),
          {{{step_kind::votes, {0, 1}, {"7", "1/2"}}, {step_kind::elected, {2, 0}, {}}}}};
}

TEST(ContestAllocation, IsReadStrictly) {
  testing::expect_canonical(some_item());
  testing::expect_canonical(contest_allocation{});
  contest_allocation item;
  item.elected.resize(1025);
  EXPECT_EQ(contest_allocation::decode(item.encode()).error().code, errc::too_large);
  item.elected.resize(1024);
  item.alternates.resize(8192);
  item.runoff.resize(8192);
  EXPECT_EQ(contest_allocation::decode(item.encode()), item);
  item.alternates.resize(8193);
  EXPECT_EQ(contest_allocation::decode(item.encode()).error().code, errc::too_large);
  item.alternates.clear();
  item.runoff.resize(8193);
  EXPECT_EQ(contest_allocation::decode(item.encode()).error().code, errc::too_large);
}

// A transcript of so many bytes: a count, steps of one value each, and a last one to fill up.
allocation_transcript transcript_of(std::size_t size) {
  constexpr std::size_t around = 1 + 4 + 4 + 4;
  allocation_transcript out;
  for (std::size_t left = size - 4; left > 0;) {
    std::size_t digits = std::min<std::size_t>(left - around, 60'000);
    if (left - around - digits > 0 && left - around - digits <= around) {
      digits -= around;
    }
    out.steps.push_back({step_kind::quota, {}, {std::string(digits, '7')}});
    left -= around + digits;
  }
  return out;
}

TEST(ContestAllocation, HasATranscriptOfAtMostEightMebibytes) {
  allocation seats;
  seats.transcript = transcript_of(contest_allocation::max_transcript_bytes);
  ASSERT_EQ(seats.transcript.encode().size(), contest_allocation::max_transcript_bytes);
  EXPECT_TRUE(make_allocation(contest_index(0), seats));
  seats.transcript = transcript_of(contest_allocation::max_transcript_bytes + 1);
  EXPECT_EQ(make_allocation(contest_index(0), seats).error().code, errc::too_large);
  contest_allocation item;
  item.transcript = seats.transcript;
  EXPECT_EQ(contest_allocation::decode(item.encode()).error().code, errc::too_large);
}

// "keep" may seat more than there are seats: an item does not hold all of them.
TEST(ContestAllocation, HoldsNoMoreThanItCanName) {
  allocation seats;
  seats.elected.resize(1024);
  EXPECT_TRUE(make_allocation(contest_index(0), seats));
  seats.elected.resize(1025);
  EXPECT_EQ(make_allocation(contest_index(0), seats).error().code, errc::too_large);
  seats.elected.clear();
  seats.transcript.steps = {{step_kind::quota, {}, {std::string(65'537, '1')}}};
  EXPECT_EQ(make_allocation(contest_index(0), seats).error().code, errc::too_large);
}

TEST(ContestAllocation, IsComparedFieldByField) {
  const contest_allocation good = some_item();
  EXPECT_TRUE(check_allocation(good, good));
  const auto refused = [&](auto change) {
    contest_allocation other = good;
    change(other);
    EXPECT_FALSE(check_allocation(good, other));
    EXPECT_FALSE(check_allocation(other, good));
  };
  refused([](auto& a) { a.contest = contest_index(3); });
  refused([](auto& a) { std::swap(a.elected[0], a.elected[1]); });
  refused([](auto& a) { a.alternates.clear(); });
  refused([](auto& a) { a.runoff.pop_back(); });
  refused([](auto& a) { a.transcript.steps.pop_back(); });
  refused([](auto& a) { a.transcript.steps[0].values[1] = "2/4"; });
  refused([](auto& a) { a.transcript.steps[1].subjects[0] = 1; });
}

contest_entry two_lists() {
  contest_entry out;
  out.options.resize(4);
  out.seats = 1;
  out.rule = seat_rule::by_law;
  out.law = testing::law_of(testing::hare());
  out.lists = {{"a", {}, options({0, 1})}, {"b", {}, options({2, 3})}};
  out.attributes = {{"age", {}}, {"term", {}}};
  return out;
}

ruled_contest four_votes_each() {
  ruled_contest out{contest_index(6), {}};
  out.counted.votes = {4, 4, 4, 4};
  out.counted.ballots = out.counted.valid = 16;
  return out;
}

TEST(ContestAllocation, OnlyTiesOfOptionsNeedAttributes) {
  const contest_entry contest = two_lists();
  const auto asked = four_votes_each();
  const auto open = allocate(contest, asked, nullptr, std::nullopt).value();
  EXPECT_EQ(open.status, allocation_status::open);
  EXPECT_TRUE(tied_options(open).empty());  // two lists are equal
  const auto drawn = allocate(contest, asked, nullptr, digest32{}).value();
  EXPECT_EQ(drawn.status, allocation_status::decided);
  // The ticket of a list is that of its subject: n + j.
  const bool first = lot_ticket(digest32{}, contest_index(6), 0, 4) <
                     lot_ticket(digest32{}, contest_index(6), 0, 5);
  EXPECT_EQ(tied_options(drawn), first ? options({0, 1}) : options({2, 3}));
  // The second attribute decides, whoever the lot is for; other options have 0.
  for (const std::uint32_t better : {0U, 1U}) {
    const std::uint32_t option = (first ? 0U : 2U) + better;
    const tie_attributes given{contest_index(6), {{option_index(option), {0, 9}}}, {}};
    const auto made = allocate(contest, asked, &given, digest32{}).value();
    EXPECT_EQ(made.elected, options({option}));
  }
}

TEST(ContestAllocation, AttributesMustBeOfTheContest) {
  const tie_attributes of_nobody{contest_index(6), {{option_index(4), {1, 2}}}, {}};
  EXPECT_EQ(allocate(two_lists(), four_votes_each(), &of_nobody, std::nullopt).error().code,
            errc::out_of_range);
  const tie_attributes too_few{contest_index(6), {{option_index(0), {1}}}, {}};
  EXPECT_EQ(allocate(two_lists(), four_votes_each(), &too_few, std::nullopt).error().code,
            errc::mismatch);
}

}  // namespace
}  // namespace sandoq::contest_allocation_test
