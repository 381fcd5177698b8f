#pragma once

#include <cstdint>

#include "election_profile.hpp"
#include "tools/sandoq/scenario.hpp"

namespace sandoq::tool {

/// An election of the size that the profile states, with names made up: a tree of `levels_above`
/// levels over the areas and their branches, a style an area, voters spread evenly in their area.
/// More voters than the profile has get more devices. Rankings fill their seats by IRV or STV,
/// everything else by plurality.
/// \param voters how many; \param seed of their choices and order; \param drawn how many of them
/// are made up, the first ones, while devices suffice for all.
[[nodiscard]] scenario profile_scenario(const election_profile& profile, std::uint64_t voters,
                                        std::uint64_t seed, std::uint64_t drawn = all_voters);

/// The scenario that a drill of this profile holds: for those that come with the tool, `nation`
/// excepted, one with the names of such an election, else profile_scenario(), also for a file's
/// profile of the same name.
[[nodiscard]] scenario drill_scenario(const election_profile& profile, std::uint64_t voters,
                                      std::uint64_t seed, std::uint64_t drawn = all_voters);

}  // namespace sandoq::tool
