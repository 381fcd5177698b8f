#include "sandoq/core/merkle.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "sandoq/core/contract.hpp"

namespace sandoq {

namespace {

// The largest power of two below n. \pre n >= 2
std::uint64_t split_point(std::uint64_t n) noexcept {
  return std::bit_floor(n - 1);
}

digest32 join(literal node_tag, const digest32& left, const digest32& right) noexcept {
  return framed_hash::of(node_tag, left.view(), right.view());
}

}  // namespace

digest32 merkle_root(literal node_tag, std::span<const digest32> leaves) {
  merkle_accumulator accumulator(node_tag);
  for (const digest32& leaf : leaves) {
    accumulator.add(leaf);
  }
  return accumulator.root();
}

std::size_t merkle_path_length(merkle_position position) noexcept {
  SANDOQ_EXPECTS(position.index < position.leaves, "a path starts at a leaf of the tree");
  std::size_t siblings = 0;
  while (position.leaves > 1) {
    const std::uint64_t k = split_point(position.leaves);
    if (position.index < k) {
      position.leaves = k;
    } else {
      position.index -= k;
      position.leaves -= k;
    }
    ++siblings;
  }
  return siblings;
}

result<digest32> merkle_root_from_path(literal node_tag, const digest32& leaf,
                                       merkle_position position, std::span<const digest32> path) {
  if (position.index >= position.leaves) {
    return fail(errc::out_of_range, "Merkle path", "the position is no leaf of the tree");
  }
  if (path.size() != merkle_path_length(position)) {
    return fail(errc::mismatch, "Merkle path",
                "the position of the leaf demands another number of siblings");
  }
  // The recursion goes down from the root; the path goes up from the leaf. One bit a level says on
  // which side of its sibling the leaf's subtree stands.
  std::array<bool, 64> is_right{};
  for (std::size_t level = path.size(); level-- > 0;) {
    const std::uint64_t k = split_point(position.leaves);
    is_right[level] = position.index >= k;
    position.index -= is_right[level] ? k : 0;
    position.leaves = is_right[level] ? position.leaves - k : k;
  }
  digest32 root = leaf;
  for (std::size_t level = 0; level < path.size(); ++level) {
    root = is_right[level] ? join(node_tag, path[level], root) : join(node_tag, root, path[level]);
  }
  return root;
}

merkle_tree::merkle_tree(literal node_tag, std::vector<digest32> leaves) {
  levels_.push_back(std::move(leaves));
  while (levels_.back().size() > 1) {
    const std::vector<digest32>& below = levels_.back();
    std::vector<digest32> above;
    above.reserve((below.size() + 1) / 2);
    for (std::size_t i = 0; i + 1 < below.size(); i += 2) {
      above.push_back(join(node_tag, below[i], below[i + 1]));
    }
    if (below.size() % 2 == 1) {
      above.push_back(below.back());
    }
    levels_.push_back(std::move(above));
  }
}

digest32 merkle_tree::root() const noexcept {
  return levels_.back().empty() ? digest32{} : levels_.back().front();
}

std::vector<digest32> merkle_tree::path(std::size_t index) const {
  SANDOQ_EXPECTS(index < leaves(), "a path starts at a leaf of the tree");
  std::vector<digest32> siblings;
  for (const std::vector<digest32>& level : levels_) {
    const std::size_t sibling = index ^ 1U;
    if (sibling < level.size()) {
      siblings.push_back(level[sibling]);
    }
    index /= 2;
  }
  return siblings;
}

void merkle_accumulator::add(const digest32& leaf) noexcept {
  SANDOQ_EXPECTS(leaves_ < (std::uint64_t{1} << 63U), "too many leaves");
  digest32 carry = leaf;
  std::size_t level = 0;
  for (; ((leaves_ >> level) & 1U) != 0; ++level) {
    carry = join(node_tag_, peaks_[level], carry);
  }
  peaks_[level] = carry;
  ++leaves_;
}

digest32 merkle_accumulator::root() const noexcept {
  if (leaves_ == 0) {
    return {};
  }
  // The rightmost peak is the smallest: larger ones join from the left.
  auto level = static_cast<std::size_t>(std::countr_zero(leaves_));
  digest32 root = peaks_[level];
  for (++level; level < peaks_.size(); ++level) {
    if (((leaves_ >> level) & 1U) != 0) {
      root = join(node_tag_, peaks_[level], root);
    }
  }
  return root;
}

}  // namespace sandoq
