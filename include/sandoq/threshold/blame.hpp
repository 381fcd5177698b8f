#pragma once

#include <span>
#include <string>
#include <vector>

#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/threshold/attempt.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/commitments.hpp"

namespace sandoq {

/// A trustee whom the items of an attempt prove guilty.                                 SPEC(55.5)
struct guilty_trustee {
  board_index board;
  trustee_index trustee;
  std::string reason;  ///< "sent board 0/trustee 3 a share that does not lie on its polynomial"
  friend bool operator==(const guilty_trustee&, const guilty_trustee&) = default;
};

/// What the items of an attempt prove.                                                  SPEC(55.5)
struct attempt_judgement {
  std::vector<guilty_trustee> guilty;  ///< each once, in trustee order
  bool reveals_at_fault = false;       ///< one of them is wrong in itself: nobody may deal
};

/// Judges the signed items of an attempt: a wrong reveal, a wrong deal, or a complaint, which
/// proves either the dealer or the accuser guilty. \param boards  with encryption keys, as proved
/// in the roster \param items   of an attempt that failed or is still going on: the reveals of all
/// participants;
///                their deals and complaints as far as there are any
/// \pre numbers and order as in ceremony.complete; all signatures valid. Deals are not judged if a
/// reveal is wrong. \return not_in_group or bad_encoding for an item with an element or scalar that
/// does not decode: such an item counts as never published.                             SPEC(55.5)
[[nodiscard]] result<attempt_judgement> judge_attempt(const attempt_context& context,
                                                      std::span<const board> boards,
                                                      const ceremony_items& items);

/// Those whom judge_attempt() finds guilty. \pre as there
[[nodiscard]] result<std::vector<guilty_trustee>> find_guilty(const attempt_context& context,
                                                              std::span<const board> boards,
                                                              const ceremony_items& items);

/// The attempt that follows `attempts`, whose last one failed, or the first one: who takes part is
/// what is left after everyone guilty and every absence of the new attempt.              SPEC(55.5)
/// \param absences  of the new attempt; they carry its number
/// \return out_of_range if the number is not above that of the last attempt, or if a board has
/// fewer participants left than its threshold; missing if nobody was guilty in the last attempt.
[[nodiscard]] result<attempt_context> next_attempt(const ceremony_context& election,
                                                   std::span<const board> boards,
                                                   std::span<const ceremony_items> attempts,
                                                   std::span<const dkg_absence> absences,
                                                   std::uint32_t number);

}  // namespace sandoq
