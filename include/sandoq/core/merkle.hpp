#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/hash.hpp"
#include "sandoq/core/literal.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq {

/// The root over n leaves; 32 zero bytes for n = 0, the leaf itself for n = 1. SPEC(00.4) root(h_1
/// ... h_n) = H(node_tag; root(h_1 ... h_k) || root(h_{k+1} ... h_n)), k the largest power of two
/// below n. Cost: n - 1 hashes.
[[nodiscard]] digest32 merkle_root(literal node_tag, std::span<const digest32> leaves);

/// Which leaf of how many: `index` counts from 0 and is below `leaves`.
struct merkle_position {
  std::uint64_t index = 0;
  std::uint64_t leaves = 0;
};

/// How many siblings a path from that leaf has: it depends on nothing but the position. SPEC(00.4)
/// \pre position.index < position.leaves
[[nodiscard]] std::size_t merkle_path_length(merkle_position position) noexcept;

/// The root that a leaf and its siblings (from the leaf upward) lead to. SPEC(00.4) \return
/// out_of_range if the position is no leaf; mismatch if the number of siblings is not the one that
/// the position demands. The caller compares the root. Cost: one hash a sibling.
[[nodiscard]] result<digest32> merkle_root_from_path(literal node_tag, const digest32& leaf,
                                                     merkle_position position,
                                                     std::span<const digest32> path);

/// A tree that was kept, so that paths can be given out. Holds about 64 bytes a leaf. SPEC(00.4)
class merkle_tree {
 public:
  /// Hashes all inner nodes. Cost: n - 1 hashes.
  merkle_tree(literal node_tag, std::vector<digest32> leaves);

  [[nodiscard]] std::size_t leaves() const noexcept { return levels_.front().size(); }
  [[nodiscard]] digest32 root() const noexcept;
  /// What the tree was made of, in order.
  [[nodiscard]] const std::vector<digest32>& all_leaves() const noexcept { return levels_.front(); }
  /// The siblings of leaf `index` (from 0), from the leaf upward. \pre index < leaves()
  [[nodiscard]] std::vector<digest32> path(std::size_t index) const;

 private:
  // levels_[0] are the leaves; each further level joins pairs and carries a last odd one upward,
  // which gives the shape of the recursion.
  std::vector<std::vector<digest32>> levels_;
};

/// The same root, leaf by leaf, in memory for one digest a level. SPEC(00.4)
class merkle_accumulator {
 public:
  /// No leaves yet.
  explicit merkle_accumulator(literal node_tag) noexcept : node_tag_(node_tag) {}

  /// \pre fewer than 2^63 leaves
  void add(const digest32& leaf) noexcept;
  [[nodiscard]] std::uint64_t leaves() const noexcept { return leaves_; }
  /// The root of the leaves so far; more may follow.
  [[nodiscard]] digest32 root() const noexcept;

 private:
  literal node_tag_;
  std::uint64_t leaves_ = 0;
  std::array<digest32, 64> peaks_{};  // peaks_[b] is a full tree of 2^b leaves iff bit b is set
};

}  // namespace sandoq
