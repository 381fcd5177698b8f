#pragma once

#include <optional>
#include <span>
#include <string>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/rules/allocate.hpp"

namespace sandoq::tool {

/// Counts the rankings of a contest anew, not as allocate() does, and holds every number of a
/// transcript that comes from them against that: the rounds of IRV and STV, who preferred whom
/// under Schulze, the points of Borda. Who is out, elected or passed on is taken from the
/// transcript where it is permitted: the lowest, whoever reached the quota or the majority, whoever
/// has a surplus.
///
/// \pre the contest has a ranking rule, and no rank is empty or one that the rule passes over
///
/// \return the first step that is not so, as "step N: what is wrong"
[[nodiscard]] std::optional<std::string> difference_of_rankings(
    const contest_entry& contest, std::span<const ranked_ballots> papers,
    const allocation_transcript& transcript);

}  // namespace sandoq::tool
