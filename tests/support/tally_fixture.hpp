#pragma once

// Trees of places of any shape with totals that nobody voted for: the tree does not look into sums.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "sandoq/core/merkle.hpp"
#include "sandoq/tally/accumulate.hpp"
#include "sandoq/tally/merkle_sum_tree.hpp"
#include "sandoq/tally/sum_record.hpp"
#include "sandoq/tally/tally_shape.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq::testing {

/// A branch with its codes: what the record says of it and what leads to its root.
struct sample_branch {
  sum_content content;
  std::vector<digest32> codes;
};

class sample_tally {
 public:
  /// \param parents  of all nodes in pre-order; a branch covers least_ballots + (0 to 4) ballots
  sample_tally(std::vector<std::uint32_t> parents, deterministic_random& random,
               std::uint64_t least_ballots = 0)
      : least_ballots_(least_ballots),
        context_{digest32{random.octets<32>()}, election_domain::drill},
        parents_(parents.begin(), parents.end()),
        shape_(make_shape(random)) {
    std::uint64_t position = 0;
    for (const node_index branch : shape_.branches()) {
      branches_.push_back(make_branch(branch, position, random));
      position = branches_.back().content.hi;
    }
  }

  /// Random trees: each node has 1 to 7 children, down to `depth` levels, or is a branch.
  static std::vector<std::uint32_t> random_parents(deterministic_random& random,
                                                   std::uint32_t depth) {
    std::vector<std::uint32_t> parents = {no_parent.value()};
    grow(parents, 0, depth, random);
    return parents;
  }

  [[nodiscard]] const tally_context& context() const { return context_; }
  [[nodiscard]] const tally_shape& shape() const { return shape_; }
  [[nodiscard]] const std::vector<sample_branch>& branches() const { return branches_; }
  [[nodiscard]] sum_record branch_record(std::size_t i) const {
    return make_branch_record(context_, shape_.branches()[i], branches_[i].content).value();
  }
  /// Every node of the tree, in node order.
  [[nodiscard]] std::vector<tally_node> nodes() const {
    std::vector<tally_node> out(shape_.nodes());
    merkle_sum_tree_builder builder(context_, shape_);
    for (std::size_t i = 0; i < branches_.size(); ++i) {
      auto finished = builder.add_branch(branch_record(i));
      for (auto& node : *finished) {
        out[node.node.value()] = std::move(node);
      }
    }
    return out;
  }
  [[nodiscard]] counted_ballot ballot(std::size_t branch, std::uint64_t index) const {
    return {shape_.branches()[branch], index, branches_[branch].codes[index]};
  }
  [[nodiscard]] std::vector<digest32> within_branch(std::size_t branch, std::size_t index) const {
    return merkle_tree("ballot/node", leaves(branch)).path(index);
  }

 private:
  static void grow(std::vector<std::uint32_t>& parents, std::uint32_t node, std::uint32_t depth,
                   deterministic_random& random) {
    const std::uint64_t children = depth == 0 ? 0 : 1 + random.below(7);
    for (std::uint64_t c = 0; c < children; ++c) {
      const auto child = static_cast<std::uint32_t>(parents.size());
      parents.push_back(node);
      grow(parents, child, random.below(3) == 0 ? 0 : depth - 1, random);
    }
  }

  tally_shape make_shape(deterministic_random& random) const {
    std::vector<node_index> parents(parents_.begin(), parents_.end());
    std::vector<char> has_children(parents.size(), 0);
    for (std::size_t i = 1; i < parents.size(); ++i) {
      has_children[parents[i].value()] = 1;
    }
    std::vector<contest_set> contests;
    for (const char inner : has_children) {
      if (inner == 0) {
        contest_set set;
        set.insert(contest_index(0));
        if (random.below(2) == 0) {
          set.insert(contest_index(2));
        }
        contests.push_back(set);
      }
    }
    return {parents, contests, {2, 5, 1}};
  }

  sample_branch make_branch(node_index branch, std::uint64_t position,
                            deterministic_random& random) const {
    const std::uint64_t ballots = least_ballots_ + random.below(5);
    sample_branch out;
    out.content.lo = position;
    out.content.hi = position + ballots;
    out.content.subtotals = totals::zero(shape_.at(branch).contests, shape_);
    if (ballots == 0) {
      return out;
    }
    for (auto& total : out.content.subtotals.contests) {
      total.ballots = total.contest == contest_index(0) ? ballots : random.below(ballots + 1);
      for (auto& c : total.sums) {
        c.alpha = ristretto255::from_uniform_bytes(random.octets<64>());
        c.beta = ristretto255::from_uniform_bytes(random.octets<64>());
      }
    }
    std::vector<digest32> leaf_hashes;
    for (std::uint64_t i = 0; i < ballots; ++i) {
      out.codes.push_back(digest32{random.octets<32>()});
      leaf_hashes.push_back(ballot_leaf(context_, {branch, i, out.codes.back()}));
    }
    out.content.first = merkle_root("ballot/node", leaf_hashes);
    return out;
  }

  [[nodiscard]] std::vector<digest32> leaves(std::size_t branch) const {
    std::vector<digest32> out;
    for (std::uint64_t i = 0; i < branches_[branch].codes.size(); ++i) {
      out.push_back(ballot_leaf(context_, ballot(branch, i)));
    }
    return out;
  }

  std::uint64_t least_ballots_;
  tally_context context_;
  std::vector<node_index> parents_;
  tally_shape shape_;
  std::vector<sample_branch> branches_;
};

}  // namespace sandoq::testing
