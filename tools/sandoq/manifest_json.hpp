#pragma once

#include <string>
#include <string_view>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// A draft may leave out keys and proofs of trustees and authority, which stay zero bytes then.
enum class manifest_form { complete, draft };

/// Reads the JSON form of a manifest (spec 50.8) and normalises its labels. Unknown, repeated and
/// missing members, wrong types and unknown references are errors with their place in the file
/// ("contests[2].max"). The rules of 50.3 to 50.7 are manifest::check_rules().
[[nodiscard]] result<manifest> manifest_from_json(std::string_view text,
                                                  manifest_form form = manifest_form::complete);

/// The JSON form; manifest_from_json() gives the same manifest back.
[[nodiscard]] std::string manifest_to_json(const manifest& m);

}  // namespace sandoq::tool
