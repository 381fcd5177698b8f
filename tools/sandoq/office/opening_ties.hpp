#pragma once

#include <span>

#include "opening_state.hpp"

namespace sandoq::tool {

/// Decides the ties of all results, and those to which rules come, as far as what they need is
/// published: attributes, both boards' values for a lot, and the public value. Then applies the
/// rules. \param commits  to a lot, signed \param out  with its results; gets ties, allocations,
/// what open ones wait for, and the results' hash where a lot is needed \return mismatch for
/// attributes of others than those who tied; what is wrong with the public value. SPEC(75.4)
/// SPEC(75.5) SPEC(75.7)
[[nodiscard]] result<void> decide_ties(const bulletin& board, const running_election& election,
                                       std::span<const lot_commit> commits, opening_state& out);

}  // namespace sandoq::tool
