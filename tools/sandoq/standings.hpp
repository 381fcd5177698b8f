#pragma once

#include <cstdint>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/tally/result.hpp"

namespace sandoq::tool {

/// What the count means for a line of a contest.
enum class standing : std::uint8_t { elected, alternate, tied, none, blank };

/// One line of a contest's result, as people read it.
struct standing_row {
  const option_entry* option = nullptr;  ///< nullptr: the blank ballots
  std::uint64_t votes = 0;
  standing how = standing::none;
  const seat_tie* tie = nullptr;  ///< what it is tied for, if it is
};

/// The lines of a contest, most votes first, blank last; among equals the elected first, then in
/// manifest order. The rows point into both arguments. \pre the result is one of the contest
[[nodiscard]] std::vector<standing_row> standings_of(const contest_entry& contest,
                                                     const contest_result& result);

}  // namespace sandoq::tool
