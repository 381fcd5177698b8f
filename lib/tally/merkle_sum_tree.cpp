#include "sandoq/tally/merkle_sum_tree.hpp"

#include <string>
#include <utility>

#include "sandoq/core/contract.hpp"

namespace sandoq {

merkle_sum_tree_builder::merkle_sum_tree_builder(const tally_context& context,
                                                 const tally_shape& shape)
    : context_(context), shape_(&shape) {}

std::optional<node_index> merkle_sum_tree_builder::next_branch() const noexcept {
  const auto branches = shape_->branches();
  return next_branch_ < branches.size() ? std::optional(branches[next_branch_]) : std::nullopt;
}

std::size_t merkle_sum_tree_builder::held_records() const noexcept {
  std::size_t held = root_ ? 1 : 0;
  for (const auto& node : open_) {
    held += node.peaks.size();
  }
  return held;
}

// Opens the ancestors of a branch that are not open yet: those below the last open one.
void merkle_sum_tree_builder::open_down_to(node_index branch) {
  std::vector<node_index> missing;
  for (node_index node = shape_->at(branch).parent; node != no_parent;
       node = shape_->at(node).parent) {
    if (!open_.empty() && open_.back().node == node) {
      break;
    }
    missing.push_back(node);
  }
  for (std::size_t i = missing.size(); i-- > 0;) {
    open_.push_back({missing[i], 0, {}});
  }
}

// Joins full trees of equal size, as a counter carries.
result<void> merkle_sum_tree_builder::push_child(open_node& parent, sum_record child) {
  for (std::size_t carry = parent.finished_children; (carry & 1U) != 0; carry >>= 1U) {
    auto joined = combine(context_, parent.node, parent.peaks.back(), child);
    if (!joined) {
      return tl::unexpected(std::move(joined.error()));
    }
    child = std::move(*joined);
    parent.peaks.pop_back();
  }
  parent.peaks.push_back(std::move(child));
  ++parent.finished_children;
  return {};
}

result<sum_record> merkle_sum_tree_builder::close(open_node&& node) {
  sum_record record = std::move(node.peaks.back());
  node.peaks.pop_back();
  if (node.finished_children == 1) {
    return combine(context_, node.node, record,
                   make_empty_record(context_, node.node, record.hi()));
  }
  // The right side holds the smaller trees, so the fold starts there.
  for (; !node.peaks.empty(); node.peaks.pop_back()) {
    auto joined = combine(context_, node.node, node.peaks.back(), record);
    if (!joined) {
      return joined;
    }
    record = std::move(*joined);
  }
  return record;
}

result<std::vector<tally_node>> merkle_sum_tree_builder::add_branch(sum_record branch) {
  const auto place = "node " + std::to_string(branch.node().value());
  if (next_branch() != branch.node() || branch.what() == sum_record::kind::inner) {
    return fail(errc::mismatch, place, "is not the branch that comes next");
  }
  if (branch.lo() != position_) {
    return fail(errc::mismatch, place,
                "starts at ballot " + std::to_string(branch.lo()) + ", must start at " +
                    std::to_string(position_));
  }
  if (auto fits = check_contest_set(*shape_, branch.node(), branch.encoded_subtotals()); !fits) {
    return fail(errc::mismatch, place, fits.reason());
  }
  open_down_to(branch.node());
  ++next_branch_;
  position_ = branch.hi();

  std::vector<tally_node> finished = {branch.published()};
  sum_record record = std::move(branch);
  while (!open_.empty()) {
    open_node& parent = open_.back();
    if (auto done = push_child(parent, std::move(record)); !done) {
      return tl::unexpected(std::move(done.error()));
    }
    if (parent.finished_children < shape_->at(parent.node).children.size()) {
      return finished;
    }
    auto closed = close(std::move(parent));
    if (!closed) {
      return tl::unexpected(std::move(closed.error()));
    }
    open_.pop_back();
    record = std::move(*closed);
    finished.push_back(record.published());
  }
  root_ = std::move(record);
  return finished;
}

}  // namespace sandoq
