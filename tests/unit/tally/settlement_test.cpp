#include "sandoq/tally/settlement.hpp"

#include <gtest/gtest.h>

#include "sandoq/proofs/signature_prove.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq::settlement_test {
namespace {

using group = ristretto255;
using unranked = std::vector<unranked_options>;

std::vector<option_index> options(std::vector<std::uint32_t> values) {
  return {values.begin(), values.end()};
}

contest_entry by_plurality(std::uint32_t of, std::uint32_t seats, std::uint32_t alternates) {
  contest_entry out;
  out.options.resize(of);
  out.seats = seats;
  out.alternates = alternates;
  out.rule = seat_rule::by_law;
  out.law = rule{ballot_rule{}, plurality_rule{}};
  return out;
}

ruled_contest counted(std::uint32_t contest, std::vector<std::uint64_t> votes) {
  ruled_contest out{contest_index(contest), {}};
  out.counted.votes = std::move(votes);
  out.counted.ballots = out.counted.valid = 100;
  return out;
}

tie_attributes ages(std::uint32_t contest,
                    std::vector<std::pair<std::uint32_t, std::uint32_t>> values) {
  tie_attributes out{contest_index(contest), {}, {}};
  for (const auto& [option, value] : values) {
    out.options.push_back({option_index(option), {value}});
  }
  return out;
}

// Contest 0, rule 2: 0 and 3 tie for the seat, then 1, 2 and 4 for the alternate that is left; the
// authority knows ages. Contest 1, rule 2: two options tie, only a lot can help. Contest 2, rule 2:
// nothing is open. Contest 3, rule 1, has ages.
class Settlement : public ::testing::Test {
 protected:
  Settlement() {
    election_.contests = {by_plurality(5, 1, 2), by_plurality(2, 1, 0), by_plurality(2, 1, 0), {}};
    for (const std::size_t c : {0U, 2U, 3U}) {
      election_.contests[c].attributes = {{"age", {}}};
    }
    election_.beacon = {{"en", "tomorrow's figure"}};
    election_.authority.emplace();
    election_.authority->signing_key = {authority_.public_key().octets()};
    ruled_ = {counted(0, {7, 3, 3, 7, 3}), counted(1, {5, 5}), counted(2, {6, 5})};
    boards_.push_back({1, {{key_.public_key(), not_shared}}});
    const lot_reveal reveal{board_index(0), random_.octets<32>()};
    commits_ = {{board_index(0), reveal.commitment(context_), {{1, sign(key_, "lot/commit", {})}}}};
    items_.reveals = {reveal};
    lot_beacon& beacon = items_.beacon.emplace();
    beacon.value = {std::byte{'9'}};
    beacon.signatures.boards = {{{1, sign(key_, "lot/beacon", beacon.signed_digest())}}};
    seed_ = lot_seed(context_, results_, items_.reveals, beacon);
    give({ages(0, {{0, 30}, {1, 50}, {2, 40}, {3, 60}, {4, 45}})});
  }
  wire_signature sign(const signing_key<group>& key, literal purpose, const digest32& digest) {
    return sandoq::sign(key,
                        signed_message{purpose, context_.domain, context_.election_hash, digest},
                        random_)
        .value();
  }
  void give(std::vector<tie_attributes> attributes) {
    items_.attributes = std::move(attributes);
    for (tie_attributes& item : items_.attributes) {
      item.signature = sign(authority_, "attributes", item.signed_digest());
    }
  }
  // Without contest 1 nothing needs a lot as long as ages differ.
  void leave_to_ages() {
    ruled_.erase(ruled_.begin() + 1);
    items_.reveals.clear();
    items_.beacon.reset();
  }
  seat_questions seats() const { return {election_, ties_, ruled_}; }
  tie_question question() const { return {seats(), context_, boards_, commits_, results_}; }
  std::string fault() const { return check_ties(question(), items_).reason(); }

