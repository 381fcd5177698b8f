#include "sandoq/tally/ties.hpp"

#include <gtest/gtest.h>

#include <map>

#include "sandoq/proofs/signature_prove.hpp"
#include "sandoq/tally/settlement.hpp"
#include "sandoq/tally/subtotal.hpp"
#include "tests/support/byte_mutations.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

using group = ristretto255;

std::vector<option_index> options(std::vector<std::uint32_t> values) {
  return {values.begin(), values.end()};
}

TEST(Ties, ItemsAreReadStrictly) {
  testing::deterministic_random random(testing::test_seed());
  testing::expect_canonical(tie_attributes{contest_index(3),
                                           {{option_index(0), {7, 0}}, {option_index(2), {1}}},
                                           {random.octets<64>()}});
  testing::expect_canonical(tie_resolution{contest_index(3), 1, options({5, 2})});
  testing::expect_canonical(subtotal{12, 4711, {0, 5, 1}});

  tie_attributes attributes{contest_index(0), {}, {}};
  EXPECT_EQ(tie_attributes::decode(attributes.encode()).error().code, errc::missing);
  attributes.options = {{option_index(0), {}}};
  EXPECT_EQ(tie_attributes::decode(attributes.encode()).error().code, errc::missing);
  attributes.options[0].values.resize(9);
  EXPECT_EQ(tie_attributes::decode(attributes.encode()).error().code, errc::too_large);
  attributes.options[0].values.resize(8);
  attributes.options.resize(8193, attributes.options[0]);
  EXPECT_EQ(tie_attributes::decode(attributes.encode()).error().code, errc::too_large);
  tie_resolution resolution{contest_index(0), 0, options({1})};
  EXPECT_EQ(tie_resolution::decode(resolution.encode()).error().code, errc::out_of_range);
  resolution.options.resize(8193);
  EXPECT_EQ(tie_resolution::decode(resolution.encode()).error().code, errc::too_large);
  EXPECT_EQ(subtotal::decode(subtotal{}.encode()).error().code, errc::missing);
  EXPECT_EQ(
      subtotal::decode(subtotal{1, 1, std::vector<std::uint64_t>(1026)}.encode()).error().code,
      errc::too_large);
}

TEST(Ties, AttributesOrderAndLeaveGroups) {
  const seat_tie tie{2, 1, options({1, 4, 5, 9})};
  EXPECT_EQ(order_by_attributes(tie, nullptr), (lot_groups{options({1, 4, 5, 9})}));
  tie_attributes item{contest_index(0),
                      {{option_index(1), {30, 5}},
                       {option_index(4), {41, 1}},
                       {option_index(5), {30, 6}},
                       {option_index(9), {41, 1}}},
                      {}};
  // The first attribute counts first, the higher value goes first.
  EXPECT_EQ(order_by_attributes(tie, &item),
            (lot_groups{options({4, 9}), options({5}), options({1})}));
  const contest_tie where{contest_index(0), 0, tie};
  EXPECT_TRUE(needs_lot(std::span(&where, 1), std::span(&item, 1)));
  item.options[3].values[1] = 2;
  EXPECT_EQ(order_by_attributes(tie, &item),
            (lot_groups{options({9}), options({4}), options({5}), options({1})}));
  EXPECT_FALSE(needs_lot(std::span(&where, 1), std::span(&item, 1)));
  EXPECT_TRUE(needs_lot(std::span(&where, 1), {}));
}

// Every order of three tied options comes up about as often as every other.
TEST(Ties, TheLotIsFair) {
  testing::deterministic_random random(7);
  const contest_tie where{contest_index(0), 1, {1, 0, options({2, 3, 8})}};
  std::map<std::vector<option_index>, int> seen;
  for (int round = 0; round < 1200; ++round) {
    const digest32 seed{random.octets<32>()};
    const auto resolved = resolve_ties(std::span(&where, 1), {}, seed);
    ++seen[resolved.at(0).options];
    EXPECT_EQ(resolve_ties(std::span(&where, 1), {}, seed), resolved);
  }
  EXPECT_EQ(seen.size(), 6U);
  for (const auto& [order, times] : seen) {
    EXPECT_NEAR(times, 200, 70);
  }
}

