#pragma once

#include <optional>

#include "lib/verify/ballot_batch.hpp"
#include "lib/verify/tally_compare.hpp"
#include "lib/verify/verify_state.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/tally/accumulate.hpp"

namespace sandoq {

/// Takes batches that are checked, in record order: fails the checks of what is wrong in them, adds
/// up what was cast, compares the sums of branches that have ended with those of tally.pb, and
/// keeps what is to be mixed.
class branch_sums {
 public:
  /// \param tally  nullptr if no sums are asked for; outlives this
  branch_sums(verify_state& v, tally_compare* tally) : v_(v), tally_(tally) {}

  void take(const ballot_batch& batch);

 private:
  void note_failures(const ballot_batch& batch);
  void add_up(const ballot_batch& batch, std::size_t ballot);
  void finish_branch(node_index branch);
  [[nodiscard]] bool is_asked() const {
    return tally_ != nullptr && v_.board.is_open(check_id::tally_branches);
  }

  verify_state& v_;
  tally_compare* tally_;
  std::optional<branch_tally> branch_;  // of the branch whose end has not come
};

}  // namespace sandoq
