#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "sandoq/ballot/party_list.hpp"
#include "sandoq/ballot/rule.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/rules/allocation_step.hpp"

namespace sandoq {

/// So many ballots with the same ranking, best rank first; a rank may hold none or several.
/// SPEC(76.14)
struct ranked_ballots {
  std::uint64_t count = 0;
  std::vector<std::vector<option_index>> ranks;
};

/// What was counted in a contest.
struct counted_contest {
  std::vector<std::uint64_t> votes;  ///< one an option, blank left out; 0 under rankings
  std::uint64_t ballots = 0;
  std::uint64_t valid = 0;
  std::vector<std::uint64_t> list_ballots;  ///< one a list, if lists have votes of their own
  std::vector<ranked_ballots> rankings;
};

/// How many places there are.
struct places_to_fill {
  std::uint32_t seats = 0;
  std::uint32_t alternates = 0;
};

/// What decides between equals. SPEC(76.7)
struct tie_order {
  /// Values of every option, as many for each; empty: the contest has no attributes.
  std::vector<std::vector<std::uint32_t>> attributes;
  /// The ticket of a subject in a tie, the lowest first; empty: no lot was drawn.
  std::function<digest32(std::uint32_t tie, std::uint32_t subject)> ticket;
};

/// Who came in through one party.
struct party_outcome {
  std::uint32_t subject = 0;  ///< as in the transcript
  std::vector<option_index> elected;
  std::vector<option_index> alternates;
  friend bool operator==(const party_outcome&, const party_outcome&) = default;
};

/// Whether a tie waits for its lot.
enum class allocation_status : std::uint8_t { decided, open };

/// Equals for whom the places did not suffice.                                         SPEC(76.7)
struct allocation_tie {
  /// Options are told apart by attributes, parties are not.
  enum class tie_between : std::uint8_t { options = 1, parties };
  tie_between between = tie_between::options;
  std::vector<std::uint32_t> subjects;  ///< ascending
  friend bool operator==(const allocation_tie&, const allocation_tie&) = default;
};

/// Who is elected; nobody while a tie is open.                                         SPEC(76.5)
struct allocation {
  allocation_status status = allocation_status::decided;
  std::vector<option_index> elected;
  std::vector<option_index> alternates;
  std::vector<option_index> runoff;
  std::vector<party_outcome> parties;  ///< those with seats or alternates; proportional rules only
  std::vector<option_index> reserve;   ///< all alternates by votes, where vacancies need it
  allocation_transcript transcript;
  std::vector<allocation_tie> ties;  ///< as numbered in 76.7; an open one is the last
};

/// Seats by the rule, with every step on the way; all arithmetic exact.                SPEC(76.5)
/// Errors name the check: "rule.lists", "rule.options", "rule.seats", "rule.counts", or that of
/// rule::check(). Cost: seats x parties comparisons of fractions; Schulze options^3.
[[nodiscard]] result<allocation> allocate(const rule& law, std::span<const party_list> lists,
                                          const counted_contest& counted, places_to_fill places,
                                          const tie_order& ties);

/// Who takes the seat that `vacant` leaves; nothing if nobody is there.                SPEC(76.13)
/// \param gone  alternates who have a seat already or are no longer there
[[nodiscard]] std::optional<option_index> successor(const rule& law, const allocation& seats,
                                                    option_index vacant,
                                                    std::span<const option_index> gone);

}  // namespace sandoq
