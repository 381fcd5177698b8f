#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/elgamal/wire.hpp"
#include "sandoq/tally/tally_node.hpp"
#include "sandoq/threshold/opening.hpp"
#include "sandoq/threshold/opening_policy.hpp"

namespace sandoq {

/// Gathers what the rules of opening need of a tally, branch by branch.      SPEC(55.7) SPEC(55.10)
class opening_grounds_builder {
 public:
  /// \pre the manifest keeps its rules
  explicit opening_grounds_builder(const manifest& source);
  /// The next branch, in node order; of its totals only the numbers of ballots are read.
  /// \pre the node is a branch, its totals are of contests of the manifest
  void add_branch(const tally_node& branch);
  [[nodiscard]] opening_grounds finish() &&;

 private:
  std::vector<node_index> subtree_ends_;
  std::vector<contest_places> contests_;
};

/// The grounds of a whole tally. \param nodes  all of them, in node order
[[nodiscard]] opening_grounds grounds_of(const manifest& source, std::span<const tally_node> nodes);

/// The sum, ciphertext by ciphertext, of what several places have of one contest; of one place its
/// own bytes. \return mismatch if the places differ in width; not_in_group or bad_encoding.
/// Cost: 2 decodings a ciphertext and place, 2 encodings a ciphertext; nothing for one place.
/// \pre there is at least one place
[[nodiscard]] result<std::vector<wire_ciphertext>> add_sums(
    std::span<const std::vector<wire_ciphertext>* const> places);

/// What a request for these places is about.                                           SPEC(55.7)
/// \param nodes  of the whole verified tally, in node order
/// \return missing if one of them is not there or does not have the contest; as add_sums.
[[nodiscard]] result<opening_subject> subject_of(std::span<const tally_node> tally,
                                                 contest_index contest,
                                                 std::span<const node_index> nodes,
                                                 const digest32& closings);

}  // namespace sandoq
