#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "../sum_count.hpp"
#include "bulletin.hpp"
#include "running_election.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/threshold/list_opening.hpp"
#include "sandoq/threshold/opening.hpp"
#include "sandoq/threshold/opening_policy.hpp"
#include "statements.hpp"

namespace sandoq::tool {

/// A request for a sum or for a mixed list as it was stated.
struct stated_request {
  statement what;
  sum_or_list_request request;             ///< with its quorum, if that is complete
  bool is_signed = false;                  ///< by enough trustees of every board
  std::vector<std::string> waiting_for{};  ///< otherwise

  [[nodiscard]] std::uint32_t number() const;
  [[nodiscard]] contest_index contest() const;
  [[nodiscard]] digest32 hash() const;
};

/// Whether a request may stand behind those before it.
using request_test =
    std::function<bool(const sum_or_list_request& request, std::span<const stated_request> before)>;
/// It is what the own count gives: of its contest and places, or the list of its group, in its turn
/// (first the totals, then the lists), and permitted beside those before it.
/// \param mixed  all groups of the own count; none yet if they are not all mixed
/// \pre all outlive the test                                   SPEC(55.7) SPEC(55.10) SPEC(55.11)
[[nodiscard]] request_test fits_count(const opening_grounds& grounds,
                                      std::span<const tally_node> nodes, const digest32& closings,
                                      std::span<const mixed_ballots> mixed);

/// The chain of requests that were stated, in order of their numbers: under each the one that is
/// signed, or else the one of this election that follows the request before and passes the test; of
/// several such the one that somebody has signed.
/// \return missing if a number is left out before a signed one; duplicate where two are signed, or
/// nothing tells which is meant; what is wrong with one.                     SPEC(55.7) SPEC(85.3)
[[nodiscard]] result<std::vector<stated_request>> requests_of(const bulletin& board,
                                                              const running_election& election,
                                                              const request_test& fits);

/// The request of a statement, of either kind, without signatures.
[[nodiscard]] result<sum_or_list_request> decode_request(const statement& what);
/// The statement of a request.
[[nodiscard]] statement state_request(const sum_or_list_request& request);

}  // namespace sandoq::tool
