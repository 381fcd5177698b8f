#pragma once

#include <optional>
#include <span>
#include <string>

#include "sandoq/rules/allocate.hpp"
#include "sandoq/verify/verify_record.hpp"
#include "scenario.hpp"

namespace sandoq::tool {

/// Whether a contest of so many ballots is opened: one ciphertext alone cannot be mixed. SPEC(60.1)
[[nodiscard]] bool is_opened_with(const contest_entry& contest, std::uint64_t ballots);

/// Counts one contest from the voters' choices, as its rule needs it: votes or rankings, valid
/// ballots. Leaves out the voters of excluded devices.
[[nodiscard]] counted_contest count_contest_in_the_clear(const scenario& s, contest_index contest);

/// Who is elected by the contest's own rule, from those counts, without attributes and lot. \pre
/// the contest has one. \return that of allocate()
[[nodiscard]] result<allocation> allocate_in_the_clear(const scenario& s, contest_index contest);

/// Compares who is elected by a record with allocate_in_the_clear(), step by step: all of it, or,
/// where a tie waits for what nobody knew before, everything up to that tie.
/// \return what differs first, with the contest and the step
[[nodiscard]] std::optional<std::string> difference_of_seats(const scenario& s,
                                                             std::span<const contest_seats> found);

}  // namespace sandoq::tool
