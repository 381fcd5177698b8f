#pragma once

#include <array>

/// Words of the JSON form of a manifest (spec 50.8) that reading and writing share.
namespace sandoq::tool::manifest_words {

/// In the order of node_level.
inline constexpr std::array<const char*, 5> level_names{"nation", "province", "city", "district",
                                                        "branch"};
inline constexpr const char* rule_name = "plurality-at-large";

}  // namespace sandoq::tool::manifest_words
