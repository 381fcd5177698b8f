#pragma once

#include <string>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// A few lines: domain, places by level, contests, styles, boards with their thresholds.
[[nodiscard]] std::string summary_of(const manifest& m);

/// Per contest: encoding, options, limits, proof size; per style: the bytes one ballot adds to the
/// record; warnings where an encoding is stretched.
[[nodiscard]] std::string plan_of(const manifest& m);

/// Every key of the roster is valid, held by its trustee and used once (spec 50.3).
[[nodiscard]] result<void> check_keys(const manifest& m);

/// Trustees of a draft, and its authority, who have no keys yet: their ids.
[[nodiscard]] std::vector<std::string> without_keys(const manifest& m);

}  // namespace sandoq::tool