// Contest 0 has a tie decided by attributes, contest 1 has two ties left to the lot, contest 2
// none.
class TieItems : public ::testing::Test {
 protected:
  TieItems() {
    election_.contests.resize(3);
    election_.contests[0].attributes = {{"age", {}}, {"term", {}}};
    election_.contests[2].attributes = {{"age", {}}};
    election_.beacon = {{"en", "tomorrow's figure"}};
    election_.authority.emplace();
    election_.authority->signing_key = {authority_.public_key().octets()};
    for (std::uint32_t b = 0; b < 2; ++b) {
      boards_.push_back({1, {{keys_[b].public_key(), not_shared}}});
      lot_reveal reveal{board_index(b), random_.octets<32>()};
      lot_commit commit{board_index(b), reveal.commitment(context_), {}};
      commit.signatures = {{1, sign(keys_[b], "lot/commit", commit.signed_digest())}};
      commits_.push_back(std::move(commit));
      items_.reveals.push_back(reveal);
    }
    ties_ = {{contest_index(0), 0, {1, 0, options({0, 2})}},
             {contest_index(1), 0, {1, 1, options({1, 3, 4})}},
             {contest_index(1), 1, {0, 1, options({0, 2})}}};
    items_.attributes = {
        {contest_index(0), {{option_index(0), {1, 2}}, {option_index(2), {1, 3}}}, {}}};
    sign_attributes();
    set_beacon("9.81");
    resolve();
  }
  wire_signature sign(const signing_key<group>& key, literal purpose, const digest32& digest) {
    return sandoq::sign(key,
                        signed_message{purpose, context_.domain, context_.election_hash, digest},
                        random_)
        .value();
  }
  void sign_attributes() {
    for (auto& item : items_.attributes) {
      item.signature = sign(authority_, "attributes", item.signed_digest());
    }
  }
  void set_beacon(std::string_view text) {
    lot_beacon& beacon = items_.beacon.emplace();
    for (const char c : text) {
      beacon.value.push_back(static_cast<std::byte>(c));
    }
    const digest32 digest = beacon.signed_digest();
    beacon.signatures.boards = {{{1, sign(keys_[0], "lot/beacon", digest)}},
                                {{1, sign(keys_[1], "lot/beacon", digest)}}};
  }
  void resolve() {
    std::optional<digest32> seed;
    if (items_.beacon) {
      seed = lot_seed(context_, results_, items_.reveals, *items_.beacon);
    }
    items_.resolutions = resolve_ties(ties_, items_.attributes, seed);
  }
  std::string fault() {
    return check_ties({{election_, ties_, {}}, context_, boards_, commits_, results_}, items_)
        .reason();
  }

  testing::deterministic_random random_{testing::test_seed()};
  lot_context context_{{random_.octets<32>()}, election_domain::drill};
  signing_key<group> authority_ = signing_key<group>::generate(random_);
  signing_key<group> keys_[2] = {signing_key<group>::generate(random_),
                                 signing_key<group>::generate(random_)};
  manifest election_;
  std::vector<board_keys> boards_;
  std::vector<lot_commit> commits_;
  std::vector<contest_tie> ties_;
  digest32 results_{random_.octets<32>()};
  tie_items items_;
};

TEST_F(TieItems, HoldWhenAllIsThere) {
  EXPECT_EQ(fault(), "");
  EXPECT_EQ(items_.resolutions[0].options, options({2, 0}));
  // The order of the lot is that of the tickets.
  const auto seed = lot_seed(context_, results_, items_.reveals, *items_.beacon);
  const auto& order = items_.resolutions[1].options;
  ASSERT_EQ(order.size(), 3U);
  for (std::size_t i = 0; i + 1 < order.size(); ++i) {
    EXPECT_LT(lot_ticket(seed, contest_index(1), 0, order[i].value()),
              lot_ticket(seed, contest_index(1), 0, order[i + 1].value()));
  }
}

TEST_F(TieItems, MayAllBeMissing) {
  items_ = {};
  EXPECT_EQ(fault(), "");
  ties_.clear();
  EXPECT_EQ(fault(), "");
  election_.beacon.clear();
  EXPECT_EQ(fault(), "");
}

