#pragma once

#include <span>
#include <string>
#include <vector>

#include "bulletin.hpp"
#include "sandoq/ballot/election_context.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/threshold/attempt.hpp"
#include "sandoq/threshold/blame.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/commitments.hpp"
#include "statements.hpp"

namespace sandoq::tool {

/// What the present attempt of the key ceremony is waiting for.
enum class ceremony_stage { committing, revealing, dealing, confirming, complete, failed };

/// The key ceremony as the bulletin shows it: the attempts that stand in the record, the last of
/// them still going on or complete. Everybody computes the same.                      SPEC(55)
struct ceremony_state {
  std::vector<board> boards;              ///< with the keys of the roster
  std::vector<ceremony_items> attempts;   ///< as far as published, the present one last
  std::vector<attempt_context> contexts;  ///< one an attempt
  ceremony_stage stage = ceremony_stage::committing;
  std::vector<std::string> waiting_for;  ///< trustees whose message of this round is missing
  std::vector<guilty_trustee> guilty;    ///< of the present attempt, if it failed
};

/// Messages with a bad signature, or an element that does not decode, are reported in `ignored` and
/// count as never published (55.5). \return what is wrong with roster or attempts.
[[nodiscard]] result<ceremony_state> ceremony_of(const bulletin& from, executor& workers,
                                                 std::vector<std::string>* ignored = nullptr);

/// An election whose key exists.
struct running_election {
  std::vector<ceremony_items> attempts;
  election_key published;
  election_context context;
  election_hashes hashes;  ///< with e1
};

/// \return missing, with what the ceremony is waiting for, if it is not complete; what a check of
/// 90.2 says if it is not valid.
[[nodiscard]] result<running_election> election_of(const bulletin& from, executor& workers);

}  // namespace sandoq::tool
