#include "sandoq/mixnet/mix_items.hpp"

#include <gtest/gtest.h>

#include <cstddef>

#include "sandoq/core/canonical.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

using testing::deterministic_random;
using testing::test_seed;

template <class Item>
void comes_back(const Item& item) {
  const bytes canonical = item.encode();
  const auto read = Item::decode(canonical);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(*read, item);
  for (std::size_t size = 0; size < canonical.size(); ++size) {
    EXPECT_FALSE(Item::decode(byte_view(canonical).first(size)));
  }
  bytes longer = canonical;
  longer.push_back(std::byte{0});
  EXPECT_EQ(Item::decode(longer).error().code, errc::trailing_bytes);
}

TEST(MixItems, ComeBackAndEndWhereTheyEnd) {
  deterministic_random random(test_seed());
  comes_back(
      mix_group{7,
                contest_index(2),
                {{node_index(1), {random.octets<32>()}}, {node_index(9), {random.octets<32>()}}},
                random.u64(),
                1000});
  mix_stage stage{
      7, 2, board_index(1), trustee_index(3), {random.octets<32>()}, {random.octets<32>()}, {}, {}};
  random.fill(stage.signature.octets);
  stage.proof.resize(100, std::byte{5});
  comes_back(stage);
  comes_back(mix_elements{bytes(3 * mix_elements::element_bytes, std::byte{8})});
  comes_back(mix_factors{7, board_index(1), trustee_index(2), 77});
}

TEST(MixItems, HaveBounds) {
  byte_writer group;
  group.u32(1);
  group.u32(0);
  group.u32(mix_group::max_places + 1);
  EXPECT_EQ(mix_group::decode(group.view()).error().code, errc::too_large);
  mix_group empty{1, contest_index(0), {}, 4, 4};
  EXPECT_EQ(mix_group::decode(empty.encode()).error().code, errc::out_of_range);
  EXPECT_EQ(mix_elements::decode(mix_elements{}.encode()).error().code, errc::out_of_range);
  const mix_elements many{bytes((mix_elements::max_elements + 1) * mix_elements::element_bytes)};
  EXPECT_EQ(mix_elements::decode(many.encode()).error().code, errc::too_large);
  mix_stage stage;
  stage.proof.resize(mix_stage::max_proof_bytes + 1);
  EXPECT_EQ(mix_stage::decode(stage.encode()).error().code, errc::too_large);
}

}  // namespace
}  // namespace sandoq
