#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/tally/result.hpp"
#include "sandoq/verify/verify_record.hpp"

namespace sandoq::tool {

/// What the count means for a line of a contest.
enum class standing : std::uint8_t { elected, alternate, tied, none, blank };

/// One line of a contest's result, as people read it.
struct standing_row {
  const option_entry* option = nullptr;  ///< nullptr: the blank ballots
  std::uint64_t votes = 0;
  standing how = standing::none;
  const seat_tie* tie = nullptr;         ///< what it is tied for, or was
  const tie_outcome* outcome = nullptr;  ///< how far that tie is decided, if it is known
  std::size_t place = 0;                 ///< in the final order of a resolved tie, from 0
};

/// What became of the tie at that place among the contest's; nullptr if `outcomes` does not say.
[[nodiscard]] const tie_outcome* outcome_of(const contest_entry& contest,
                                            std::span<const tie_outcome> outcomes, std::size_t tie);

/// The lines of a contest, most votes first, blank last; among equals the elected first, those of a
/// resolved tie in its final order, then in manifest order. Who got the places of a resolved tie is
/// elected or alternate.
/// \param outcomes  of the ties of all contests, in the order of results
/// The rows point into the arguments. \pre the result is one of the contest
[[nodiscard]] std::vector<standing_row> standings_of(const contest_entry& contest,
                                                     const contest_result& result,
                                                     std::span<const tie_outcome> outcomes);

}  // namespace sandoq::tool
