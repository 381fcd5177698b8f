#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/tally/contest_allocation.hpp"
#include "sandoq/tally/opened_votes.hpp"
#include "sandoq/verify/verify_record.hpp"

namespace sandoq {

/// The counts of a contest with what each is of: its options, then blank, then invalid. \param
/// first  what the first one is of, if not of the first option: sums of slots are of blanks alone
[[nodiscard]] contest_counts named_counts(const contest_entry& contest,
                                          std::span<const std::uint64_t> counts,
                                          std::size_t first = 0);
/// What a group came to. Of slots without blanks, which are opened for the whole contest.
[[nodiscard]] contest_counts named_group(const contest_entry& contest, const opened_votes& votes);
[[nodiscard]] contest_write_ins named_texts(const contest_entry& contest,
                                            const opened_votes& votes);
/// Who is elected by the contest's rule.
[[nodiscard]] contest_seats named_seats(const contest_entry& contest, const allocation& seats);

}  // namespace sandoq
