#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/protocol.hpp"
#include "sandoq/tally/contest_set.hpp"

namespace sandoq {

/// Which election a tally belongs to: what every hash of it starts with.
struct tally_context {
  digest32 election_hash;  ///< e1
  election_domain domain = election_domain::drill;
};

/// What the tally needs of a manifest: the tree, who votes on what, what is added up.
class tally_shape {
 public:
  /// One node of the tree in pre-order.
  struct place {
    node_index parent = no_parent;
    bool is_branch = false;
    contest_set contests;                ///< 70.2: of a branch its styles', else the union below
    std::vector<node_index> children{};  ///< in node order
  };

  /// \pre the manifest keeps its rules (manifest::check_rules)
  [[nodiscard]] static tally_shape of(const manifest& source);

  /// From a tree given directly: node i has parent parents[i]; a node that is no parent is a branch
  /// and takes the next entry of branch_contests. \pre pre-order; one entry a branch
  /// \param widths  how many ciphertexts the sums of each contest have
  /// \param mixed   contests whose ballots have other ciphertexts besides, in front
  tally_shape(std::span<const node_index> parents, std::span<const contest_set> branch_contests,
              std::vector<std::uint32_t> widths, contest_set mixed = {});

  [[nodiscard]] std::size_t nodes() const noexcept { return places_.size(); }
  /// That node. \pre node.value() < nodes()
  [[nodiscard]] const place& at(node_index node) const { return places_[node.value()]; }
  /// The branches in node order.
  [[nodiscard]] std::span<const node_index> branches() const noexcept { return branches_; }
  [[nodiscard]] std::size_t contests() const noexcept { return widths_.size(); }
  /// How many ciphertexts a sum of the contest has, 0 if nothing of it is added up: the last ones
  /// of each ballot. \pre contest.value() < contests()                                 SPEC(70.2)
  [[nodiscard]] std::uint32_t width(contest_index contest) const {
    return widths_[contest.value()];
  }
  /// The contests whose ballots have ciphertexts that are mixed and not added up.
  [[nodiscard]] const contest_set& mixed() const noexcept { return mixed_; }

 private:
  std::vector<place> places_;
  std::vector<node_index> branches_;
  std::vector<std::uint32_t> widths_;
  contest_set mixed_;
};

}  // namespace sandoq
