#pragma once

#include <vector>

#include "drill_trustees.hpp"
#include "sandoq/ballot/election_context.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/tally/result.hpp"
#include "sandoq/tally/tally_node.hpp"
#include "sandoq/threshold/opening.hpp"

namespace sandoq::tool {

/// One contest's total, ordered open by both boards and answered by enough trustees.
struct opened_contest {
  opening_request request;
  std::vector<partial_decryption> answers;  ///< those that verified
};

/// What the night of the count gives: requests and answers, then the results of all contests.
struct opened_election {
  std::vector<opened_contest> opened;   ///< contests with ballots, in order
  std::vector<contest_result> results;  ///< all contests, in order
};

/// Opens every contest's total at its scope and decodes the counts.            SPEC(55.6)
/// SPEC(55.8) \param nodes     the published tally nodes, in node order \param closings  the hash
/// over all closes
[[nodiscard]] result<opened_election> open_totals(
    const manifest& plan, const election_context& election, std::span<const tally_node> nodes,
    const digest32& closings, drill_trustees& trustees, executor& workers, random_source& random);

}  // namespace sandoq::tool