TEST_F(TieItems, AreAllThereOrNone) {
  const tie_items good = items_;
  const auto expect_fault = [&](auto change) {
    items_ = good;
    change(items_);
    EXPECT_NE(fault(), "");
  };
  expect_fault([](tie_items& i) { i.attributes.clear(); });
  expect_fault([](tie_items& i) { i.reveals.clear(); });
  expect_fault([](tie_items& i) { i.reveals.pop_back(); });
  expect_fault([](tie_items& i) { i.beacon.reset(); });
  expect_fault([](tie_items& i) { i.resolutions.clear(); });
  expect_fault([](tie_items& i) { i.resolutions.pop_back(); });
  expect_fault([](tie_items& i) { i.resolutions.push_back(i.resolutions.back()); });
  expect_fault([](tie_items& i) { std::swap(i.resolutions[0], i.resolutions[1]); });
  expect_fault([](tie_items& i) { std::swap(i.resolutions[1].tie, i.resolutions[2].tie); });
  expect_fault([](tie_items& i) { i.attributes.push_back(i.attributes[0]); });
  expect_fault([](tie_items& i) { i.attributes[0].contest = contest_index(1); });
  items_ = good;
  ties_.clear();
  EXPECT_EQ(fault(), "there is no tie to resolve, nor an allocation that is open");
}

TEST_F(TieItems, KeepTheOrderOfAttributesAndLot) {
  std::swap(items_.resolutions[0].options[0], items_.resolutions[0].options[1]);
  EXPECT_EQ(fault(), "the order of tie 0 of contest 0 is not that of attributes and lot");
  resolve();
  std::swap(items_.resolutions[1].options[1], items_.resolutions[1].options[2]);
  EXPECT_EQ(fault(), "the order of tie 0 of contest 1 is not that of attributes and lot");
  resolve();
  items_.resolutions[2].options.push_back(option_index(1));
  EXPECT_NE(fault(), "");
}

TEST_F(TieItems, BindTheAuthority) {
  items_.attributes[0].options[0].values[1] = 9;
  resolve();
  EXPECT_NE(fault(), "");
  sign_attributes();
  EXPECT_EQ(fault(), "");
  items_.attributes[0].signature =
      sign(keys_[0], "attributes", items_.attributes[0].signed_digest());
  EXPECT_NE(fault(), "");
}

TEST_F(TieItems, AttributesAreOfTheTiedOptions) {
  const auto good = items_.attributes;
  const auto expect_fault = [&](auto change, std::string_view reason) {
    items_.attributes = good;
    change(items_.attributes[0]);
    sign_attributes();
    EXPECT_NE(fault().find(reason), std::string::npos) << fault();
  };
  expect_fault([](tie_attributes& a) { a.options.pop_back(); }, "not those of the tied options");
  expect_fault([](tie_attributes& a) { std::swap(a.options[0], a.options[1]); }, "in order");
  expect_fault([](tie_attributes& a) { a.options[1].option = option_index(1); }, "in order");
  expect_fault([](tie_attributes& a) { a.options[1].values.push_back(1); },
               "option 2 has 3 values for 2 attributes");
}

TEST_F(TieItems, ALotNeedsABeaconInTheManifest) {
  election_.beacon.clear();
  EXPECT_EQ(fault(), "a tie needs a lot and the manifest names no beacon: the ties stay open");
  // Attributes alone decide the rest.
  ties_.resize(1);
  items_.resolutions.resize(1);
  EXPECT_EQ(fault(), "no tie is left to a lot, so nothing of it is revealed");
  items_.reveals.clear();
  items_.beacon.reset();
  EXPECT_EQ(fault(), "");
}

TEST_F(TieItems, DependOnEveryBoardTheBeaconAndTheResults) {
  set_beacon("9.80");
  resolve();
  EXPECT_EQ(fault(), "");
  items_.reveals[1].value[0] ^= std::byte{1};
  resolve();
  EXPECT_EQ(fault(), "board 1 does not reveal what it had committed to");
}

}  // namespace
}  // namespace sandoq
