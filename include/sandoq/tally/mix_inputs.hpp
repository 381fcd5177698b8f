#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/ballot/contest.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/elgamal/wire.hpp"
#include "sandoq/threshold/opening_policy.hpp"

namespace sandoq {

/// w: of how many pairs each ciphertext of the contest consists that goes into a mix.   SPEC(60.1)
[[nodiscard]] std::size_t mixed_width(const contest_terms& contest) noexcept;

/// What goes into the mix: of every cast ballot the ciphertexts of its mixed contests, in the order
/// (branch, device, serial). Memory: 64 bytes a ciphertext, of the whole record until the lists are
/// taken, so 2 GB for a million ballots of thirty slots.                                SPEC(60.1)
class mix_inputs {
 public:
  /// Nothing yet. \param contests  terms of all contests, in order
  explicit mix_inputs(std::span<const contest_terms> contests);

  /// Whether any contest is mixed; if not, nothing need be added.
  [[nodiscard]] bool any_mixed() const noexcept { return any_mixed_; }
  /// The next cast ballot. \pre it has passed ballot.form; ballots come in record order
  void add(const ballot_item& ballot, std::span<const contest_index> contests);
  /// The input list of a set of places, whose ciphertexts are given up.
  [[nodiscard]] bytes take_list(const opening_grounds& grounds, contest_index contest,
                                std::span<const node_index> places);

 private:
  struct branch_part {
    node_index branch;
    bytes octets;
  };
  struct mixed_contest {
    std::size_t pairs_each = 0;      // of a ballot that are mixed; 0: the contest is not
    std::vector<branch_part> parts;  // in node order
  };

  std::vector<mixed_contest> contests_;  // by index
  bool any_mixed_ = false;
};

}  // namespace sandoq
