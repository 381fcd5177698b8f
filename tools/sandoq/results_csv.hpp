#pragma once

#include <string>

#include "sandoq/verify/verify_record.hpp"

namespace sandoq::tool {

/// A line for every option of every contest, in manifest order, and for the blank and the invalid
/// ballots. Options of a ranking have no votes: that cell is empty.
/// \pre the record is accepted
[[nodiscard]] std::string results_csv(const record_verdict& found);

/// A line for every place of the tree, in manifest order. \pre the record is accepted
[[nodiscard]] std::string places_csv(const record_verdict& found);

/// A line for every option of every set of places that was opened besides the totals, in the order
/// of requests, and for the blank ballots, which are all that a sum of slots has. The ids of
/// several places stand on lines of one cell. \pre the record is accepted
[[nodiscard]] std::string subtotals_csv(const record_verdict& found);

/// The same for every mixed group, in their order. \pre the record is accepted
[[nodiscard]] std::string groups_csv(const record_verdict& found);

/// A line for every text that was written in a contest, ascending by its bytes.
/// \pre the record is accepted
[[nodiscard]] std::string write_ins_csv(const record_verdict& found);

}  // namespace sandoq::tool
