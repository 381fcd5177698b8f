#pragma once

#include <map>
#include <string>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/ids.hpp"
#include "strict_json.hpp"

namespace sandoq::tool {

/// Reads a contest (spec 50.8) at `place` of a document ("contests[2]"), whose places have these
/// ids. "auto" and no encoding at all become the one that choose_encoding() names. What cannot be
/// kept in the canonical form is an error: room for a write-in of an encoding that has none, lists
/// without a rule object.
[[nodiscard]] contest_entry contest_from_json(json_walk& walk, const json& value,
                                              const std::string& place,
                                              const std::map<std::string, node_index>& nodes);

/// The JSON form, which names its encoding; contest_from_json() gives the same contest back.
/// \param scope  the id of the contest's node
/// \pre check_rules() of its manifest
[[nodiscard]] json contest_to_json(const contest_entry& contest, const std::string& scope);

/// Texts by language.
[[nodiscard]] json labels_to_json(const label_list& labels);

}  // namespace sandoq::tool
