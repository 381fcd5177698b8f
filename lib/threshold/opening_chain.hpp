#pragma once

// What a trustee's log asks of a request, for a sum or for a list: they stand in one chain.

#include <cstdint>
#include <optional>
#include <string_view>

#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/threshold/opening_log.hpp"
#include "sandoq/threshold/opening_policy.hpp"

namespace sandoq::detail {

/// A request of either kind, as far as the chain and the policy look at it.
struct chain_link {
  std::uint32_t number = 0;
  digest32 previous;
  logged_request entry;                  ///< what the log keeps of it
  std::optional<std::uint64_t> ballots;  ///< that a request for a sum says

  [[nodiscard]] opening_set set() const { return {number, entry.nodes, entry.group}; }
};

/// "request <number>/<field>: <reason>".
[[nodiscard]] tl::unexpected<error> refuse(std::uint32_t number, errc code, std::string_view field,
                                           std::string_view reason);

/// Whether the log has exactly this request; another one under its number is refused, and one whose
/// group has other places by now.                                                      SPEC(55.7)
[[nodiscard]] result<bool> is_logged(const opening_log& log, const chain_link& link);

/// All that is asked of a request whose number is known to be right, of its fields aside: the hash
/// and the closings of the request before; places, their ballots, its turn, and the policy beside
/// all others of the log.                                                   SPEC(55.7) SPEC(55.10)
/// \param groups  how many the election has. \pre number - 1 requests are in the log
[[nodiscard]] result<void> check_next(const opening_log& log, const chain_link& link,
                                      const opening_grounds& grounds, std::uint32_t groups);

/// Whether all answers are that trustee's, each of its request's number and kind.
[[nodiscard]] result<void> check_answers(const opening_log& log, board_index board,
                                         trustee_index trustee);

}  // namespace sandoq::detail