  testing::deterministic_random random_{testing::test_seed()};
  lot_context context_{{random_.octets<32>()}, election_domain::drill};
  signing_key<group> authority_ = signing_key<group>::generate(random_);
  signing_key<group> key_ = signing_key<group>::generate(random_);
  manifest election_;
  std::vector<board_keys> boards_;
  std::vector<lot_commit> commits_;
  std::vector<contest_tie> ties_;
  std::vector<ruled_contest> ruled_;
  digest32 results_{random_.octets<32>()};
  digest32 seed_;
  tie_items items_;
};

TEST_F(Settlement, HoldsWhenAllIsThereOrNothing) {
  EXPECT_EQ(fault(), "");
  const allocation made = settle(question(), ruled_[0], items_).value();
  EXPECT_EQ(made.status, allocation_status::decided);
  EXPECT_EQ(made.elected, options({3}));
  EXPECT_EQ(made.alternates, options({0, 1}));
  const allocation drawn = settle(question(), ruled_[1], items_).value();
  const bool first =
      lot_ticket(seed_, contest_index(1), 0, 0) < lot_ticket(seed_, contest_index(1), 0, 1);
  EXPECT_EQ(drawn.elected, options({first ? 0U : 1U}));
  items_ = {};
  EXPECT_EQ(fault(), "");
  EXPECT_EQ(settle(question(), ruled_[0], items_)->status, allocation_status::open);
  EXPECT_EQ(settle(question(), ruled_[2], items_)->elected, options({0}));
}

TEST_F(Settlement, NeedsAnOpenQuestion) {
  EXPECT_TRUE(any_open(seats()));
  ruled_ = {ruled_[2]};
  EXPECT_FALSE(any_open(seats()));
  EXPECT_EQ(fault(), "there is no tie to resolve, nor an allocation that is open");
  items_ = {};
  EXPECT_EQ(fault(), "");
}

TEST_F(Settlement, AttributesAreOfExactlyTheOptionsOfTheTies) {
  const auto expect_fault = [&](std::vector<tie_attributes> attributes, std::string_view reason) {
    give(std::move(attributes));
    EXPECT_NE(fault().find(reason), std::string::npos) << fault();
  };
  const auto all = ages(0, {{0, 30}, {1, 50}, {2, 40}, {3, 60}, {4, 45}});
  expect_fault({}, "attributes of contest 0: they are missing");
  // The lot would decide the second tie; but its options are to have their ages as well.
  expect_fault({ages(0, {{0, 30}, {3, 60}})}, "not those of the tied options");
  expect_fault({ages(0, {{0, 30}, {1, 50}, {3, 60}, {4, 45}})}, "not those of the tied options");
  expect_fault({ages(0, {{1, 50}, {0, 30}, {2, 40}, {3, 60}, {4, 45}})}, "in order");
  expect_fault({all, ages(2, {{0, 30}, {1, 20}})}, "contest 2: they are not those");
  expect_fault({all, all}, "not in the order of contests");
  expect_fault({all, ages(1, {{0, 30}, {1, 20}})}, "contest 1: there is no such contest");
  expect_fault({all, ages(4, {{0, 30}})}, "contest 4: there is no such contest");
  expect_fault({all, ages(3, {{0, 30}})}, "contest 3: they decide nothing");
  auto two_values = all;
  two_values.options[2].values.push_back(3);
  expect_fault({two_values}, "attributes of contest 0");
  give({all});
  EXPECT_EQ(fault(), "");
  items_.attributes[0].signature = sign(key_, "attributes", all.signed_digest());
  EXPECT_NE(fault().find("the authority's signature"), std::string::npos);
}

TEST_F(Settlement, ALotIsThereIfSomethingIsLeftToIt) {
  EXPECT_TRUE(needs_lot(seats(), items_.attributes));
  const tie_items good = items_;
  items_.beacon.reset();
  EXPECT_EQ(fault(), "a tie needs a lot and the beacon's value is missing");
  items_ = good;
  items_.reveals[0].value[0] ^= std::byte{1};
  EXPECT_NE(fault(), "");
  items_ = good;
  election_.beacon.clear();
  EXPECT_EQ(fault(), "a tie needs a lot and the manifest names no beacon: the ties stay open");

  leave_to_ages();
  EXPECT_FALSE(needs_lot(seats(), items_.attributes));
  EXPECT_EQ(fault(), "");
  items_.reveals = good.reveals;
  EXPECT_EQ(fault(), "no tie is left to a lot, so nothing of it is revealed");
  // Equal ages, though 4 comes before both and takes the only place.
  items_.reveals.clear();
  give({ages(0, {{0, 30}, {1, 40}, {2, 40}, {3, 60}, {4, 45}})});
  EXPECT_TRUE(needs_lot(seats(), items_.attributes));
  EXPECT_TRUE(needs_lot(seats(), {}));
}

TEST_F(Settlement, StandsBesideTheTiesOfResults) {
  ties_ = {{contest_index(3), 0, {1, 0, options({1, 2})}}};
  const auto all = ages(0, {{0, 30}, {1, 50}, {2, 40}, {3, 60}, {4, 45}});
  EXPECT_EQ(fault(), "the attributes of contest 3 are missing");
  give({all, ages(3, {{1, 20}, {2, 30}})});
  EXPECT_EQ(fault(), "tie 0 of contest 3 is not resolved; either all ties are, or none");
  items_.resolutions = resolve_ties(ties_, items_.attributes, seed_);
  EXPECT_EQ(fault(), "");
  EXPECT_EQ(items_.resolutions[0].options, options({2, 1}));
  items_.resolutions.push_back({contest_index(0), 0, options({3, 0})});
  EXPECT_NE(fault(), "");  // an allocation has its own item
}

TEST_F(Settlement, AsksForAgesTieByTie) {
  ties_ = {{contest_index(3), 0, {1, 0, options({1, 2})}}};
  const auto asked = [&](std::vector<tie_attributes> known, std::optional<digest32> seed) {
    return options_to_rank(seats(), known, seed).value();
  };
  EXPECT_EQ(asked({}, {}),
            (unranked{{contest_index(0), options({0, 3})}, {contest_index(3), options({1, 2})}}));
  EXPECT_EQ(asked({ages(0, {{0, 30}}), ages(3, {{1, 20}, {2, 20}})}, {}),
            (unranked{{contest_index(0), options({3})}}));
  ties_.clear();
  EXPECT_EQ(asked({ages(0, {{0, 30}, {3, 60}})}, {}),
            (unranked{{contest_index(0), options({1, 2, 4})}}));
  // Equal ages: what stands behind the lot is asked for once it is drawn.
  const auto equal = ages(0, {{0, 30}, {3, 30}});
  EXPECT_EQ(asked({equal}, {}), unranked{});
  EXPECT_EQ(asked({equal}, seed_), (unranked{{contest_index(0), options({1, 2, 4})}}));
  EXPECT_EQ(asked(items_.attributes, seed_), unranked{});
  const auto wrong = options_to_rank(seats(), std::vector{ages(0, {{9, 30}})}, {});
  EXPECT_EQ(wrong.error().code, errc::out_of_range);
}

// Whatever the ages are, what was asked for is what a record must hold, and it settles.
TEST_F(Settlement, WhatWasAskedForIsWhatIsNeeded) {
  for (std::uint32_t round = 0; round < 40; ++round) {
    ruled_[0] = counted(0, {random_.octets<1>()[0] < std::byte{128} ? 7U : 8U, 3, 3, 7, 3});
    tie_attributes known{contest_index(0), {}, {}};
    const auto find_missing = [&](const std::optional<digest32>& seed) {
      const std::size_t some = known.options.empty() ? 0 : 1;
      return options_to_rank(seats(), std::span(&known, some), seed).value();
    };
    for (const std::optional<digest32>& seed : {std::optional<digest32>(), std::optional(seed_)}) {
      for (unranked more = find_missing(seed); !more.empty(); more = find_missing(seed)) {
        for (const option_index option : more.at(0).options) {
          const auto age = static_cast<std::uint32_t>(random_.octets<1>()[0]) % 3;
          known.options.push_back({option, {age}});
        }
        std::sort(known.options.begin(), known.options.end(),
                  [](const auto& a, const auto& b) { return a.option < b.option; });
      }
    }
    give({known});
    EXPECT_EQ(fault(), "");
    EXPECT_EQ(settle(question(), ruled_[0], items_)->status, allocation_status::decided);
  }
}

}  // namespace
}  // namespace sandoq::settlement_test
