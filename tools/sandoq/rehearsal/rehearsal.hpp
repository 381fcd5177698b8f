#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "../drill.hpp"
#include "../language.hpp"
#include "../progress.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// What a rehearsal leaves besides its record.
struct rehearsal_outcome {
  drill_outcome drill;
  std::size_t commands = 0;   ///< that people ran, each a program of its own
  std::size_t destroyed = 0;  ///< files with secrets that were overwritten and removed
};

/// Where the record of a rehearsal lies in its town.
[[nodiscard]] std::filesystem::path record_of_town(const std::filesystem::path& town);

/// Holds the whole election of a drill by the commands with which people hold one apart: everybody
/// gets a folder in the town, with a copy of the bulletin; every step is a program of its own with
/// the arguments that one types; files go by `bulletin carry`, what is secret by hand. In the end
/// the secrets are destroyed by the commands for it, and none may be left. Phases go on the watch,
/// progress onto standard error.                                           SPEC(85.1) SPEC(85.4)
/// \param absent  id of a trustee who stays away from the key ceremony; empty if everybody comes
/// \param town  must not exist or be empty; gets commands.txt, record and record.html
/// \param first  the language in which the report opens
/// Stopped by Control-C or SIGTERM, it destroys all secrets before it returns.
/// \return of the first command that ends otherwise than it should: who, where, and its own words;
/// io. \pre check_rehearsal_size, check_tie_rules, check_absent
[[nodiscard]] result<rehearsal_outcome> hold_rehearsal(const scenario& s,
                                                       const counting_wishes& wishes,
                                                       const std::string& absent,
                                                       const std::filesystem::path& town,
                                                       language first, stopwatch& watch);

}  // namespace sandoq::tool
