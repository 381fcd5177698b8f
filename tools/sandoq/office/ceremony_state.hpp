#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "bulletin.hpp"
#include "ceremony_messages.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/threshold/attempt.hpp"
#include "sandoq/threshold/blame.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/commitments.hpp"

namespace sandoq::tool {

/// What the present attempt of the key ceremony is waiting for. `failed` is the end without a key:
/// too few trustees are left to begin again.
enum class ceremony_stage { committing, revealing, dealing, confirming, complete, failed };

/// The key ceremony as the bulletin shows it: the attempts that stand in the record, the last of
/// them still going on, complete, or the one after which nothing can come. Everybody computes the
/// same of the same messages.                                                SPEC(55) SPEC(85.7)
struct ceremony_state {
  std::vector<board> boards;                        ///< with the keys of the roster
  std::vector<ceremony_items> attempts;             ///< as far as published, the present one last
  std::vector<attempt_context> contexts;            ///< one an attempt
  std::vector<std::vector<guilty_trustee>> guilty;  ///< one list an attempt
  std::vector<std::uint32_t> given_up;  ///< numbers begun that prove nobody guilty, ascending
  std::set<std::uint32_t> begun;        ///< all numbers under which a sound message is published
  ceremony_stage stage = ceremony_stage::committing;
  std::vector<trustee_seat> waiting_for;  ///< whose message of this round is missing
  std::string why_failed;                 ///< of a ceremony that cannot go on
  std::vector<ignored_message> ignored;   ///< in no particular relation to what counts

  [[nodiscard]] const attempt_context& present() const { return contexts.back(); }
  [[nodiscard]] const ceremony_items& items() const { return attempts.back(); }
  [[nodiscard]] bool has_messages(std::uint32_t attempt) const;
  [[nodiscard]] bool waits_for(const trustee_seat& seat) const;
  /// "board 0/trustee 2, board 1/trustee 1"
  [[nodiscard]] std::string names_waited_for() const;
};

/// \return what is wrong with the roster; duplicate, with both files, where a trustee confirms and
/// complains in one attempt; too_large, with the files to look at, where more readings than can be
/// tried may hold (find_anchor). Cost: a copy of what the bulletin knows, or that of
/// read_ceremony().
[[nodiscard]] result<ceremony_state> ceremony_of(const bulletin& from);

/// The boards of the manifest with the keys of its roster, proofs checked.             SPEC(50.3)
[[nodiscard]] result<std::vector<board>> boards_of(const manifest& plan);

}  // namespace sandoq::tool
