#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "sandoq/core/contract.hpp"
#include "sandoq/threshold/opening_policy.hpp"

namespace sandoq {
namespace {

using range = opening_grounds::branch_range;

// Whether the contest has anything of this kind.
verification check_kind(const opening_grounds& grounds, contest_index contest,
                        const opening_set& set) {
  if (!grounds.is_opened(contest)) {
    return verification::rejected("contest " + std::to_string(contest.value()) +
                                  " is not opened: there is nothing to mix its ballot with");
  }
  if (set.is_list() ? grounds.is_mixed(contest) : grounds.places(contest).has_sums) {
    return verification::ok();
  }
  return verification::rejected("contest " + std::to_string(contest.value()) +
                                (set.is_list() ? " is not mixed: it has no lists"
                                               : " has no sums: only its lists are opened"));
}

// \pre 1 <= set.number <= number of totals
verification check_total(const opening_grounds& grounds, contest_index contest,
                         const opening_set& set) {
  const contest_index due = grounds.totals()[set.number - 1];
  const node_index scope = grounds.places(due).scope;
  if (contest != due || set.is_list() || set.nodes.size() != 1 || set.nodes.front() != scope) {
    return verification::rejected("the first requests are the totals; number " +
                                  std::to_string(set.number) + " must be that of contest " +
                                  std::to_string(due.value()) + " at node " +
                                  std::to_string(scope.value()));
  }
  return verification::ok();
}

}  // namespace

opening_grounds::opening_grounds(std::vector<node_index> subtree_ends,
                                 std::vector<contest_places> contests)
    : subtree_ends_(std::move(subtree_ends)), contests_(std::move(contests)) {
  for (std::uint32_t c = 0; c < contests_.size(); ++c) {
    const auto& branches = contests_[c].branches;
    auto& sums = sums_.emplace_back(1, 0);
    sums.reserve(branches.size() + 1);
    for (std::size_t i = 0; i < branches.size(); ++i) {
      SANDOQ_EXPECTS(branches[i].ballots > 0, "branches without ballots are left out");
      SANDOQ_EXPECTS(i == 0 || branches[i - 1].branch < branches[i].branch, "in node order");
      sums.push_back(sums.back() + branches[i].ballots);
    }
    if (contests_[c].has_sums && !branches.empty() && is_opened(contest_index(c))) {
      totals_.emplace_back(c);
    }
  }
}

bool opening_grounds::is_opened(contest_index contest) const {
  constexpr std::uint64_t least = 2;  // ciphertexts of a list
  const std::uint64_t ballots = sums_[contest.value()].back();
  const std::uint64_t each = places(contest).mixed_each;
  return each == 0 || ballots >= least || each * ballots >= least;
}

bool opening_grounds::is_within(node_index inner, node_index outer) const {
  return outer <= inner && inner < subtree_end(outer);
}

range opening_grounds::branches(contest_index contest, node_index node) const {
  const auto& all = places(contest).branches;
  const auto at = [&all](node_index n) {
    const auto found = std::lower_bound(
        all.begin(), all.end(), n,
        [](const branch_ballots& b, node_index wanted) { return b.branch < wanted; });
    return static_cast<std::size_t>(found - all.begin());
  };
  return {at(node), at(subtree_end(node))};
}

std::uint64_t opening_grounds::ballots(contest_index contest, range covered) const {
  const auto& sums = sums_[contest.value()];
  return sums[covered.last] - sums[covered.first];
}

std::uint64_t opening_grounds::ballots(contest_index contest, node_index node) const {
  return ballots(contest, branches(contest, node));
}

verification check_places(const opening_grounds& grounds, contest_index contest,
                          std::span<const node_index> nodes) {
  const auto wrong = [](node_index node, std::string_view what) {
    return verification::rejected("node " + std::to_string(node.value()) + " " + std::string(what));
  };
  if (nodes.empty() || nodes.size() > max_request_places) {
    return verification::rejected("names " + std::to_string(nodes.size()) +
                                  " places, must name 1 to " + std::to_string(max_request_places));
  }
  if (contest.value() >= grounds.contests()) {
    return verification::rejected("there is no contest " + std::to_string(contest.value()));
  }
  const node_index scope = grounds.places(contest).scope;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].value() >= grounds.nodes() || !grounds.is_within(nodes[i], scope)) {
      return wrong(nodes[i], "is neither the contest's scope nor below it");
    }
    if (i > 0 && nodes[i] < grounds.subtree_end(nodes[i - 1])) {
      return wrong(nodes[i], "does not come after node " + std::to_string(nodes[i - 1].value()) +
                                 " and all that is below that");
    }
    if (grounds.ballots(contest, nodes[i]) == 0) {
      return wrong(nodes[i], "has no ballot of the contest");
    }
  }
  return verification::ok();
}

verification check_turn(const opening_grounds& grounds, contest_index contest,
                        const opening_set& set, std::uint32_t groups) {
  if (set.number == 0) {
    return verification::rejected("requests are numbered from 1");
  }
  if (auto ok = check_kind(grounds, contest, set); !ok) {
    return ok;
  }
  const auto totals = grounds.totals();
  if (set.number <= totals.size()) {
    return check_total(grounds, contest, set);
  }
  const std::size_t group = set.number - totals.size();  // whose list is due, if there is one
  if (group <= groups ? set.group == group : !set.is_list()) {
    return verification::ok();
  }
  return verification::rejected(
      group <= groups
          ? "after the totals come the lists of all groups; number " + std::to_string(set.number) +
                " must be that of group " + std::to_string(group)
          : "there are " + std::to_string(groups) +
                " groups, whose lists come right after the totals; number " +
                std::to_string(set.number) + " must be of a sum");
}

}  // namespace sandoq
