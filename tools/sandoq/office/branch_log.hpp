#pragma once

#include <set>
#include <string>

#include "bulletin.hpp"
#include "polling_state.hpp"
#include "running_election.hpp"
#include "sandoq/ballot/eligibility.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "token_clash.hpp"

namespace sandoq::tool {

/// The log of the tokens of a branch, as the published tokens of its devices that are not excluded
/// give it, checked against the ballots cast in their journals; without signatures.
/// \return missing if a journal or the tokens of a device are not there; duplicate, with places and
/// remedy, for a token that was taken twice in the election; mismatch where tokens and ballots do
/// not fit.                                                                 SPEC(52.9) SPEC(85.3)
[[nodiscard]] result<eligibility_item> eligibility_of(const bulletin& board,
                                                      const running_election& election,
                                                      const polling_state& polls,
                                                      branch_index branch);

/// Puts into the polls which logs are signed, which tokens were taken twice, and what is missing.
/// \param incomplete  branches in which a journal or its end is missing
/// \pre all devices are in the polls
[[nodiscard]] result<void> find_logs(const bulletin& board, const running_election& election,
                                     const std::set<branch_index>& incomplete,
                                     polling_state& polls);

/// The token, the devices of both branches, and what can be done about it.
[[nodiscard]] std::string in_words(const manifest& plan, const token_clash& clash);

}  // namespace sandoq::tool
