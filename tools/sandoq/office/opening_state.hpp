#pragma once

#include <optional>
#include <string>
#include <vector>

#include "../sum_count.hpp"
#include "bulletin.hpp"
#include "running_election.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/tally/ties.hpp"
#include "stated_requests.hpp"

namespace sandoq::tool {

/// What the bulletin gives behind the tally: everybody computes the same.              SPEC(85.4)
struct opening_state {
  opened_election opened;
  tie_items ties;                       ///< empty while ties are open
  std::vector<std::string> missing;     ///< before there are results, in words
  std::vector<std::string> rejected;    ///< answers that do not hold, by trustee, with the reason
  std::vector<std::string> tied;        ///< what open ties wait for, in words; results stand anyway
  std::optional<digest32> lot_results;  ///< the results' hash, if a lot is needed
};

/// Counts what is answered and decides ties as far as that goes.
/// \return mismatch if the stated requests are not those that follow from the tally.
[[nodiscard]] result<opening_state> opening_of(const bulletin& board,
                                               const running_election& election,
                                               const counted_election& counted, executor& workers);

/// Fixes the quorums of all requests, and of the public value for a lot, that are signed: the head
/// is over them.                                                                       SPEC(85.3)
[[nodiscard]] result<void> agree_on_openings(bulletin& board, const running_election& election);

}  // namespace sandoq::tool
