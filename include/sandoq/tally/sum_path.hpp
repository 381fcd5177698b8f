#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/tally/accumulate.hpp"
#include "sandoq/tally/sum_record.hpp"
#include "sandoq/tally/tally_node.hpp"
#include "sandoq/tally/tally_shape.hpp"

namespace sandoq {

/// Shows that a ballot is one addend of every sum above it. Carries whole sibling records and not
/// their hashes, so that nobody can alter a sibling's sums and keep its hash.   SPEC(70.3)
/// SPEC(70.5)
struct sum_path {
  std::vector<digest32> within_branch;  ///< 00.4, from the leaf upward
  sum_content branch;
  /// From the branch upward, one a fold with two sides; the empty side of an only child is implied.
  std::vector<sum_content> siblings;
};

/// The path of a ballot. \param nodes  every node of the tree in node order, as published (and
/// checked), \param within_branch  the siblings of the ballot's leaf in its branch (merkle_tree).
/// \return not_found if the branch or the index does not exist; what is wrong if nodes do not fit.
[[nodiscard]] result<sum_path> make_sum_path(const tally_context& context, const tally_shape& shape,
                                             std::span<const tally_node> nodes,
                                             const counted_ballot& ballot,
                                             std::vector<digest32> within_branch);

/// Checks a path against the root's published record: contest sets, adjacency, sums and hashes at
/// every step. That the siblings' sums consist of valid ballots only a pass over the whole record
/// shows (70.5).
verification verify_sum_path(const tally_context& context, const tally_shape& shape,
                             const tally_node& root, const counted_ballot& ballot,
                             const sum_path& path);

}  // namespace sandoq
