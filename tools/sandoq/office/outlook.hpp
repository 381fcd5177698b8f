#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bulletin.hpp"
#include "ceremony_state.hpp"
#include "running_election.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// Where an election stands and what comes next, for people: from what is published alone, without
/// counting a ballot or looking at a proof of an answer.                               SPEC(85.1)
struct election_outlook {
  struct line {
    std::string about;  ///< "devices"; empty: more about the same
    std::string text;
  };
  std::vector<line> lines;
  std::vector<std::string> next;  ///< who runs what; empty once nothing is left to do
};

/// \param election  once the key exists; before that the ceremony's own statements are all there is
/// \return what is wrong with a message; mismatch where two endings of a journal contradict.
[[nodiscard]] result<election_outlook> outlook_of(const bulletin& board,
                                                  const ceremony_state& ceremony,
                                                  const std::optional<running_election>& election);

}  // namespace sandoq::tool
