#include "sandoq/tally/sum_path.hpp"

#include <bit>
#include <cstddef>
#include <string>
#include <utility>

#include "sandoq/core/contract.hpp"
#include "sandoq/core/merkle.hpp"

namespace sandoq {
namespace {

// One fold above a record: its sibling covers children [first, last) of the tree node.
struct fold_step {
  enum class side { left, right };
  side sibling;
  std::size_t first;
  std::size_t last;
};

// The folds above child i of m >= 2, from the child upward.                             SPEC(70.3)
std::vector<fold_step> folds_above(std::size_t i, std::size_t m) {
  std::vector<fold_step> out;
  std::size_t first = 0;
  std::size_t last = m;
  while (last - first > 1) {
    const std::size_t split = first + std::bit_floor(last - first - 1);
    if (i < split) {
      out.push_back({fold_step::side::right, split, last});
      last = split;
    } else {
      out.push_back({fold_step::side::left, first, split});
      first = split;
    }
  }
  return {out.rbegin(), out.rend()};
}

std::size_t position_among(std::span<const node_index> children, node_index child) {
  std::size_t i = 0;
  while (children[i] != child) {
    ++i;
  }
  return i;
}

contest_set contests_of(const tally_shape& shape, std::span<const node_index> nodes) {
  contest_set out;
  for (const node_index node : nodes) {
    out |= shape.at(node).contests;
  }
  return out;
}

// A record whose hash is taken as published, for building paths.
struct known_record {
  sum_content content;
  digest32 hash;
};

class path_builder {
 public:
  path_builder(const tally_context& context, const tally_shape& shape,
               std::span<const tally_node> nodes)
      : context_(context), shape_(shape), nodes_(nodes) {}

  // The record of children [first, last) of a node. A single child needs what stands behind its
  // totals as well, so its own children are folded.
  result<sum_content> content_of(node_index parent, std::size_t first, std::size_t last) const {
    const auto& children = shape_.at(parent).children;
    if (last - first > 1) {
      auto folded = fold(parent, first, last);
      if (!folded) {
        return tl::unexpected(std::move(folded.error()));
      }
      return std::move(folded->content);
    }
    const node_index child = children[first];
    if (shape_.at(child).is_branch) {
      auto known = published(child);
      if (!known) {
        return tl::unexpected(std::move(known.error()));
      }
      return std::move(known->content);
    }
    auto folded = fold(child, 0, shape_.at(child).children.size());
    if (!folded) {
      return tl::unexpected(std::move(folded.error()));
    }
    return std::move(folded->content);
  }

  result<known_record> published(node_index node) const {
    const tally_node& source = nodes_[node.value()];
    const auto place = "node " + std::to_string(node.value());
    if (source.node != node) {
      return fail(errc::mismatch, place, "is not at its place in the list");
    }
    if (auto fits = check_contest_set(shape_, node, source.subtotals); !fits) {
      return fail(errc::mismatch, place, fits.reason());
    }
    auto subtotals = decode(source.subtotals);
    if (!subtotals) {
      return fail_within(place, std::move(subtotals.error()));
    }
    return known_record{{source.lo, source.hi, std::move(*subtotals), source.merkle_root, {}},
                        source.hash};
  }

 private:
  result<known_record> fold(node_index parent, std::size_t first, std::size_t last) const {
    const auto& children = shape_.at(parent).children;
    if (last - first == 1 && children.size() > 1) {
      return published(children[first]);
    }
    if (last - first == 1) {
      auto only = published(children[first]);
      if (!only) {
        return only;
      }
      const auto empty = make_empty_record(context_, parent, only->content.hi);
      const std::uint64_t position = only->content.hi;
      return join(parent, std::move(*only), {{position, position, {}, {}, {}}, empty.hash()});
    }
    const std::size_t split = first + std::bit_floor(last - first - 1);
    auto left = fold(parent, first, split);
    if (!left) {
      return left;
    }
    auto right = fold(parent, split, last);
    if (!right) {
      return right;
    }
    return join(parent, std::move(*left), std::move(*right));
  }

  result<known_record> join(node_index parent, known_record left, known_record right) const {
    const auto lo = left.content.lo;
    const auto hi = right.content.hi;
    sum_content content{lo, hi, left.content.subtotals + right.content.subtotals, {}, {}};
    if (lo != hi) {
      content.first = left.hash;
      content.second = right.hash;
    }
    auto record = make_inner_record(context_, parent, content);
    if (!record) {
      return tl::unexpected(std::move(record.error()));
    }
    return known_record{std::move(content), record->hash()};
  }

