#pragma once

#include "opening_state.hpp"

namespace sandoq::tool {

/// Decides the ties of all results, as far as what they need is published: attributes, both boards'
/// values for a lot, and the public value. \param out  with its results; gets ties, what open ones
/// wait for, and the results' hash where a lot is needed
/// \return mismatch for attributes of others than those who tied; what is wrong with the public
/// value.                                                                      SPEC(75.4)
/// SPEC(75.5)
[[nodiscard]] result<void> decide_ties(const bulletin& board, const running_election& election,
                                       opening_state& out);

}  // namespace sandoq::tool
