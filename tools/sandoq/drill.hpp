#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

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
  manifest plan;  ///< with the trustees' keys
  digest32 manifest_hash;
  std::uint64_t devices = 0;
  struct {
    std::uint64_t cast = 0;
    std::uint64_t challenged = 0;
    std::uint64_t voided = 0;
  } counters;
  std::vector<contest_result> results;
};

/// Holds a whole election and writes its record: keys, ceremony, polling day, tally, opening. Keys
/// and nonces come from the system. Phases go on the watch. \param directory must not exist or be
/// empty.
[[nodiscard]] result<drill_outcome> hold_drill(const scenario& s,
                                               const std::filesystem::path& directory,
                                               executor& workers, stopwatch& watch);

}  // namespace sandoq::tool