  const tally_context& context_;
  const tally_shape& shape_;
  std::span<const tally_node> nodes_;
};

bool is_branch(const tally_shape& shape, node_index node) {
  return node.value() < shape.nodes() && shape.at(node).is_branch;
}

// The sibling's record, checked against what the manifest says of the nodes it covers.
result<sum_record> sibling_record(const tally_context& context, const tally_shape& shape,
                                  node_index parent, const fold_step& step,
                                  const sum_content& content) {
  const auto covered =
      std::span(shape.at(parent).children).subspan(step.first, step.last - step.first);
  if (auto fits = check_contest_set(shape, contests_of(shape, covered), content.subtotals); !fits) {
    return fail(errc::mismatch, "sibling under node " + std::to_string(parent.value()),
                fits.reason());
  }
  if (covered.size() == 1 && shape.at(covered.front()).is_branch) {
    return make_branch_record(context, covered.front(), content);
  }
  return make_inner_record(context, covered.size() == 1 ? covered.front() : parent, content);
}

result<sum_record> branch_record(const tally_context& context, const tally_shape& shape,
                                 const counted_ballot& ballot, const sum_path& path) {
  const auto place = "branch " + std::to_string(ballot.branch.value());
  if (!is_branch(shape, ballot.branch)) {
    return fail(errc::not_found, place, "is no branch of this election");
  }
  const auto& content = path.branch;
  if (auto fits = check_contest_set(shape, shape.at(ballot.branch).contests, content.subtotals);
      !fits) {
    return fail(errc::mismatch, place, fits.reason());
  }
  if (content.lo > content.hi || ballot.index >= content.hi - content.lo) {
    return fail(errc::not_found, place,
                "has no cast ballot of index " + std::to_string(ballot.index));
  }
  const auto root =
      merkle_root_from_path("ballot/node", ballot_leaf(context, ballot),
                            {ballot.index, content.hi - content.lo}, path.within_branch);
  if (!root) {
    return fail_within(place, root.error());
  }
  if (*root != content.first) {
    return fail(errc::mismatch, place, "the ballot's code does not lead to its Merkle root");
  }
  return make_branch_record(context, ballot.branch, content);
}

// Folds the record of a branch upward to the root, taking the siblings as it goes.
result<sum_record> root_record(const tally_context& context, const tally_shape& shape,
                               sum_record record, std::span<const sum_content> siblings) {
  node_index node = record.node();
  for (node_index parent = shape.at(node).parent; parent != no_parent;
       node = parent, parent = shape.at(parent).parent) {
    const auto& children = shape.at(parent).children;
    if (children.size() == 1) {
      auto joined =
          combine(context, parent, record, make_empty_record(context, parent, record.hi()));
      if (!joined) {
        return joined;
      }
      record = std::move(*joined);
      continue;
    }
    for (const auto& step : folds_above(position_among(children, node), children.size())) {
      if (siblings.empty()) {
        return fail(errc::missing, "siblings", "the path ends before the root");
      }
      auto sibling = sibling_record(context, shape, parent, step, siblings.front());
      if (!sibling) {
        return sibling;
      }
      siblings = siblings.subspan(1);
      auto joined = step.sibling == fold_step::side::right
                        ? combine(context, parent, record, *sibling)
                        : combine(context, parent, *sibling, record);
      if (!joined) {
        return joined;
      }
      record = std::move(*joined);
    }
  }
  if (!siblings.empty()) {
    return fail(errc::mismatch, "siblings", "the path is longer than the tree is high");
  }
  return record;
}

}  // namespace

result<sum_path> make_sum_path(const tally_context& context, const tally_shape& shape,
                               std::span<const tally_node> nodes, const counted_ballot& ballot,
                               std::vector<digest32> within_branch) {
  if (nodes.size() != shape.nodes()) {
    return fail(errc::mismatch, "nodes", "there must be one record for every place");
  }
  if (!is_branch(shape, ballot.branch)) {
    return fail(errc::not_found, "branch " + std::to_string(ballot.branch.value()),
                "is no branch of this election");
  }
  const path_builder builder(context, shape, nodes);
  auto branch = builder.published(ballot.branch);
  if (!branch) {
    return tl::unexpected(std::move(branch.error()));
  }
  if (ballot.index >= branch->content.hi - branch->content.lo) {
    return fail(errc::not_found, "branch " + std::to_string(ballot.branch.value()),
                "has no cast ballot of index " + std::to_string(ballot.index));
  }
  sum_path out{std::move(within_branch), std::move(branch->content), {}};
  node_index node = ballot.branch;
  for (node_index parent = shape.at(node).parent; parent != no_parent;
       node = parent, parent = shape.at(parent).parent) {
    const auto& children = shape.at(parent).children;
    if (children.size() == 1) {
      continue;
    }
    for (const auto& step : folds_above(position_among(children, node), children.size())) {
      auto sibling = builder.content_of(parent, step.first, step.last);
      if (!sibling) {
        return tl::unexpected(std::move(sibling.error()));
      }
      out.siblings.push_back(std::move(*sibling));
    }
  }
  return out;
}

verification verify_sum_path(const tally_context& context, const tally_shape& shape,
                             const tally_node& root, const counted_ballot& ballot,
                             const sum_path& path) {
  const auto reject = [](const error& e) {
    return verification::rejected(e.place + ": " + e.reason);
  };
  auto branch = branch_record(context, shape, ballot, path);
  if (!branch) {
    return reject(branch.error());
  }
  const auto computed = root_record(context, shape, std::move(*branch), path.siblings);
  if (!computed) {
    return reject(computed.error());
  }
  if (computed->lo() != 0 || !(computed->published() == root)) {
    return verification::rejected("the path does not lead to the published root");
  }
  return verification::ok();
}

}  // namespace sandoq
