#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "bulletin.hpp"
#include "ceremony_state.hpp"
#include "outlook_page.hpp"
#include "running_election.hpp"
#include "sandoq/core/result.hpp"

/// \file
/// The parts of an outlook, in their order; each writes what it has found onto the page.
namespace sandoq::tool {

/// Of each statement who has signed, and who is waited for. \return whether a head is signed
[[nodiscard]] result<bool> write_statements(outlook_page& page, const bulletin& board,
                                            const ceremony_state& ceremony,
                                            const std::optional<running_election>& election);

/// What the polls still lack.
struct polls_outlook {
  std::vector<std::string> missing;  ///< before the count
  std::size_t unlogged = 0;          ///< branches whose log of tokens can be stated
};

/// Of each device how far it is.
[[nodiscard]] result<polls_outlook> write_polls(outlook_page& page, const bulletin& board,
                                                const running_election& election);

/// How far the sums are opened.
struct opening_outlook {
  bool has_requests = false;
  bool is_answered = false;  ///< by enough of every board
};

/// Lots that are to be fixed, requests and answers, what has been published to break ties.
[[nodiscard]] result<opening_outlook> write_opening(outlook_page& page, const bulletin& board,
                                                    const running_election& election);

}  // namespace sandoq::tool
