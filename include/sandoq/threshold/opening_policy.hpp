#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/ids.hpp"
#include "sandoq/core/verdict.hpp"

namespace sandoq {

/// A request names at most so many places.                                             SPEC(55.7)
inline constexpr std::size_t max_request_places = 4096;

/// How many ballots of one contest a branch has.
struct branch_ballots {
  node_index branch;
  std::uint64_t ballots = 0;
  friend bool operator==(const branch_ballots&, const branch_ballots&) = default;
};

/// Where the ballots of one contest lie, and the least number of them that may become public.
struct contest_places {
  node_index scope;
  std::uint32_t floor = 0;               ///< 0: nothing but the total is opened
  std::vector<branch_ballots> branches;  ///< those with at least one ballot, in node order
};

/// What the rules of opening need of a verified tally: the tree and the ballots of every contest by
/// branch. No sums. Memory: 4 bytes a node, 20 bytes a branch and contest.              SPEC(55.7)
class opening_grounds {
 public:
  /// \param subtree_ends  of node i, one past the last node below it
  /// \param contests      by contest index
  /// \pre pre-order; branches ascending, inside their scope, none with 0 ballots; the ballots of a
  ///      contest together fit into 64 bits
  opening_grounds(std::vector<node_index> subtree_ends, std::vector<contest_places> contests);

  [[nodiscard]] std::size_t nodes() const noexcept { return subtree_ends_.size(); }
  [[nodiscard]] std::size_t contests() const noexcept { return contests_.size(); }
  /// \pre node.value() < nodes(), contest.value() < contests(), here and below
  [[nodiscard]] node_index subtree_end(node_index node) const {
    return subtree_ends_[node.value()];
  }
  /// True iff inner is outer or lies below it.
  [[nodiscard]] bool is_within(node_index inner, node_index outer) const;
  /// Where the contest's ballots lie.
  [[nodiscard]] const contest_places& places(contest_index contest) const {
    return contests_[contest.value()];
  }
  /// Contests with ballots, ascending: whose totals are opened first.
  [[nodiscard]] std::span<const contest_index> to_open() const noexcept { return to_open_; }
  /// Ballots of the contest in or below the node. Cost: two binary searches.
  [[nodiscard]] std::uint64_t ballots(contest_index contest, node_index node) const;

  /// The branches with ballots of the contest in or below the node, as a range [first, last) of
  /// places(contest).branches.
  struct branch_range {
    std::size_t first = 0;
    std::size_t last = 0;
  };
  /// Those of the contest in or below the node.
  [[nodiscard]] branch_range branches(contest_index contest, node_index node) const;
  /// Ballots of the contest in a range of its branches.
  [[nodiscard]] std::uint64_t ballots(contest_index contest, branch_range range) const;

 private:
  std::vector<node_index> subtree_ends_;
  std::vector<contest_places> contests_;
  std::vector<contest_index> to_open_;
  std::vector<std::vector<std::uint64_t>> sums_;  // of a contest: ballots before each branch
};

/// A set of places that one request opens together.
struct opening_set {
  std::uint32_t number = 0;  ///< of the request
  std::vector<node_index> nodes;
  friend bool operator==(const opening_set&, const opening_set&) = default;
};

/// 55.7 for one set: at least one node and at most max_request_places, strictly ascending, none
/// above another, each the contest's scope or below it and with a ballot of the contest.
verification check_places(const opening_grounds& grounds, contest_index contest,
                          std::span<const node_index> nodes);

/// 55.7 on the order of requests: the first ones are the totals, one for every contest with
/// ballots, ascending, each of the contest's scope alone. \param set  with the number of its
/// request, from 1
verification check_turn(const opening_grounds& grounds, contest_index contest,
                        const opening_set& set);

/// The opening policy over all requests of one contest: their sets of branches form a laminar
/// family without equal sets, and every residual res(X), X without all sets that lie strictly
/// inside it, has 0 ballots or at least the floor. A total that is alone is exempt; a floor of 0
/// permits nothing else. So no 0/1 combination of opened sums is of fewer ballots than the floor.
///                                                                                    SPEC(55.10)
/// \param family  in any order \pre every set has passed check_places
/// \return the sets concerned, with their numbers of ballots, in words. Cost: n log n, with n the
/// number of nodes in all sets together, whatever the family is.
/// Source: laminar families as in combinatorial optimisation; exactness is argued in 55.10.
verification check_policy(const opening_grounds& grounds, contest_index contest,
                          std::span<const opening_set> family);

}  // namespace sandoq
