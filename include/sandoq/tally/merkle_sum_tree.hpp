#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "sandoq/core/result.hpp"
#include "sandoq/tally/sum_record.hpp"
#include "sandoq/tally/tally_node.hpp"
#include "sandoq/tally/tally_shape.hpp"

namespace sandoq {

/// Folds branches, given in node order, into the Merkle-sum tree of all places. Holds, for each
/// open node, one record for each bit of the number of its finished children; every finished node
/// is handed out at once. A record holds at most manifest::max_ciphertexts sums (50.5), so memory
/// is bounded however many contests and branches there are: 13 MB a record at the very most.
/// SPEC(70.3)
class merkle_sum_tree_builder {
 public:
  /// \pre shape outlives the builder
  merkle_sum_tree_builder(const tally_context& context, const tally_shape& shape);

  /// Adds the next branch. \return the nodes that are finished by it, the branch first, then
  /// upward; mismatch if it is not the next branch, does not start where the last one ended, or has
  /// another contest set or widths than the manifest says.
  [[nodiscard]] result<std::vector<tally_node>> add_branch(sum_record branch);

  /// The branch that comes next; nothing after the last.
  [[nodiscard]] std::optional<node_index> next_branch() const noexcept;
  /// lo of the branch that comes next: the cast ballots so far.
  [[nodiscard]] std::uint64_t position() const noexcept { return position_; }
  /// The root's record, once every branch was added.
  [[nodiscard]] const std::optional<sum_record>& root() const noexcept { return root_; }
  /// Records held at present, for those who watch the memory.
  [[nodiscard]] std::size_t held_records() const noexcept;

 private:
  struct open_node {
    node_index node;
    std::size_t finished_children = 0;
    std::vector<sum_record> peaks;  // of 2^b children, b the set bits of finished_children
  };
  void open_down_to(node_index branch);
  result<void> push_child(open_node& parent, sum_record child);
  result<sum_record> close(open_node&& node);

  tally_context context_;
  const tally_shape* shape_;
  std::size_t next_branch_ = 0;
  std::uint64_t position_ = 0;
  std::vector<open_node> open_;  // from the root down
  std::optional<sum_record> root_;
};

}  // namespace sandoq
