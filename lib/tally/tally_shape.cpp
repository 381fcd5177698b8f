#include "sandoq/tally/tally_shape.hpp"

#include <utility>

#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

// What a voter of the branch may be asked: the union over its styles.                   SPEC(70.2)
contest_set contests_of(const manifest& source, std::span<const style_index> styles) {
  contest_set out;
  for (const style_index style : styles) {
    out |= contest_set(source.styles[style.value()].contests);
  }
  return out;
}

}  // namespace

tally_shape tally_shape::of(const manifest& source) {
  std::vector<node_index> parents;
  parents.reserve(source.nodes.size());
  for (const auto& node : source.nodes) {
    parents.push_back(node.parent);
  }
  std::vector<contest_set> branch_contests;
  branch_contests.reserve(source.branch_styles.size());
  for (const auto& styles : source.branch_styles) {
    branch_contests.push_back(contests_of(source, styles));
  }
  std::vector<std::uint32_t> widths;
  contest_set mixed;
  for (std::uint32_t c = 0; c < source.contests.size(); ++c) {
    widths.push_back(static_cast<std::uint32_t>(sum_ciphertexts(source.contests[c])));
    if (sandoq::is_mixed(source.contests[c].encoding)) {
      mixed.insert(contest_index(c));
    }
  }
  return {parents, branch_contests, std::move(widths), std::move(mixed)};
}

tally_shape::tally_shape(std::span<const node_index> parents,
                         std::span<const contest_set> branch_contests,
                         std::vector<std::uint32_t> widths, contest_set mixed)
    : places_(parents.size()), widths_(std::move(widths)), mixed_(std::move(mixed)) {
  for (std::uint32_t i = 0; i < places_.size(); ++i) {
    places_[i].parent = parents[i];
    if (i == 0) {
      SANDOQ_EXPECTS(parents[0] == no_parent, "node 0 is the root");
    } else {
      SANDOQ_EXPECTS(parents[i].value() < i, "nodes come after their parents");
      places_[parents[i].value()].children.push_back(node_index(i));
    }
  }
  for (std::uint32_t i = 0; i < places_.size(); ++i) {
    if (places_[i].children.empty()) {
      SANDOQ_EXPECTS(branches_.size() < branch_contests.size(), "one contest set a branch");
      places_[i].is_branch = true;
      places_[i].contests = branch_contests[branches_.size()];
      branches_.push_back(node_index(i));
    }
  }
  SANDOQ_EXPECTS(branches_.size() == branch_contests.size(), "one contest set a branch");
  for (std::size_t i = places_.size(); i-- > 1;) {
    places_[places_[i].parent.value()].contests |= places_[i].contests;
  }
}

}  // namespace sandoq
