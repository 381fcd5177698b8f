#include "sandoq/core/merkle.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace sandoq {
namespace {

std::vector<digest32> numbered_leaves(std::size_t n) {
  std::vector<digest32> leaves;
  for (std::size_t i = 0; i < n; ++i) {
    leaves.push_back(framed_hash::of("test/leaf", bytes_of(std::to_string(i))));
  }
  return leaves;
}

// Section 00.4 word for word: split at the largest power of two below n.
digest32 root_by_definition(std::span<const digest32> leaves) {
  if (leaves.empty()) {
    return {};
  }
  if (leaves.size() == 1) {
    return leaves[0];
  }
  std::size_t k = 1;
  while (2 * k < leaves.size()) {
    k *= 2;
  }
  return framed_hash::of("test/node", root_by_definition(leaves.first(k)).view(),
                         root_by_definition(leaves.subspan(k)).view());
}

// The siblings of a leaf from the leaf upward, word for word.
std::vector<digest32> path_by_definition(std::span<const digest32> leaves, std::size_t index) {
  if (leaves.size() <= 1) {
    return {};
  }
  std::size_t k = 1;
  while (2 * k < leaves.size()) {
    k *= 2;
  }
  const bool left = index < k;
  auto path = left ? path_by_definition(leaves.first(k), index)
                   : path_by_definition(leaves.subspan(k), index - k);
  path.push_back(root_by_definition(left ? leaves.subspan(k) : leaves.first(k)));
  return path;
}

TEST(merkle, no_leaves_give_zero_bytes_and_one_leaf_gives_itself) {
  EXPECT_EQ(merkle_root("test/node", {}), digest32{});
  EXPECT_EQ(merkle_tree("test/node", {}).root(), digest32{});
  const auto one = numbered_leaves(1);
  EXPECT_EQ(merkle_root("test/node", one), one[0]);
  EXPECT_EQ(merkle_tree("test/node", one).root(), one[0]);
  EXPECT_TRUE(merkle_tree("test/node", one).path(0).empty());
}

TEST(merkle, all_three_ways_give_the_root_of_the_definition) {
  merkle_accumulator streaming("test/node");
  for (std::size_t n = 1; n <= 70; ++n) {
    const auto leaves = numbered_leaves(n);
    streaming.add(leaves.back());
    const digest32 expected = root_by_definition(leaves);
    EXPECT_EQ(streaming.leaves(), n);
    EXPECT_EQ(streaming.root(), expected) << n;
    EXPECT_EQ(merkle_root("test/node", leaves), expected) << n;
    EXPECT_EQ(merkle_tree("test/node", leaves).root(), expected) << n;
  }
}

TEST(merkle, every_path_is_that_of_the_definition_and_leads_to_the_root) {
  for (std::size_t n = 1; n <= 40; ++n) {
    const auto leaves = numbered_leaves(n);
    const merkle_tree tree("test/node", leaves);
    for (std::size_t i = 0; i < n; ++i) {
      const auto path = tree.path(i);
      EXPECT_EQ(path, path_by_definition(leaves, i)) << i << " of " << n;
      EXPECT_EQ(merkle_path_length({i, n}), path.size());
      const auto root = merkle_root_from_path("test/node", leaves[i], {i, n}, path);
      ASSERT_TRUE(root.has_value());
      EXPECT_EQ(*root, tree.root()) << i << " of " << n;
    }
  }
}

TEST(merkle, a_wrong_leaf_position_sibling_or_tag_leads_elsewhere) {
  const std::size_t n = 13;
  const auto leaves = numbered_leaves(n);
  const merkle_tree tree("test/node", leaves);
  for (std::size_t i = 0; i < n; ++i) {
    const auto path = tree.path(i);
    for (std::size_t j = 0; j < n; ++j) {
      const auto root = merkle_root_from_path("test/node", leaves[i], {j, n}, path);
      EXPECT_EQ(root.has_value() && *root == tree.root(), i == j);
    }
    for (std::size_t k = 0; k < path.size(); ++k) {
      auto changed = path;
      changed[k].octets[7] ^= std::byte{1};
      EXPECT_NE(*merkle_root_from_path("test/node", leaves[i], {i, n}, changed), tree.root());
    }
    EXPECT_NE(*merkle_root_from_path("test/nodes", leaves[i], {i, n}, path), tree.root());
    EXPECT_NE(*merkle_root_from_path("test/node", leaves[(i + 1) % n], {i, n}, path), tree.root());
  }
}

TEST(merkle, the_number_of_siblings_is_fixed_by_the_position) {
  const auto leaves = numbered_leaves(6);
  const merkle_tree tree("test/node", leaves);
  auto path = tree.path(5);
  ASSERT_EQ(path.size(), 2U);
  path.push_back(digest32{});
  const auto longer = merkle_root_from_path("test/node", leaves[5], {5, 6}, path);
  ASSERT_FALSE(longer.has_value());
  EXPECT_EQ(longer.error().code, errc::mismatch);
  path.resize(1);
  const auto shorter = merkle_root_from_path("test/node", leaves[5], {5, 6}, path);
  ASSERT_FALSE(shorter.has_value());
  EXPECT_EQ(shorter.error().code, errc::mismatch);
}

TEST(merkle, a_position_outside_the_tree_is_refused) {
  const auto root = merkle_root_from_path("test/node", digest32{}, {4, 4}, {});
  ASSERT_FALSE(root.has_value());
  EXPECT_EQ(root.error().code, errc::out_of_range);
  EXPECT_FALSE(merkle_root_from_path("test/node", digest32{}, {0, 0}, {}).has_value());
}

TEST(merkle, the_longest_positions_of_32_bits_take_32_siblings) {
  EXPECT_EQ(merkle_path_length({0, 0xffffffffU}), 32U);
  EXPECT_EQ(merkle_path_length({0xfffffffeU, 0xffffffffU}), 31U);
  EXPECT_EQ(merkle_path_length({0xfffffffeU, std::uint64_t{1} << 32U}), 32U);
}

}  // namespace
}  // namespace sandoq
