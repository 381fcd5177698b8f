#pragma once

#include <optional>
#include <vector>

#include "drill_trustees.hpp"
#include "sandoq/ballot/election_context.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/tally/result.hpp"
#include "sandoq/tally/subtotal.hpp"
#include "sandoq/tally/tally_node.hpp"
#include "sandoq/threshold/opening.hpp"

namespace sandoq::tool {

/// One sum, ordered open by both boards and answered by enough trustees.
struct opened_sum {
  opening_request request;
  std::vector<partial_decryption> answers;  ///< those that verified
};

/// What the night of the count gives: requests and answers, then results and subtotals.
struct opened_election {
  std::vector<opened_sum> opened;       ///< totals of contests with ballots, then parts
  std::vector<contest_result> results;  ///< all contests, in order
  std::vector<subtotal> subtotals;      ///< one a part
};

/// What is counted: the whole verified tally, and what closed the journals.
struct counted_election {
  const manifest& plan;
  const election_context& election;
  std::span<const tally_node> nodes;  ///< in node order
  const digest32& closings;           ///< over all journals and commitments to a lot
};

/// Opens every contest's total at its scope and, down to the lowest level wanted, what the opening
/// policy permits (plan_subtotals), and decodes the counts.                  SPEC(55.7) SPEC(55.10)
[[nodiscard]] result<opened_election> open_sums(const counted_election& counted,
                                                std::optional<node_level> lowest,
                                                drill_trustees& trustees, executor& workers,
                                                random_source& random);

}  // namespace sandoq::tool
