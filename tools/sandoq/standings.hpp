#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/tally/result.hpp"
#include "sandoq/verify/verify_record.hpp"

namespace sandoq::tool {

/// What the count means for a line of a contest.
enum class standing : std::uint8_t { elected, alternate, runoff, tied, none, blank, invalid };

/// One line of a contest's result, as people read it.
struct standing_row {
  const option_entry* option = nullptr;  ///< nullptr: a list, blank or invalid ballots
  const party_list* list = nullptr;      ///< whose own code stands on so many ballots
  std::optional<std::uint64_t> votes;    ///< an option of a ranking has none of its own
  standing how = standing::none;
  const seat_tie* tie = nullptr;         ///< what it is tied for, or was
  const tie_outcome* outcome = nullptr;  ///< how far that tie is decided, if it is known
  std::size_t place = 0;  ///< in the final order of a resolved tie or in an allocation, from 0
};

/// What became of the tie at that place among the contest's; nullptr if `outcomes` does not say.
[[nodiscard]] const tie_outcome* outcome_of(const contest_entry& contest,
                                            std::span<const tie_outcome> outcomes, std::size_t tie);

/// What the contest's own rule gave; nullptr if `allocations` does not say.             SPEC(75.7)
[[nodiscard]] const contest_seats* allocation_of(const contest_entry& contest,
                                                 std::span<const contest_seats> allocations);

/// Whether the contest's own rule, and not a number, says how many alternates there are.
[[nodiscard]] bool rule_counts_alternates(const contest_entry& contest);

/// What was written in the contest; nullptr if nothing was.
[[nodiscard]] const contest_write_ins* write_ins_of(const contest_entry& contest,
                                                    std::span<const contest_write_ins> written);

/// The lines of a contest, most votes first, lists, blank and invalid last; among equals, and so of
/// a ranking, the elected first, those of a resolved tie and those of an allocation in their order,
/// then in manifest order. Who got the places of a resolved tie is elected or alternate; while an
/// allocation is open, nobody is.
/// \param outcomes  of the ties of all contests, in the order of results
/// \param allocations  of all contests with a rule of their own
/// The rows point into the arguments. \pre the result is one of the contest
[[nodiscard]] std::vector<standing_row> standings_of(const contest_entry& contest,
                                                     const contest_result& result,
                                                     std::span<const tie_outcome> outcomes,
                                                     std::span<const contest_seats> allocations);

/// What a line of counts is by its id, which no option shares: blank, invalid, or else none.
/// SPEC(50.5)
[[nodiscard]] standing line_of(const option_count& count) noexcept;

/// The options of these counts with the most votes, so many at most, equal ones in their order.
[[nodiscard]] std::vector<const option_count*> highest(const contest_counts& counts,
                                                       std::size_t most);
/// The same of what was written.
[[nodiscard]] std::vector<const written_text*> highest(const contest_write_ins& written,
                                                       std::size_t most);

}  // namespace sandoq::tool
