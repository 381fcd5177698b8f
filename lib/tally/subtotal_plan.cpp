#include "sandoq/tally/subtotal_plan.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

namespace sandoq {
namespace {

/// Places that are opened together: small siblings, or one large place and, where they are too few
/// by themselves, small ones with it.
struct place_group {
  std::vector<node_index> nodes;  // ascending
  std::uint64_t ballots = 0;
  std::optional<node_index> large{};  // to be divided further
  std::uint64_t beside_large = 0;     // ballots of the others

  void add(node_index node, std::uint64_t more) {
    nodes.insert(std::upper_bound(nodes.begin(), nodes.end(), node), node);
    ballots += more;
  }
  void join(const place_group& small) {
    for (const node_index node : small.nodes) {
      add(node, 0);
    }
    ballots += small.ballots;
    beside_large += small.ballots;
  }
};

class subtotal_planner {
 public:
  subtotal_planner(const manifest& source, const opening_grounds& grounds, contest_index contest,
                   node_level lowest)
      : source_(source),
        grounds_(grounds),
        contest_(contest),
        lowest_(lowest),
        floor_(grounds.places(contest).floor) {}

  std::vector<std::vector<node_index>> run() && {
    const node_index scope = grounds_.places(contest_).scope;
    if (floor_ > 0 && grounds_.ballots(contest_, scope) >= floor_) {
      divide(scope, 0);
    }
    return std::move(out_);
  }

 private:
  // The children of a place as they will be opened.
  struct division {
    std::vector<place_group> large;  // one place each
    std::vector<place_group> small;  // small places together, each group at least the floor
    place_group left_over;           // small places that do not reach it
    std::uint64_t closed = 0;        // ballots of the set that no group may have
    std::uint64_t all = 0;
  };

  // Opens parts of `node`. It lies in an opened set in which `closed` ballots beside it are, or
  // will be, in no part: the set's residual so far.
  void divide(node_index node, std::uint64_t closed) {
    division d = children_of(node, closed);
    if (d.large.empty() && d.small.empty()) {
      return;
    }
    std::optional<node_index> kept_closed = settle_residual(d);
    std::vector<place_group> groups = std::move(d.large);
    std::move(d.small.begin(), d.small.end(), std::back_inserter(groups));
    std::sort(groups.begin(), groups.end(),
              [](const place_group& a, const place_group& b) { return a.nodes < b.nodes; });
    for (const place_group& g : groups) {
      if (g.large && g.large == kept_closed) {
        divide(*g.large, d.closed + d.left_over.ballots);  // in the set around it
        continue;
      }
      if (g.ballots < d.all) {  // else it is the set around it, by another name
        out_.push_back(g.nodes);
      }
      if (g.large) {
        divide(*g.large, g.beside_large);
      }
    }
  }

  division children_of(node_index node, std::uint64_t closed) const {
    division d;
    d.closed = closed;
    d.all = closed;
    for (node_index child(node.value() + 1); child < grounds_.subtree_end(node);
         child = grounds_.subtree_end(child)) {
      const std::uint64_t ballots = grounds_.ballots(contest_, child);
      d.all += ballots;
      if (ballots == 0) {
        continue;
      }
      if (source_.nodes[child.value()].level > lowest_) {
        d.closed += ballots;
      } else if (ballots >= floor_) {
        d.large.push_back({{child}, ballots, child});
      } else {
        if (d.left_over.nodes.size() == max_request_places) {  // no request may name more
          d.closed += std::exchange(d.left_over, {}).ballots;
        }
        d.left_over.add(child, ballots);
        if (d.left_over.ballots >= floor_) {
          d.small.push_back(std::exchange(d.left_over, {}));
        }
      }
    }
    return d;
  }

  // Sees to it that what no group has is nothing or at least the floor. \return a large place that
  // is not opened itself, if need be.
  std::optional<node_index> settle_residual(division& d) const {
    const std::uint64_t residual = d.closed + d.left_over.ballots;
    if (residual == 0 || residual >= floor_) {
      return std::nullopt;
    }
    const auto smallest = std::min_element(
        d.large.begin(), d.large.end(),
        [](const place_group& a, const place_group& b) { return a.ballots < b.ballots; });
    place_group& taker = d.small.empty() ? *smallest : d.small.back();
    if (d.closed == 0 && taker.nodes.size() + d.left_over.nodes.size() <= max_request_places) {
      taker.join(d.left_over);
      d.left_over = {};
      return std::nullopt;
    }
    if (!d.small.empty()) {
      d.small.pop_back();
      return std::nullopt;
    }
    return smallest->large;
  }

  const manifest& source_;
  const opening_grounds& grounds_;
  contest_index contest_;
  node_level lowest_;
  std::uint64_t floor_;
  std::vector<std::vector<node_index>> out_;
};

}  // namespace

std::vector<std::vector<node_index>> plan_subtotals(const manifest& source,
                                                    const opening_grounds& grounds,
                                                    contest_index contest, node_level lowest) {
  return subtotal_planner(source, grounds, contest, lowest).run();
}

}  // namespace sandoq
