#pragma once

#include <optional>
#include <string>

#include "bulletin.hpp"
#include "ceremony_state.hpp"
#include "exchange_items.hpp"
#include "running_election.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// What a trustee's program knows when it is asked to sign.
struct signing_desk {
  const bulletin& board;
  const ceremony_state& ceremony;
  const std::optional<running_election>& election;  ///< once the key exists
  trustee_seat seat;
  executor& workers;
};

/// The condition of 85.3 under which a trustee's program signs a statement. \return why not;
/// unsupported for a request, which is approved by another way (55.7).
[[nodiscard]] result<void> check_statement(const signing_desk& desk, const statement& what);

/// The number of the attempt that goes on without somebody: the present one if nobody has begun it,
/// or else the next that nobody has begun.                                             SPEC(85.3)
[[nodiscard]] std::uint32_t attempt_without(const ceremony_state& state);

/// Every board has fixed its value under signatures of its own, and the own count of this bulletin
/// has results with a tie that a lot has to break: only then is a public value agreed on, or a
/// value revealed. \return what is missing. Cost: counts and verifies the election.
///                                                                         SPEC(75.5) SPEC(85.3)
[[nodiscard]] result<void> check_lot_is_due(const bulletin& board, const running_election& election,
                                            executor& workers);

/// What a statement says, for the person who is to sign it: one or more lines.
[[nodiscard]] std::string in_words(const bulletin& board, const statement& what);

/// Who signs for the boards: of an absence the participants whom neither it nor a signed absence of
/// that attempt names, of everything else those who hold a share.
[[nodiscard]] std::vector<board_keys> signers_of(const ceremony_state& ceremony,
                                                 const bulletin& board, const statement& what);

}  // namespace sandoq::tool
