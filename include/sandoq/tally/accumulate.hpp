#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "sandoq/ballot/verified_ballot.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/merkle.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/tally/contest_set.hpp"
#include "sandoq/tally/sum_record.hpp"
#include "sandoq/tally/tally_shape.hpp"
#include "sandoq/tally/totals.hpp"

namespace sandoq {

/// Where a cast ballot stands: the index counts the cast ballots of its branch from 0.
struct counted_ballot {
  node_index branch;
  std::uint64_t index = 0;
  digest32 code;  ///< the confirmation code, which covers the whole ballot
};

/// leaf = H("ballot/leaf"; e1 || u8 domain || u32 branch || u64 index || code)         SPEC(70.1)
[[nodiscard]] digest32 ballot_leaf(const tally_context& context, const counted_ballot& ballot);

/// Adds up the cast ballots of one branch. Takes verified ballots only, by type; that they were
/// cast, the caller knows from the journal. Memory: the sums, and one digest a level.  SPEC(70.1)
class branch_tally {
 public:
  /// \pre branch is a branch of the shape
  branch_tally(const tally_context& context, const tally_shape& shape, node_index branch);

  /// \return mismatch for a ballot of another branch, or with contests that the branch does not
  /// vote on; duplicate unless (device, serial) is above that of the ballot before. A ballot that
  /// is refused changes nothing. Cost: two additions a ciphertext of the sums, and two hashes.
  [[nodiscard]] result<void> add(const verified_ballot& ballot);

  [[nodiscard]] std::uint64_t ballots() const noexcept { return leaves_.leaves(); }
  [[nodiscard]] const totals& subtotals() const noexcept { return totals_; }
  [[nodiscard]] digest32 merkle_root() const noexcept { return leaves_.root(); }

  /// The branch's record, with ballots lo, lo + 1, ... of the whole election.
  [[nodiscard]] sum_record finish(std::uint64_t lo) &&;

 private:
  [[nodiscard]] bool fits(const verified_ballot::contest& contest);

  tally_context context_;
  node_index branch_;
  contest_set mixed_;
  totals totals_;
  merkle_accumulator leaves_;
  std::optional<std::pair<device_index, serial>> last_;
};

}  // namespace sandoq
