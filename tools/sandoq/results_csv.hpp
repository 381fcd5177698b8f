#pragma once

#include <string>

#include "sandoq/verify/verify_record.hpp"

namespace sandoq::tool {

/// A line for every option of every contest, in manifest order, and for the blank ballots.
/// \pre the record is accepted
[[nodiscard]] std::string results_csv(const record_verdict& found);

/// A line for every place of the tree, in manifest order. \pre the record is accepted
[[nodiscard]] std::string places_csv(const record_verdict& found);

/// A line for every option of every set of places that was opened besides the totals, in the order
/// of requests, and for the blank ballots. The ids of several places stand on lines of one cell.
/// \pre the record is accepted
[[nodiscard]] std::string subtotals_csv(const record_verdict& found);

}  // namespace sandoq::tool
