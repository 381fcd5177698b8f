#include "sandoq/threshold/opening_policy.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

using range = opening_grounds::branch_range;

constexpr std::size_t max_named = 4;

// "3, 5, 8, 9 and 12 more".
template <class Values, class Name>
std::string list_of(const Values& values, Name name) {
  std::string out;
  for (std::size_t i = 0; i < values.size() && i < max_named; ++i) {
    out += (i == 0 ? "" : ", ") + std::to_string(name(values[i]));
  }
  if (values.size() > max_named) {
    out += " and " + std::to_string(values.size() - max_named) + " more";
  }
  return out;
}

std::string counted(std::uint64_t ballots) {
  return std::to_string(ballots) + (ballots == 1 ? " ballot" : " ballots");
}

// A set as ranges of branches that do not touch each other.
struct covered_set {
  const opening_set* source = nullptr;
  std::vector<range> ranges;
  std::size_t branches = 0;
  std::uint64_t ballots = 0;
  std::uint64_t residual = 0;
  std::vector<std::size_t> inside{};  // the largest sets strictly inside it, by place in the family

  [[nodiscard]] std::string name() const {
    const auto& nodes = source->nodes;
    return "request " + std::to_string(source->number) +
           (nodes.size() == 1 ? " (node " : " (nodes ") +
           list_of(nodes, [](node_index n) { return n.value(); }) + ": " + counted(ballots) + ")";
  }
};

covered_set cover(const opening_grounds& grounds, contest_index contest, const opening_set& set) {
  covered_set out;
  out.source = &set;
  for (const node_index node : set.nodes) {
    const range added = grounds.branches(contest, node);
    if (added.first == added.last) {
      continue;
    }
    if (!out.ranges.empty() && out.ranges.back().last == added.first) {
      out.ranges.back().last = added.last;
    } else {
      out.ranges.push_back(added);
    }
  }
  for (const range& r : out.ranges) {
    out.branches += r.last - r.first;
    out.ballots += grounds.ballots(contest, r);
  }
  out.residual = out.ballots;
  return out;
}

std::uint64_t shared_ballots(const opening_grounds& grounds, contest_index contest,
                             const covered_set& a, const covered_set& b) {
  std::uint64_t out = 0;
  for (std::size_t i = 0, j = 0; i < a.ranges.size() && j < b.ranges.size();) {
    const range both{std::max(a.ranges[i].first, b.ranges[j].first),
                     std::min(a.ranges[i].last, b.ranges[j].last)};
    if (both.first < both.last) {
      out += grounds.ballots(contest, both);
    }
    (a.ranges[i].last < b.ranges[j].last ? i : j) += 1;
  }
  return out;
}

constexpr std::size_t nobody = ~std::size_t{0};

// Memory that is zero at first. The standard library's own code links the nodes of a tree, and a
// memory checker that does not see that code takes them for uninitialised.
template <class T>
struct zeroed_allocator {
  using value_type = T;
  zeroed_allocator() = default;
  template <class U>
  explicit zeroed_allocator(const zeroed_allocator<U>& /*other*/) noexcept {}
  [[nodiscard]] T* allocate(std::size_t n) {
    T* out = std::allocator<T>{}.allocate(n);
    std::memset(static_cast<void*>(out), 0, n * sizeof(T));
    return out;
  }
  void deallocate(T* p, std::size_t n) noexcept { std::allocator<T>{}.deallocate(p, n); }
  friend bool operator==(zeroed_allocator, zeroed_allocator) noexcept { return true; }
};

// The branches in a row, each with the smallest set so far that holds it. Neighbours with one owner
// are one piece, so that taking a set costs what it adds and removes, however large it is.
class owner_map {
 public:
  explicit owner_map(std::size_t branches) : pieces_{{0, nobody}, {branches, nobody}} {}

  /// The owners of all branches of the set: one, or the first two that differ.
  [[nodiscard]] std::pair<std::size_t, std::optional<std::size_t>> owners(
      const covered_set& set) const {
    const std::size_t first = std::prev(pieces_.upper_bound(set.ranges.front().first))->second;
    for (const range& r : set.ranges) {
      for (auto piece = std::prev(pieces_.upper_bound(r.first));
           piece != pieces_.end() && piece->first < r.last; ++piece) {
        if (piece->second != first) {
          return {first, piece->second};
        }
      }
    }
    return {first, std::nullopt};
  }

  void give(const covered_set& set, std::size_t owner) {
    for (const range& r : set.ranges) {
      split(r.last);
      split(r.first);
      pieces_.erase(pieces_.upper_bound(r.first), pieces_.lower_bound(r.last));
      pieces_[r.first] = owner;
    }
  }

 private:
  void split(std::size_t at) {
    const auto piece = std::prev(pieces_.upper_bound(at));
    pieces_.emplace(at, piece->second);
  }

  // begin -> owner, up to the next begin
  std::map<std::size_t, std::size_t, std::less<>,
           zeroed_allocator<std::pair<const std::size_t, std::size_t>>>
      pieces_;
};

