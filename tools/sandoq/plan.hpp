#pragma once

#include <string>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// A few lines: domain, places by level, contests, styles, boards with their thresholds.
[[nodiscard]] std::string summary_of(const manifest& m);

/// Per contest: encoding and why, limits, sizes, costs, what voters should be told; per style: the
/// bytes one ballot adds to the record. SPEC(50.9)
[[nodiscard]] std::string plan_of(const manifest& m);

/// The same for programs, as one JSON object.
[[nodiscard]] std::string plan_to_json(const manifest& m);

/// Every key of the roster is valid, held by its trustee and used once (spec 50.3).
[[nodiscard]] result<void> check_keys(const manifest& m);

/// Trustees of a draft, and its authority, who have no keys yet: their ids.
[[nodiscard]] std::vector<std::string> without_keys(const manifest& m);

}  // namespace sandoq::tool
