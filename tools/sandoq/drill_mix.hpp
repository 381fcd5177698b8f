#pragma once

#include <string>
#include <vector>

#include "drill_trustees.hpp"
#include "progress.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/mixnet/cascade.hpp"
#include "sandoq/tally/mix_inputs.hpp"
#include "sum_count.hpp"

namespace sandoq::tool {

/// Of a mix: what can be done before the vote ends - tables, permutations, nonces - and the rest.
inline const std::string preparing_phase = "preparing";
inline const std::string mixing_phase = "mixing";

/// Plays the mix of an election: the groups that plan_groups() names, each mixed by one trustee of
/// every board, who verifies what was mixed before. Shows on standard error how far it has come.
/// \param inputs  of all cast ballots
/// \param watch  shows both phases, in turns
/// \return the groups in order; none if nothing is mixed.                    SPEC(60.1) SPEC(60.4)
[[nodiscard]] result<std::vector<mixed_ballots>> mix_groups(
    const counted_election& counted, mix_inputs& inputs, const drill_trustees& trustees,
    executor& workers, random_source& random, stopwatch& watch);

}  // namespace sandoq::tool
