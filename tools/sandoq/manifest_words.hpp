#pragma once

#include <array>
#include <string_view>

/// Words of the JSON form of a manifest (spec 50.8) that reading and writing share.
namespace sandoq::tool::manifest_words {

/// In the order of node_level.
inline constexpr std::array<std::string_view, 8> level_names{
    "nation", "province", "constituency", "county", "city", "district", "neighbourhood", "branch"};
/// In the order of eligibility_log.
inline constexpr std::array<std::string_view, 2> eligibility_names{"none", "tokens"};
inline constexpr const char* rule_name = "plurality-at-large";

}  // namespace sandoq::tool::manifest_words
