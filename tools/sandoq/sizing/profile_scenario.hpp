#pragma once

#include <cstdint>

#include "election_profile.hpp"
#include "tools/sandoq/scenario.hpp"

namespace sandoq::tool {

/// An election of the size that the profile states, with names made up: a tree of `levels_above`
/// levels over the areas and their branches, a style an area, voters spread evenly in their area.
/// More voters than the profile has get more devices. Rankings fill their seats by IRV or STV,
/// everything else by plurality. All branches are open.
[[nodiscard]] scenario profile_scenario(const election_profile& profile, const turnout& expected);

/// The scenario that a drill of this profile holds: for those that come with the tool, `nation`
/// excepted, one with the names of such an election, else profile_scenario(), also for a file's
/// profile of the same name.
[[nodiscard]] scenario drill_scenario(const election_profile& profile, const turnout& expected);

}  // namespace sandoq::tool
