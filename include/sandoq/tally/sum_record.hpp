#pragma once

#include <cstdint>

#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/tally/tally_node.hpp"
#include "sandoq/tally/tally_shape.hpp"
#include "sandoq/tally/totals.hpp"

namespace sandoq {

/// A record of the Merkle-sum tree: a branch, an inner node (of the tree of places, or between two
/// of its levels), or an empty one. Made by the functions below only, so its hash always belongs to
/// its content.                                                                        SPEC(70.2)
class sum_record {
 public:
  /// What a record stands for.
  enum class kind { branch, inner, empty };

  [[nodiscard]] kind what() const noexcept { return kind_; }
  [[nodiscard]] node_index node() const noexcept { return node_; }
  [[nodiscard]] std::uint64_t lo() const noexcept { return lo_; }
  [[nodiscard]] std::uint64_t hi() const noexcept { return hi_; }
  [[nodiscard]] const totals& subtotals() const noexcept { return totals_; }
  [[nodiscard]] const wire_totals& encoded_subtotals() const noexcept { return wire_; }
  /// What stands behind the totals: the Merkle root of a branch, or h(left) and h(right).
  [[nodiscard]] const digest32& first() const noexcept { return first_; }
  [[nodiscard]] const digest32& second() const noexcept { return second_; }
  /// h(branch), h(inner) or h(empty).
  [[nodiscard]] const digest32& hash() const noexcept { return hash_; }

  /// As it is published, if it belongs to a node of the tree of places.                SPEC(70.4)
  [[nodiscard]] tally_node published() const;

 private:
  friend struct sum_record_access;
  sum_record() = default;

  kind kind_ = kind::empty;
  node_index node_;
  std::uint64_t lo_ = 0;
  std::uint64_t hi_ = 0;
  totals totals_;
  wire_totals wire_;
  digest32 first_;
  digest32 second_;
  digest32 hash_;
};

/// A record's content without a hash: what a path carries of a sibling, and what a branch is made
/// from. first and second as in sum_record, zeros where there is nothing.
struct sum_content {
  std::uint64_t lo = 0;
  std::uint64_t hi = 0;
  totals subtotals;
  digest32 first;
  digest32 second;
  friend bool operator==(const sum_content&, const sum_content&) = default;
};

/// The record of a branch; the empty one iff lo = hi. `first` is the Merkle root.      SPEC(70.2)
/// \return mismatch if lo > hi, a contest counts more ballots than hi - lo, or lo = hi with a sum,
/// root or second hash that is not zero.
[[nodiscard]] result<sum_record> make_branch_record(const tally_context& context, node_index branch,
                                                    sum_content content);

/// The record of an inner node whose children are known by their hashes only (first = h(left),
/// second = h(right)). Errors as above. The caller knows from elsewhere that the sums are right, or
/// means to find out by the hash.
[[nodiscard]] result<sum_record> make_inner_record(const tally_context& context, node_index node,
                                                   sum_content content);

/// The empty record with no contests at `position`: the right side of an only child.   SPEC(70.3)
[[nodiscard]] sum_record make_empty_record(const tally_context& context, node_index node,
                                           std::uint64_t position);

/// combine(left, right) under a node of the tree of places: lo and hi join, sums, ballots and
/// contest sets unite; empty iff both are.                                             SPEC(70.3)
/// \return mismatch if left.hi and right.lo differ: a gap or an overlap. Cost: n' additions and
/// encodings a contest.
[[nodiscard]] result<sum_record> combine(const tally_context& context, node_index parent,
                                         const sum_record& left, const sum_record& right);

}  // namespace sandoq
