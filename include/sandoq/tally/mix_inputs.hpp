#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "sandoq/ballot/contest.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/octet_store.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/elgamal/wire.hpp"
#include "sandoq/threshold/opening_policy.hpp"

namespace sandoq {

/// w: of how many pairs each ciphertext of the contest consists that goes into a mix.   SPEC(60.1)
[[nodiscard]] std::size_t mixed_width(const contest_terms& contest) noexcept;

/// What goes into the mix: of every cast ballot the ciphertexts of its mixed contests, in the order
/// (branch, device, serial). Memory: the ciphertexts of one branch, 64 bytes each, 24 bytes a
/// branch and contest, and what the store takes.                                       SPEC(60.1)
class mix_inputs {
 public:
  /// Nothing yet. \param contests  terms of all contests, in order
  explicit mix_inputs(std::span<const contest_terms> contests,
                      std::unique_ptr<octet_store> store = std::make_unique<memory_store>());

  /// Whether any contest is mixed; if not, nothing need be added.
  [[nodiscard]] bool any_mixed() const noexcept { return any_mixed_; }
  /// The next cast ballot. What goes wrong with the store is told by list_of(), every time.
  /// \pre it has passed ballot.form; ballots come in record order
  void add(const ballot_item& ballot, std::span<const contest_index> contests);
  /// The input list of a set of places. \return what was wrong with the store, now or before
  [[nodiscard]] result<bytes> list_of(const opening_grounds& grounds, contest_index contest,
                                      std::span<const node_index> places);

 private:
  struct branch_part {
    node_index branch;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
  };
  struct mixed_contest {
    std::size_t pairs_each = 0;      // of a ballot that are mixed; 0: the contest is not
    std::vector<branch_part> parts;  // in node order; the last one is of the open branch, if any
    bytes open;                      // its octets, which the store does not have yet
  };
  void put_away(mixed_contest& contest);

  std::vector<mixed_contest> contests_;  // by index
  bool any_mixed_ = false;
  std::unique_ptr<octet_store> store_;
  std::uint64_t stored_ = 0;
  std::optional<error> failed_;
};

}  // namespace sandoq
