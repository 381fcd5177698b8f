#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "bulletin.hpp"
#include "running_election.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/tally/tally_node.hpp"
#include "sandoq/threshold/opening.hpp"
#include "sandoq/threshold/opening_policy.hpp"
#include "statements.hpp"

namespace sandoq::tool {

/// A request as it was stated.
struct stated_request {
  statement what;
  opening_request request;                 ///< with its quorum, if that is complete
  bool is_signed = false;                  ///< by enough trustees of every board
  std::vector<std::string> waiting_for{};  ///< otherwise
};

/// Whether a request may stand behind those before it.
using request_test =
    std::function<bool(const opening_request& request, std::span<const stated_request> before)>;
/// It is what the own tally gives for its contest and places, in its turn (the totals first), and
/// permitted beside those before it. \pre grounds and nodes outlive the test
///                                                                         SPEC(55.7) SPEC(55.10)
[[nodiscard]] request_test fits_tally(const opening_grounds& grounds,
                                      std::span<const tally_node> nodes, const digest32& closings);

/// The chain of requests that were stated, in order of their numbers: under each the one that is
/// signed, or else the one of this election that follows the request before and passes the test; of
/// several such the one that somebody has signed.
/// \return missing if a number is left out before a signed one; duplicate where two are signed, or
/// nothing tells which is meant; what is wrong with one.                     SPEC(55.7) SPEC(85.3)
[[nodiscard]] result<std::vector<stated_request>> requests_of(const bulletin& board,
                                                              const running_election& election,
                                                              const request_test& fits);

}  // namespace sandoq::tool
