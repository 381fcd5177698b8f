#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lib/verify/verify_state.hpp"
#include "sandoq/record/record_reader.hpp"
#include "sandoq/tally/merkle_sum_tree.hpp"
#include "sandoq/tally/opening_sums.hpp"
#include "sandoq/tally/sum_record.hpp"
#include "sandoq/tally/tally_node.hpp"

namespace sandoq {

/// Rebuilds the tree of sums from the branches, in node order, and compares each node with the one
/// that is published, reading tally.pb in step. Holds the published nodes from the root down to the
/// present branch, and the builder's open records.                          SPEC(70.2) SPEC(70.3)
class tally_compare {
 public:
  /// \pre tally.nodes has passed: tally.pb holds one node a place, in order
  explicit tally_compare(verify_state& v);

  /// The sums of the next branch, from its verified cast ballots. Fails tally.branches, or
  /// tally.tree for a node above that is finished by it.
  void finish_branch(sum_record branch);

  /// After the last branch: the root covers as many ballots as the closings count and the head
  /// says.
  void finish();

  [[nodiscard]] const tally_context& context() const noexcept { return context_; }
  [[nodiscard]] std::uint64_t position() const noexcept { return builder_.position(); }

 private:
  [[nodiscard]] bool read_down_to(node_index node);
  void compare(check_id check, const tally_node& computed);

  verify_state& v_;
  tally_context context_;
  item_stream stream_;
  merkle_sum_tree_builder builder_;
  opening_grounds_builder grounds_;
  std::vector<tally_node> open_;  // published, from the root down to the present branch
};

}  // namespace sandoq
