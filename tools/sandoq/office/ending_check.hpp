#pragma once

#include "bulletin.hpp"
#include "running_election.hpp"
#include "sandoq/core/result.hpp"
#include "statements.hpp"

namespace sandoq::tool {

/// Whether what is said of the end of a journal is what this bulletin's own copy of the journal
/// gives: a close, a recovery or an exclusion. The journal begins with an opening that holds: key
/// proof, device signature, quorum; an exclusion may also be of a device without a journal.
/// \return why not.                                     SPEC(52.7) SPEC(52.10) SPEC(85.3)
[[nodiscard]] result<void> check_ending(const bulletin& board, const running_election& election,
                                        const statement& what);

}  // namespace sandoq::tool
