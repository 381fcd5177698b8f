#pragma once

#include <optional>
#include <span>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/tally/contest_allocation.hpp"
#include "sandoq/tally/lot.hpp"
#include "sandoq/tally/ties.hpp"

namespace sandoq {

/// What the results of an election may leave open: their ties, and what rules make of the counts.
/// The spans outlive it.                                                               SPEC(75.6)
struct seat_questions {
  const manifest& election;
  std::span<const contest_tie> ties;     ///< of all results, in order
  std::span<const ruled_contest> ruled;  ///< contests of rule 2, in order
};

/// True iff there is an open question: a tie of a result, or an allocation that is open without
/// attributes and without a lot. Cost: an allocation each.                             SPEC(75.6)
[[nodiscard]] bool any_open(const seat_questions& asked);

/// True iff a settled record needs a lot: a tie of a result has a lot group of two options or more,
/// or an allocation is open with the attributes and without a lot.
/// \pre every option of a tie of a result has its attributes, if its contest has any  SPEC(75.6)
[[nodiscard]] bool needs_lot(const seat_questions& asked,
                             std::span<const tie_attributes> attributes);

/// Options of a contest whose values the authority is still to give.
struct unranked_options {
  contest_index contest;
  std::vector<option_index> options;  ///< ascending
  friend bool operator==(const unranked_options&, const unranked_options&) = default;
};

/// For whoever makes attributes: which values are missing, contests ascending; empty when all are
/// there. Begin with no attributes, add what is asked for and ask again, until nothing is missing:
/// of a rule, every tie that is settled may lead to the next one. Once a lot is drawn, ask again
/// with its seed, for the ties behind it. What was asked for, and nothing else, is what 75.4 wants.
/// \return errors of allocate(): attributes that are not of the contest.               SPEC(75.4)
[[nodiscard]] result<std::vector<unranked_options>> options_to_rank(
    const seat_questions& asked, std::span<const tie_attributes> known,
    const std::optional<digest32>& seed);

/// What a record's open questions are settled for. The spans outlive it.
struct tie_question {
  seat_questions seats;
  lot_context context;
  std::span<const board_keys> boards;
  std::span<const lot_commit> commits;
  digest32 results;  ///< results_hash
};

/// "result.ties": either none of the items is there, or exactly those that the open questions need,
/// each as 75.4 to 75.6 say. Cost: a signature for each contest with attributes, a quorum for the
/// beacon, and of each contest of rule 2 up to three allocations.            SPEC(75.6) SPEC(90.2)
verification check_ties(const tie_question& question, const tie_items& items);

/// The allocation of a contest, in a record with these items or with none of them.     SPEC(75.7)
/// \pre check_ties() holds. \return errors of allocate() and make_allocation()
[[nodiscard]] result<allocation> settle(const tie_question& question, const ruled_contest& asked,
                                        const tie_items& items);

}  // namespace sandoq
