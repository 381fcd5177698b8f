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

/// The counts of a contest in votes, with what each is of: its options, lists with a code of their
/// own, then blank, then invalid.
/// \param counts  of 75.1; of slots with or without blank                    SPEC(75.1) SPEC(50.10)
[[nodiscard]] contest_counts named_counts(const contest_entry& contest,
                                          std::span<const std::uint64_t> counts);
/// The same of an opened sum, which is of slots that of blanks alone.                  SPEC(75.3)
[[nodiscard]] contest_counts named_sum(const contest_entry& contest,
                                       std::span<const std::uint64_t> counts);
/// What a group came to. Of slots without blanks, which are opened for the whole contest.
[[nodiscard]] contest_counts named_group(const contest_entry& contest, const opened_votes& votes);
[[nodiscard]] contest_write_ins named_texts(const contest_entry& contest,
                                            const opened_votes& votes);
/// Who is elected by the contest's rule.
[[nodiscard]] contest_seats named_seats(const contest_entry& contest, const allocation& seats);

}  // namespace sandoq
