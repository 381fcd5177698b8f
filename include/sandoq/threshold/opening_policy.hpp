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

/// Where the ballots of one contest lie, what becomes public of it, and the least number of ballots
/// of which anything may.
struct contest_places {
  node_index scope;
  std::uint32_t floor = 0;               ///< 0: nothing but the total is opened
  std::vector<branch_ballots> branches;  ///< those with at least one ballot, in node order
  bool has_sums = true;  ///< ballots are added up, or their blanks are    SPEC(70.2)
  /// Ciphertexts of a ballot that are mixed: L slots, 1 packed one; 0: none. SPEC(60.1)
  std::uint32_t mixed_each = 0;
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
  /// False for a mixed contest whose ballots have fewer than two ciphertexts to mix: nothing of it
  /// is opened, its blanks neither. SPEC(60.1)
  [[nodiscard]] bool is_opened(contest_index contest) const;
  /// Contests with sums and ballots that are opened, ascending: whose totals come first.
  [[nodiscard]] std::span<const contest_index> totals() const noexcept { return totals_; }
  /// True iff the contest's ballots, or parts of them, are mixed and opened as lists.
  [[nodiscard]] bool is_mixed(contest_index contest) const {
    return places(contest).mixed_each > 0;
  }
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
  std::vector<contest_index> totals_;
  std::vector<std::vector<std::uint64_t>> sums_;  // of a contest: ballots before each branch
};

/// A set of places of which one request opens the sum, or the mixed list.
struct opening_set {
  std::uint32_t number = 0;  ///< of the request
  std::vector<node_index> nodes;
  std::uint32_t group = 0;  ///< whose list is opened (60.1), from 1; 0: a sum is

  [[nodiscard]] bool is_list() const noexcept { return group != 0; }
  friend bool operator==(const opening_set&, const opening_set&) = default;
};

/// 55.7 for one set, 60.2 for a group's: at least one node and at most max_request_places, strictly
/// ascending, none above another, each the contest's scope or below it and with a ballot of the
/// contest.
verification check_places(const opening_grounds& grounds, contest_index contest,
                          std::span<const node_index> nodes);

/// 55.7 on the kind and the order of requests: sums only of contests with sums, lists only of mixed
/// ones; the first requests are the totals, one for every contest with sums and ballots, ascending,
/// each of the contest's scope alone; then one for every list, in the order of the groups; then
/// other sums.
/// \param set     with the number of its request, from 1
/// \param groups  how many the election has, over all contests (60.1)
/// \pre contest.value() < grounds.contests(); the caller knows that a list's group has this contest
/// and these places
verification check_turn(const opening_grounds& grounds, contest_index contest,
                        const opening_set& set, std::uint32_t groups);

/// The opening policy over all requests of one contest, for sums and for lists: their sets of
/// branches form a laminar family; those of two sums are not equal; those of two lists are
/// disjoint; and every residual res(X), X without all other sets that lie strictly inside it, has 0
/// ballots or at least the floor. The total is exempt while no request has another set; a floor of
/// 0 permits nothing else. So no 0/1 combination of what is opened is of fewer ballots than the
/// floor.
///                                                                                    SPEC(55.10)
/// \param family  in any order, also a part of the requests: what holds for all holds for each part
/// that has the total. That lists leave nothing out is check_lists_complete(). \pre every set has
/// passed check_places \return the sets concerned, with their numbers of ballots, in words. Cost: n
/// log n, with n the number of nodes in all sets together, whatever the family is. Source: laminar
/// families as in combinatorial optimisation; exactness is argued in 55.10.
verification check_policy(const opening_grounds& grounds, contest_index contest,
                          std::span<const opening_set> family);

/// The rest of 55.10 rule 4 and 60.1, once all requests are there: the lists of a mixed contest are
/// together of all its branches with a ballot. A contest with fewer than two ciphertexts to mix has
/// no list, and so have those that are not mixed.
/// \param family  all requests of the contest, or all sets of its groups
/// \pre it has passed check_policy. \return a branch that no list is of, in words. Cost: n log n.
verification check_lists_complete(const opening_grounds& grounds, contest_index contest,
                                  std::span<const opening_set> family);

}  // namespace sandoq
