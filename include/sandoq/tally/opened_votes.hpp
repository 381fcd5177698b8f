#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/rules/allocate.hpp"
#include "sandoq/tally/result.hpp"
#include "sandoq/threshold/opened_list.hpp"

namespace sandoq {

/// What the opened lists of a contest say, of one group or of several added up. Memory: the
/// different rankings and texts.                                             SPEC(60.6) SPEC(75.1)
struct opened_votes {
  std::uint64_t ballots = 0;
  std::vector<std::uint64_t> codes;  ///< ballots that have each (50.10); empty of a ranking
  std::uint64_t blank = 0;           ///< of packed ballots: neither option nor text
  std::uint64_t invalid = 0;         ///< of packed ballots: no permitted choice
  /// Of a ranking, not blank: the options, best first; empty where there is a text alone.
  std::map<std::vector<option_index>, std::uint64_t> rankings;
  std::map<std::string, std::uint64_t> write_ins;  ///< texts that are not empty, as they stand

  /// Ballots, votes, rankings and texts add. \pre of the same contest
  opened_votes& operator+=(const opened_votes& more);
  friend bool operator==(const opened_votes&, const opened_votes&) = default;
};

/// No ballots: what a contest without groups has.
[[nodiscard]] opened_votes no_votes(const contest_entry& contest);

/// Of a group of slots. \param codes  how often each code stands in it (count_codes)
/// \pre encoding 2; n* + L* codes
[[nodiscard]] opened_votes votes_of(const contest_entry& contest, std::uint64_t ballots,
                                    std::span<const std::uint64_t> codes);
/// Of a group of packed ballots: choices that 50.10 does not permit are invalid votes.
/// \pre encoding 3 or 4; the codes are 1 to n*                                        SPEC(50.10)
[[nodiscard]] opened_votes votes_of(const contest_entry& contest, const opened_choices& opened);

/// The counts of 75.1 in their order: codes, blank, invalid.
/// \param blank  of encoding 2, where blanks are counted: what the opened sum of Z says, 0 for a
///               contest that is not opened; of other encodings not read
/// \pre encoding 2, 3 or 4                                                             SPEC(75.1)
[[nodiscard]] std::vector<std::uint64_t> counts_of(const contest_entry& contest,
                                                   const opened_votes& votes, std::uint64_t blank);

/// The counts of a mixed contest are what its lists and the sum of Z hold; all 0 if it has no
/// groups.
/// \param votes  all groups added up; nullptr if there is none
/// \param sum    what the opened sum of Z holds, if blanks are counted by one
/// \pre check_counts() holds; votes, if blanks are added up, come with a sum          SPEC(75.1)
verification check_list_counts(const contest_entry& contest, const opened_votes* votes,
                               std::span<const ristretto255::element> sum,
                               const contest_result& published);

/// What the rule of a contest goes by.                                                 SPEC(75.7)
/// \param opened  of a ranking its votes, all groups added up; of other contests not read
/// \pre the counts are as many as the contest has; blank and invalid ones are at most the ballots
[[nodiscard]] counted_contest counted_by_rule(const contest_entry& contest,
                                              const contest_result& published,
                                              const opened_votes& opened);

}  // namespace sandoq
