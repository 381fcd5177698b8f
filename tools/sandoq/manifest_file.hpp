#pragma once

#include <string>

#include "manifest_json.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// Reads a manifest from a file and checks its bounds and rules. The file holds the JSON form (spec
/// 50.8), the canonical bytes, or one item in a segment (80.2), as `manifest.pb` of a record or a
/// bulletin does; which of them is told by the first bytes.
/// \return io, too_large; mismatch for a segment of something else; whatever is wrong with the
/// form.
[[nodiscard]] result<manifest> read_manifest_file(const std::string& path,
                                                  manifest_form form = manifest_form::complete);

}  // namespace sandoq::tool
