#include "sandoq/threshold/opening_policy.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/threshold/owner_map.hpp"

namespace sandoq {
namespace {

using detail::nobody;
using detail::owner_map;
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

// A set as ranges of branches that do not touch each other. Others are named by their places in the
// family.
struct covered_set {
  const opening_set* source = nullptr;
  std::vector<range> ranges;
  std::size_t branches = 0;
  std::uint64_t ballots = 0;
  std::uint64_t residual = 0;
  std::vector<std::size_t> inside{};  // the largest sets strictly inside it
  std::size_t twin = nobody;          // of the other kind, of the same branches
  std::size_t list = nobody;          // the list of these branches, or of more

  [[nodiscard]] std::string name() const {
    const auto& nodes = source->nodes;
    const std::string of =
        source->is_list() ? "list of group " + std::to_string(source->group) + ", " : "";
    return "request " + std::to_string(source->number) + " (" + of +
           (nodes.size() == 1 ? "node " : "nodes ") +
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
    if (auto ok = check_total_only(); !ok) {
      return ok;
    }
    for (std::size_t i = 0; i < sets_.size(); ++i) {
      if (auto ok = place(i); !ok) {
        return ok;
      }
    }
    for (const covered_set& set : sets_) {
      if (set.residual != 0 && set.residual < floor() && !is_lone_total()) {
        return verification::rejected(too_small(set));
      }
    }
    return verification::ok();
  }

 private:
  [[nodiscard]] const std::vector<branch_ballots>& branches() const {
    return grounds_.places(contest_).branches;
  }
  [[nodiscard]] std::uint32_t floor() const { return grounds_.places(contest_).floor; }

  [[nodiscard]] bool is_total(const covered_set& set) const {
    return set.branches == branches().size();
  }
  // True iff no set is another than all branches: the smallest is the last.
  [[nodiscard]] bool is_lone_total() const { return is_total(sets_.back()); }

  verification check_total_only() const {
    if (floor() != 0 || sets_.empty() || is_lone_total()) {
      return verification::ok();
    }
    return verification::rejected("the floor of contest " + std::to_string(contest_.value()) +
                                  " is 0: nothing but its total is opened, and " +
                                  sets_.back().name() + " is a part");
  }

  // Finds the smallest set around the next one, if they do not cross.
  verification place(std::size_t i) {
    covered_set& set = sets_[i];
    if (set.ranges.empty()) {
      return verification::rejected(set.name() + " covers no ballot of the contest");
    }
    const auto [owner, other] = owners_.owners(set.ranges);
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
      if (auto ok = place_inside(i, owner); !ok) {
        return ok;
      }
    }
    if (set.source->is_list()) {
      set.list = i;
    }
    if (owner == nobody || sets_[owner].twin != i) {
      owners_.give(set.ranges, i);
    }
    return verification::ok();
  }

  // Two lists share nothing, two sums are not equal. A list and a sum of the same branches are one
  // set of the family: the first of them stands for both.
  verification place_inside(std::size_t i, std::size_t owner) {
    covered_set& set = sets_[i];
    covered_set& around = sets_[owner];
    if (set.source->is_list() && around.list != nobody) {
      return verification::rejected(set.name() + " and " + sets_[around.list].name() + " share " +
                                    counted(set.ballots) + "; a ballot is in one list");
    }
    if (around.branches != set.branches) {
      around.residual -= set.ballots;
      around.inside.push_back(i);
      set.list = around.list;
      return verification::ok();
    }
    const bool like_owner = set.source->is_list() == around.source->is_list();
    if (like_owner || around.twin != nobody) {
      return verification::rejected(set.name() + " and " +
                                    sets_[like_owner ? owner : around.twin].name() +
                                    " are of the same branches; a set is opened once");
    }
    around.twin = i;
    around.list = set.source->is_list() ? i : around.list;
    set.residual = 0;
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

verification check_policy(const opening_grounds& grounds, contest_index contest,
                          std::span<const opening_set> family) {
  return laminar_family(grounds, contest, family).check();
}

verification check_lists_complete(const opening_grounds& grounds, contest_index contest,
                                  std::span<const opening_set> family) {
  const contest_places& places = grounds.places(contest);
  std::vector<range> listed;
  for (const opening_set& set : family) {
    if (set.is_list()) {
      const auto ranges = cover(grounds, contest, set).ranges;
      listed.insert(listed.end(), ranges.begin(), ranges.end());
    }
  }
  const std::string name = "contest " + std::to_string(contest.value());
  if (!grounds.is_mixed(contest) || !grounds.is_opened(contest)) {
    const std::string_view why =
        grounds.is_mixed(contest) ? " has nothing to mix its ballot with" : " is not mixed";
    return listed.empty() ? verification::ok()
                          : verification::rejected(name + std::string(why) + ": it has no lists");
  }
  std::sort(listed.begin(), listed.end(),
            [](const range& a, const range& b) { return a.first < b.first; });
  std::size_t reached = 0;
  for (const range& r : listed) {
    if (r.first > reached) {
      break;
    }
    reached = std::max(reached, r.last);
  }
  if (reached < places.branches.size()) {
    const branch_ballots& left_out = places.branches[reached];
    return verification::rejected("no list has the " + counted(left_out.ballots) + " of " + name +
                                  " in branch " + std::to_string(left_out.branch.value()));
  }
  return verification::ok();
}

}  // namespace sandoq
