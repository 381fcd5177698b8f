#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sandoq/rules/allocate.hpp"
#include "sandoq/verify/verify_record.hpp"
#include "scenario.hpp"

namespace sandoq::tool {

/// Whether a contest of so many ballots is opened: one ciphertext alone cannot be mixed. SPEC(60.1)
[[nodiscard]] bool is_opened_with(const contest_entry& contest, std::uint64_t ballots);

/// Counts one contest from the voters' choices, as its rule needs it: votes or rankings, valid
/// ballots. Leaves out the voters of excluded devices.
[[nodiscard]] counted_contest count_contest_in_the_clear(const scenario& s, contest_index contest);

/// Who is elected by the contest's own rule, from those counts. \pre the contest has one
/// \param ties  without any, the allocation ends at the first tie. \return that of allocate()
[[nodiscard]] result<allocation> allocate_in_the_clear(const scenario& s, contest_index contest,
                                                       const tie_order& ties = {});

/// The same of every contest that has a rule of its own, up to the first tie.
[[nodiscard]] result<std::vector<contest_seats>> seats_in_the_clear(const scenario& s);

/// Compares who is elected by a record with a count in the clear, step by step. Equals are taken in
/// the record's order. Numbers that come from rankings are counted a second time, apart from
/// allocate() (difference_of_rankings()). \return what differs first, with the contest and the step
[[nodiscard]] std::optional<std::string> difference_of_seats(const scenario& s,
                                                             std::span<const contest_seats> found);

}  // namespace sandoq::tool
