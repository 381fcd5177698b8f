#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "drill_ties.hpp"
#include "journal_count.hpp"
#include "progress.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/tally/result.hpp"
#include "scenario.hpp"

namespace sandoq::tool {

/// What a drill leaves besides its record.
struct drill_outcome {
  digest32 manifest_hash;
  std::uint64_t devices = 0;
  election_counters counters;
  std::vector<std::string> only_totals{};  ///< only_totals_in_words, if subtotals were wished for
};

/// What the count is to give besides the totals.
struct counting_wishes {
  std::optional<node_level> subtotals;  ///< the lowest level whose results are opened
  tie_rules ties;
};

/// Holds a whole election and writes its record: keys, ceremony, polling day, tally, opening. Keys
/// and nonces come from the system. Phases go on the watch. \param directory must not exist or be
/// empty. \pre check_tie_rules
[[nodiscard]] result<drill_outcome> hold_drill(const scenario& s, const counting_wishes& wishes,
                                               const std::filesystem::path& directory,
                                               executor& workers, stopwatch& watch);

}  // namespace sandoq::tool
