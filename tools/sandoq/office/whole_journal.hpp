#pragma once

#include <vector>

#include "bulletin.hpp"
#include "polling_state.hpp"
#include "running_election.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// The items of a journal as a record has them: with its close or recovery behind, or the exclusion
/// in front. \return missing if it is not ended; mismatch if recovery or exclusion are not what the
/// journal gives. \pre the device is of this bulletin. Memory: the journal.
[[nodiscard]] result<std::vector<journal_entry>> whole_journal(const bulletin& board,
                                                               const running_election& election,
                                                               const polled_device& device);

}  // namespace sandoq::tool
