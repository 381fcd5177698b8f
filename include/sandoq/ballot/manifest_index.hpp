#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq {

/// Answers questions about a manifest that keeps its rules. Owns its answers, so the manifest need
/// not outlive it. Memory: about 40 bytes a node, 8 bytes a node for every 64 contests, and 4 bytes
/// a style given somewhere.
class manifest_index {
 public:
  /// \return the first rule that is broken (manifest::check_rules).
  [[nodiscard]] static result<manifest_index> build(const manifest& source);

  [[nodiscard]] std::size_t nodes() const noexcept { return subtree_end_.size(); }
  /// The nodes of level 7 in node order; the value of a branch_index is its node's index.
  [[nodiscard]] std::span<const branch_index> branches() const noexcept { return branches_; }
  /// True iff there is such a node and it is of level 4.
  [[nodiscard]] bool is_branch(branch_index branch) const noexcept;
  /// The place of a branch in branches(); nothing if it is no branch.
  [[nodiscard]] std::optional<std::size_t> ordinal_of(branch_index branch) const noexcept;

  /// no_parent for the root. \pre node.value() < nodes(), here and below
  [[nodiscard]] node_index parent_of(node_index node) const;
  /// One past the last node below it: the nodes of a subtree are [node, subtree_end).
  [[nodiscard]] node_index subtree_end(node_index node) const;
  /// True iff inner is outer or lies below it.
  [[nodiscard]] bool is_within(node_index inner, node_index outer) const;
  /// The nodes right below it, in node order.
  [[nodiscard]] std::vector<node_index> children_of(node_index node) const;
  /// From the parent up to the root.
  [[nodiscard]] std::vector<node_index> ancestors_of(node_index node) const;

  /// The contests that are voted on somewhere at or below a node, ascending.            SPEC(70.2)
  [[nodiscard]] std::vector<contest_index> contest_set(node_index node) const;
  /// True iff the contest is in contest_set(node).
  [[nodiscard]] bool votes_on(node_index node, contest_index contest) const;

  /// The styles a voter may be given there, ascending. \pre is_branch(branch)
  [[nodiscard]] std::span<const style_index> styles_at(branch_index branch) const;
  /// True iff style and branch exist and the style is given there.
  [[nodiscard]] bool is_given(style_index style, branch_index branch) const noexcept;
  /// The contests of a style, ascending. \pre style exists
  [[nodiscard]] std::span<const contest_index> contests_of(style_index style) const;
  [[nodiscard]] std::size_t styles() const noexcept { return style_contests_.size(); }
  [[nodiscard]] std::size_t contests() const noexcept { return contest_scopes_.size(); }
  /// The node whose branches vote on the contest. \pre it exists
  [[nodiscard]] node_index scope_of(contest_index contest) const;

 private:
  manifest_index() = default;

  std::vector<node_index> parents_;
  std::vector<node_index> subtree_end_;
  std::size_t mask_words_ = 0;
  std::vector<std::uint64_t> contest_masks_;  // of node i, from i * mask_words_: one bit a contest
  std::vector<branch_index> branches_;
  std::vector<std::size_t> style_offsets_;  // of branch i: [style_offsets_[i], style_offsets_[i+1])
  std::vector<style_index> given_styles_;
  std::vector<std::vector<contest_index>> style_contests_;
  std::vector<node_index> contest_scopes_;
};

}  // namespace sandoq
