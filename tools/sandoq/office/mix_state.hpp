#pragma once

#include <string>
#include <vector>

#include "../mix_plan.hpp"
#include "../sum_count.hpp"
#include "bulletin.hpp"
#include "running_election.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/mixnet/cascade.hpp"
#include "sandoq/tally/mix_inputs.hpp"

namespace sandoq::tool {

/// The mix of one group as far as the bulletin has it.
struct followed_group {
  cascade so_far;
  std::vector<mixed_stage> stages;
  std::vector<std::string> rejected;  ///< stages that do not hold, by file, with the reason
};

/// Follows a group: the boards mix in their order, one trustee of each. Every list and every proof
/// is verified; what does not hold counts for nothing.
/// \param begun  of the own count
/// \return duplicate, with both files, where two stages that hold stand in one place. SPEC(85.8)
[[nodiscard]] result<followed_group> follow_group(const bulletin& board, cascade begun,
                                                  executor& workers);

/// The mix of a whole election.
struct mix_state {
  std::vector<mixed_ballots> groups;  ///< all of them, in order, if nothing is missing
  std::vector<std::string> missing;   ///< whose turn it is, group by group, in words
  std::vector<std::string> rejected;
};

/// What everybody's own count and the bulletin come to. Nothing is missing where nothing is mixed.
/// Memory: the lists of all stages.
/// \param inputs  of the own count                                                    SPEC(85.8)
[[nodiscard]] result<mix_state> mix_of(const bulletin& board, const counted_election& counted,
                                       mix_inputs& inputs, executor& workers);

}  // namespace sandoq::tool
