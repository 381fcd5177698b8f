#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "../sum_count.hpp"
#include "bulletin.hpp"
#include "mix_state.hpp"
#include "running_election.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/tally/contest_allocation.hpp"
#include "sandoq/tally/lot.hpp"
#include "sandoq/tally/ties.hpp"
#include "stated_requests.hpp"

namespace sandoq::tool {

/// What the bulletin gives behind the tally: everybody computes the same.              SPEC(85.4)
struct opening_state {
  opened_election opened;
  tie_items ties;                               ///< empty while ties are open
  std::vector<contest_allocation> allocations;  ///< of contests with rules of their own, in order
  std::vector<std::string> missing;             ///< before there are results, in words
  std::vector<std::string> rejected;    ///< mixes and answers that do not hold, with the reason
  std::vector<std::string> tied;        ///< what open ties wait for, in words; results stand anyway
  std::optional<digest32> lot_results;  ///< the results' hash, if a lot is needed
};

/// Counts what is answered, decides ties as far as that goes, and applies the rules.
/// \param mixed    of the same count; if something is missing there, only that is told
/// \param commits  to a lot, signed
/// \return mismatch if the stated requests are not those that follow from the tally.
[[nodiscard]] result<opening_state> opening_of(
    const bulletin& board, const running_election& election, const counted_election& counted,
    const mix_state& mixed, std::span<const lot_commit> commits, executor& workers);

/// Fixes the quorums of all requests, and of the public value for a lot, that are signed: the head
/// is over them.                                                                       SPEC(85.3)
[[nodiscard]] result<void> agree_on_openings(bulletin& board, const running_election& election);

}  // namespace sandoq::tool
