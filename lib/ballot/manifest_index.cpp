#include "sandoq/ballot/manifest_index.hpp"

#include <algorithm>
#include <utility>

#include "sandoq/core/contract.hpp"

namespace sandoq {

namespace {

constexpr std::size_t word_bits = 64;

}  // namespace

result<manifest_index> manifest_index::build(const manifest& source) {
  if (auto rules = source.check_rules(); !rules) {
    return tl::unexpected<error>(std::move(rules.error()));
  }
  manifest_index out;
  const std::size_t n = source.nodes.size();
  for (const style_entry& style : source.styles) {
    out.style_contests_.push_back(style.contests);
  }
  for (const contest_entry& contest : source.contests) {
    out.contest_scopes_.push_back(contest.scope);
  }
  out.mask_words_ = (source.contests.size() + word_bits - 1) / word_bits;
  out.contest_masks_.resize(n * out.mask_words_);
  out.style_offsets_.push_back(0);
  for (std::size_t i = 0; i < n; ++i) {
    out.parents_.push_back(source.nodes[i].parent);
    out.subtree_end_.emplace_back(static_cast<std::uint32_t>(i + 1));
    if (source.nodes[i].level != node_level::branch) {
      continue;
    }
    for (const style_index style : source.branch_styles[out.branches_.size()]) {
      out.given_styles_.push_back(style);
      for (const contest_index contest : source.styles[style.value()].contests) {
        out.contest_masks_[i * out.mask_words_ + contest.value() / word_bits] |=
            std::uint64_t{1} << (contest.value() % word_bits);
      }
    }
    out.style_offsets_.push_back(out.given_styles_.size());
    out.branches_.emplace_back(static_cast<std::uint32_t>(i));
  }
  // Children stand after their parents: from the end upward, each node hands its answers on.
  for (std::size_t i = n; i-- > 1;) {
    const std::size_t parent = out.parents_[i].value();
    out.subtree_end_[parent] = std::max(out.subtree_end_[parent], out.subtree_end_[i]);
    for (std::size_t w = 0; w < out.mask_words_; ++w) {
      out.contest_masks_[parent * out.mask_words_ + w] |=
          out.contest_masks_[i * out.mask_words_ + w];
    }
  }
  return out;
}

std::optional<std::size_t> manifest_index::ordinal_of(branch_index branch) const noexcept {
  const auto at = std::lower_bound(branches_.begin(), branches_.end(), branch);
  if (at == branches_.end() || *at != branch) {
    return std::nullopt;
  }
  return static_cast<std::size_t>(at - branches_.begin());
}

bool manifest_index::is_branch(branch_index branch) const noexcept {
  return ordinal_of(branch).has_value();
}

node_index manifest_index::parent_of(node_index node) const {
  SANDOQ_EXPECTS(node.value() < nodes(), "the node exists");
  return parents_[node.value()];
}

node_index manifest_index::subtree_end(node_index node) const {
  SANDOQ_EXPECTS(node.value() < nodes(), "the node exists");
  return subtree_end_[node.value()];
}

bool manifest_index::is_within(node_index inner, node_index outer) const {
  SANDOQ_EXPECTS(inner.value() < nodes(), "the node exists");
  return inner >= outer && inner < subtree_end(outer);
}

std::vector<node_index> manifest_index::children_of(node_index node) const {
  std::vector<node_index> out;
  const node_index end = subtree_end(node);
  for (node_index child(node.value() + 1); child < end; child = subtree_end(child)) {
    out.push_back(child);
  }
  return out;
}

std::vector<node_index> manifest_index::ancestors_of(node_index node) const {
  std::vector<node_index> out;
  for (node_index up = parent_of(node); up != no_parent; up = parent_of(up)) {
    out.push_back(up);
  }
  return out;
}

std::vector<contest_index> manifest_index::contest_set(node_index node) const {
  std::vector<contest_index> out;
  for (std::uint32_t c = 0; c < contests(); ++c) {
    if (votes_on(node, contest_index(c))) {
      out.emplace_back(c);
    }
  }
  return out;
}

bool manifest_index::votes_on(node_index node, contest_index contest) const {
  SANDOQ_EXPECTS(node.value() < nodes() && contest.value() < contests(),
                 "the node and the contest exist");
  const std::uint64_t word =
      contest_masks_[node.value() * mask_words_ + contest.value() / word_bits];
  return ((word >> (contest.value() % word_bits)) & 1U) != 0;
}

std::span<const style_index> manifest_index::styles_at(branch_index branch) const {
  const auto ordinal = ordinal_of(branch);
  SANDOQ_EXPECTS(ordinal.has_value(), "the branch exists");
  const std::size_t first = style_offsets_[*ordinal];
  return std::span(given_styles_).subspan(first, style_offsets_[*ordinal + 1] - first);
}

bool manifest_index::is_given(style_index style, branch_index branch) const noexcept {
  if (!is_branch(branch)) {
    return false;
  }
  const auto given = styles_at(branch);
  return std::binary_search(given.begin(), given.end(), style);
}

std::span<const contest_index> manifest_index::contests_of(style_index style) const {
  SANDOQ_EXPECTS(style.value() < styles(), "the style exists");
  return style_contests_[style.value()];
}

node_index manifest_index::scope_of(contest_index contest) const {
  SANDOQ_EXPECTS(contest.value() < contests(), "the contest exists");
  return contest_scopes_[contest.value()];
}

}  // namespace sandoq
