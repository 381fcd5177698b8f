#include "sandoq/rules/allocate.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/rules/rules_fixture.hpp"

namespace sandoq {
namespace {

using namespace sandoq::testing;

const rule at_large{ballot_rule{}, plurality_rule{}};

counted_contest counts(std::vector<std::uint64_t> votes) {
  counted_contest out;
  out.votes = std::move(votes);
  out.ballots = out.valid = 100;
  return out;
}

TEST(Allocate, AnOpenTieElectsNobodyAndEndsTheTranscript) {
  const auto open = allocate(at_large, {}, counts({9, 7, 7, 3}), {2, 1}, {}).value();
  EXPECT_EQ(open.status, allocation_status::open);
  EXPECT_TRUE(open.elected.empty());
  const allocation_step& last = open.transcript.steps.back();
  EXPECT_EQ(last.kind, step_kind::open_tie);
  EXPECT_EQ(last.subjects, (std::vector<std::uint32_t>{1, 2}));
  const auto drawn = allocate(at_large, {}, counts({9, 7, 7, 3}), {2, 1}, some_lot()).value();
  EXPECT_EQ(drawn.status, allocation_status::decided);
  EXPECT_EQ(drawn.elected.size() + drawn.alternates.size(), 3U);
}

using between = allocation_tie::tie_between;

TEST(Allocate, SaysWhatTiedWithWhat) {
  using tied = std::vector<allocation_tie>;
  // 7, 7 for one place, then 3, 3, 3 for one alternate.
  const auto counted = counts({7, 3, 3, 7, 3});
  const auto drawn = allocate(at_large, {}, counted, {1, 2}, some_lot()).value();
  EXPECT_EQ(drawn.ties, (tied{{between::options, {0, 3}}, {between::options, {1, 2, 4}}}));
  const auto open = allocate(at_large, {}, counted, {1, 2}, {}).value();
  EXPECT_EQ(open.ties, (tied{{between::options, {0, 3}}}));
  EXPECT_EQ(allocate(at_large, {}, counts({7, 3}), {1, 1}, {}).value().ties, tied{});
}

// Independents with seats of their own are parties, and yet options in the transcript.
TEST(Allocate, TiesOfPartiesAreNoTiesOfOptions) {
  using p = proportional_rule;
  p part = divisors(p::method_code::d_hondt);
  part.independents = p::independents_code::own;
  const auto made = allocate(law_of(part), {}, counts({5, 5, 4}), {1, 0}, some_lot()).value();
  ASSERT_EQ(made.ties.size(), 1U);
  EXPECT_EQ(made.ties[0], (allocation_tie{between::parties, {0, 1}}));
  // Two equal parties, then the equal members of the one that comes first.
  const std::vector<party_list> lists = {{"a", {}, {option_index(0), option_index(1)}},
                                         {"b", {}, {option_index(2), option_index(3)}}};
  const auto listed = allocate(law_of(hare()), lists, counts({4, 4, 4, 4}), {1, 0}, some_lot());
  ASSERT_TRUE(listed.has_value());
  ASSERT_EQ(listed->ties.size(), 2U);
  EXPECT_EQ(listed->ties[0], (allocation_tie{between::parties, {4, 5}}));
  const bool first = listed->elected.front() < option_index(2);
  EXPECT_EQ(listed->ties[1], (first ? allocation_tie{between::options, {0, 1}}
                                    : allocation_tie{between::options, {2, 3}}));
}

TEST(Allocate, AttributesGoBeforeTheLot) {
  tie_order ties = some_lot();
  for (const std::uint32_t better : {1U, 2U}) {
    ties.attributes.assign(4, {0, 0});
    ties.attributes[better] = {0, 5};
    const auto made = allocate(at_large, {}, counts({9, 7, 7, 3}), {2, 0}, ties).value();
    EXPECT_EQ(made.elected, (std::vector{option_index(0), option_index(better)}));
  }
}

TEST(Allocate, RefusesWhatDoesNotFitTheRule) {
  const auto check_of = [](const rule& law, const counted_contest& counted, places_to_fill places,
                           const std::vector<party_list>& lists = {}, const tie_order& ties = {}) {
    const auto made = allocate(law, lists, counted, places, ties);
    EXPECT_FALSE(made.has_value());
    return made ? std::string() : made.error().place;
  };
  EXPECT_EQ(check_of(at_large, counts({}), {1, 0}), "rule.options");
  EXPECT_EQ(check_of(at_large, counts({1, 2}), {0, 0}), "rule.seats");
  EXPECT_EQ(check_of(at_large, counts({1, 2}), {3, 0}), "rule.seats");
  EXPECT_EQ(check_of(at_large, counts({1, 2}), {1, 3}), "rule.seats");
  EXPECT_EQ(check_of(at_large, counts({1, 2}), {1, 0}, lists_with({5}, 1).lists), "rule.lists");
  auto odd = counts({1, 2});
  odd.valid = 101;
  EXPECT_EQ(check_of(at_large, odd, {1, 0}), "rule.counts");
  odd = counts({1, 2});
  odd.list_ballots = {4};
  EXPECT_EQ(check_of(at_large, odd, {1, 0}), "rule.counts");
  odd = counts({1, 2});
  odd.rankings = {{1, {{option_index(0)}}}};
  EXPECT_EQ(check_of(at_large, odd, {1, 0}), "rule.counts");
  ranking_rule stv;
  stv.method = ranking_rule::method_code::stv;
  stv.quota = ranking_rule::quota_code::droop;
  const rule by_rankings{ballot_rule{}, stv};
  EXPECT_EQ(check_of(by_rankings, counts(std::vector<std::uint64_t>(12)), {10, 0}), "rule.seats");
  for (const std::uint32_t wrong : {0U, 2U}) {
    odd = counts({0, 0});
    odd.rankings = {{1, {{option_index(0), option_index(wrong)}}}};
    EXPECT_EQ(check_of(by_rankings, odd, {1, 0}), "rule.counts");
  }
  tie_order uneven;
  uneven.attributes = {{1}, {1, 2}};
  EXPECT_EQ(check_of(at_large, counts({1, 2}), {1, 0}, {}, uneven), "rule.counts");
  EXPECT_EQ(check_of({ballot_rule{}, plurality_rule{std::nullopt, 17}}, counts({1}), {1, 0}),
            "rule.plurality");
}

// Sums above 64 bits stay exact: the last vote decides.
TEST(Allocate, VotesOfAnySizeAreExact) {
  constexpr std::uint64_t most = ~std::uint64_t{0};
  listed_votes given = lists_with({most, most - 1, most - 2}, 1);
  given.counted.ballots = given.counted.valid = most;
  const auto made = allocate(law_of(hare()), given.lists, given.counted, {2, 0}, {}).value();
  EXPECT_EQ(made.elected, (std::vector{option_index(0), option_index(1)}));
  // The quota is half of 3 (2^64 - 1) - 3.
  EXPECT_EQ(made.transcript.steps.at(1).values.front(), "27670116110564327421");
}

}  // namespace
}  // namespace sandoq
