// Items that travel between machines: what is written is read, and nothing else is. SPEC(85.2)

#include "tools/sandoq/office/exchange_items.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/deterministic_random.hpp"

namespace sandoq::tool {
namespace {

class ExchangeItems : public ::testing::Test {
 protected:
  template <std::size_t N>
  byte_array<N> octets() {
    byte_array<N> out{};
    random.fill(out);
    return out;
  }

  /// Read back it is equal; every shorter prefix and one byte more are refused.
  template <class Item>
  void expect_exact(const Item& item) {
    bytes canonical = item.encode();
    const auto back = Item::decode(canonical);
    ASSERT_TRUE(back) << to_string(back.error());
    EXPECT_EQ(*back, item);
    for (std::size_t length = 0; length < canonical.size(); ++length) {
      EXPECT_FALSE(Item::decode(byte_view(canonical).first(length))) << length;
    }
    canonical.push_back(std::byte{0});
    EXPECT_FALSE(Item::decode(canonical));
  }

  testing::deterministic_random random{testing::test_seed()};
  const device_place place{branch_index{4}, device_index{1}};
};

TEST_F(ExchangeItems, AreReadAsWritten) {
  expect_exact(statement{item_kind::close, {std::byte{1}, std::byte{2}}});
  expect_exact(statement_signature{
      item_kind::head, {octets<32>()}, board_index{1}, trustee_index{2}, {octets<64>()}});
  announcement device;
  device.opening.place = place;
  device.opening.device_key = {octets<32>()};
  device.opening.key_proof = {octets<64>()};
  device.opening.time = {17};
  device.opening.capacity = 9;
  device.opening.device_root = {octets<32>()};
  device.opening.device_signature = {octets<64>()};
  expect_exact(device);
  expect_exact(
      seed_root{place, 9, board_index{0}, trustee_index{3}, {octets<32>()}, {octets<64>()}});
  expect_exact(trustee_enrolment{board_index{0},
                                 trustee_index{3},
                                 {octets<32>()},
                                 {octets<32>()},
                                 {octets<64>()},
                                 {octets<64>()}});
  expect_exact(authority_enrolment{{octets<32>()}, {octets<64>()}});
  expect_exact(agreed_quorum{
      item_kind::close, {octets<32>()}, {{{{1, {octets<64>()}}}, {{2, {octets<64>()}}}}}});
}

TEST_F(ExchangeItems, TokensAscend) {
  device_tokens tokens{
      place, {{{octets<32>()}, style_index{0}}, {{octets<32>()}, style_index{1}}}, {octets<64>()}};
  std::sort(tokens.tokens.begin(), tokens.tokens.end());
  expect_exact(tokens);
  expect_exact(device_tokens{place, {}, {octets<64>()}});
  std::swap(tokens.tokens[0], tokens.tokens[1]);
  const auto unordered = device_tokens::decode(tokens.encode());
  ASSERT_FALSE(unordered);
  EXPECT_NE(to_string(unordered.error()).find("token 1/hash"), std::string::npos);
  tokens.tokens[0] = tokens.tokens[1];
  EXPECT_FALSE(device_tokens::decode(tokens.encode()));
}

TEST_F(ExchangeItems, AnAnnouncementIsTheOpeningUpToTheDeviceSignature) {
  announcement device;
  device.opening.place = place;
  opening_item whole = device.opening;
  whole.board_roots = {{octets<32>()}};
  whole.signatures.boards = {{{1, {octets<64>()}}}};
  const bytes opening = whole.encode();
  const bytes announced = device.encode();
  EXPECT_TRUE(std::equal(announced.begin(), announced.end(), opening.begin()));
  EXPECT_EQ(device.opening.device_digest(), whole.device_digest());
}

TEST_F(ExchangeItems, StatementsAreAboutItemsOfARecord) {
  bytes canonical = statement{item_kind::close, {}}.encode();
  canonical[0] = std::byte{101};
  EXPECT_FALSE(statement::decode(canonical));
}

TEST_F(ExchangeItems, HaveNamesAndNumbersOfTheirOwn) {
  for (std::uint32_t kind = 0; kind < 200; ++kind) {
    EXPECT_EQ(name_of_exchange(kind).has_value(), kind >= 100 && kind <= 107) << kind;
    EXPECT_FALSE(name_of_exchange(kind).has_value() && is_item_kind(kind)) << kind;
  }
}

}  // namespace
}  // namespace sandoq::tool