// Sets in falling size, each of which must lie inside the one that owns its branches.
class laminar_family {
 public:
  laminar_family(const opening_grounds& grounds, contest_index contest,
                 std::span<const opening_set> family)
      : grounds_(grounds), contest_(contest), owners_(branches().size()) {
    for (const opening_set& set : family) {
      sets_.push_back(cover(grounds, contest, set));
    }
    std::stable_sort(sets_.begin(), sets_.end(), [](const covered_set& a, const covered_set& b) {
      return a.branches > b.branches;
    });
  }

  verification check() {
    for (std::size_t i = 0; i < sets_.size(); ++i) {
      if (auto ok = place(i); !ok) {
        return ok;
      }
    }
    for (const covered_set& set : sets_) {
      if (set.residual != 0 && set.residual < floor()) {
        return verification::rejected(too_small(set));
      }
    }
    return verification::ok();
  }

  [[nodiscard]] bool is_lone_total() const {
    return sets_.size() == 1 && sets_.front().branches == branches().size();
  }

 private:
  [[nodiscard]] const std::vector<branch_ballots>& branches() const {
    return grounds_.places(contest_).branches;
  }
  [[nodiscard]] std::uint32_t floor() const { return grounds_.places(contest_).floor; }

  verification place(std::size_t i) {
    covered_set& set = sets_[i];
    if (set.ranges.empty()) {
      return verification::rejected(set.name() + " covers no ballot of the contest");
    }
    const auto [owner, other] = owners_.owners(set);
    if (other) {
      // The smaller of the two owners holds a part of this set and not all of it; the larger one
      // may hold both.
      const std::size_t crossing =
          owner == nobody ? *other : (*other == nobody ? owner : std::max(owner, *other));
      return verification::rejected(
          set.name() + " and " + sets_[crossing].name() + " share " +
          counted(shared_ballots(grounds_, contest_, set, sets_[crossing])) +
          ", and neither contains the other");
    }
    if (owner != nobody) {
      covered_set& around = sets_[owner];
      if (around.branches == set.branches) {
        return verification::rejected(set.name() + " and " + around.name() +
                                      " are of the same branches; a set is opened once");
      }
      around.residual -= set.ballots;
      around.inside.push_back(i);
    }
    owners_.give(set, i);
    return verification::ok();
  }

  [[nodiscard]] std::string too_small(const covered_set& set) const {
    const std::string below = ", below the floor of " + std::to_string(floor());
    if (set.inside.empty()) {
      return set.name() + " is too small" + below;
    }
    const std::string within =
        set.inside.size() == 1
            ? sets_[set.inside.front()].name()
            : "requests " +
                  list_of(set.inside, [&](std::size_t i) { return sets_[i].source->number; }) +
                  " (" + counted(set.ballots - set.residual) + ")";
    return set.name() + " without " + within + " leaves " + counted(set.residual) + below;
  }

  const opening_grounds& grounds_;
  contest_index contest_;
  owner_map owners_;
  std::vector<covered_set> sets_;
};

}  // namespace

opening_grounds::opening_grounds(std::vector<node_index> subtree_ends,
                                 std::vector<contest_places> contests)
    : subtree_ends_(std::move(subtree_ends)), contests_(std::move(contests)) {
  for (std::uint32_t c = 0; c < contests_.size(); ++c) {
    const auto& branches = contests_[c].branches;
    if (!branches.empty()) {
      to_open_.emplace_back(c);
    }
    auto& sums = sums_.emplace_back(1, 0);
    sums.reserve(branches.size() + 1);
    for (std::size_t i = 0; i < branches.size(); ++i) {
      SANDOQ_EXPECTS(branches[i].ballots > 0, "branches without ballots are left out");
      SANDOQ_EXPECTS(i == 0 || branches[i - 1].branch < branches[i].branch, "in node order");
      sums.push_back(sums.back() + branches[i].ballots);
    }
  }
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
                        const opening_set& set) {
  const auto totals = grounds.to_open();
  if (set.number == 0) {
    return verification::rejected("requests are numbered from 1");
  }
  if (set.number > totals.size()) {
    return verification::ok();
  }
  const contest_index due = totals[set.number - 1];
  const node_index scope = grounds.places(due).scope;
  if (contest != due || set.nodes.size() != 1 || set.nodes.front() != scope) {
    return verification::rejected("the first requests are the totals; number " +
                                  std::to_string(set.number) + " must be that of contest " +
                                  std::to_string(due.value()) + " at node " +
                                  std::to_string(scope.value()));
  }
  return verification::ok();
}

verification check_policy(const opening_grounds& grounds, contest_index contest,
                          std::span<const opening_set> family) {
  laminar_family sets(grounds, contest, family);
  if (sets.is_lone_total()) {
    return verification::ok();
  }
  if (grounds.places(contest).floor == 0 && !family.empty()) {
    return verification::rejected("the floor of contest " + std::to_string(contest.value()) +
                                  " is 0: nothing but its total is opened, and request " +
                                  std::to_string(family.back().number) + " opens " +
                                  (family.size() == 1 ? "a part" : "more"));
  }
  return sets.check();
}

}  // namespace sandoq
