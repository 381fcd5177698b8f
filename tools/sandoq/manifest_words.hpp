#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "sandoq/ballot/manifest.hpp"

/// Words of the JSON form of a manifest (spec 50.8) that reading and writing share.
namespace sandoq::tool::manifest_words {

/// In the order of node_level.
inline constexpr std::array<std::string_view, 8> level_names{
    "nation", "province", "constituency", "county", "city", "district", "neighbourhood", "branch"};
/// Nothing for a word that names none.
[[nodiscard]] inline std::optional<node_level> level_named(std::string_view name) {
  const auto* const found = std::find(level_names.begin(), level_names.end(), name);
  return found == level_names.end()
             ? std::nullopt
             : std::optional(static_cast<node_level>(found - level_names.begin()));
}
/// In the order of eligibility_log.
inline constexpr std::array<std::string_view, 2> eligibility_names{"none", "tokens"};
/// In the order of contest_encoding, from 1.
inline constexpr std::array<std::string_view, 4> encoding_names{"bit-vector", "slots",
                                                                "packed-subset", "packed-ranking"};
/// The encoding that 50.9 chooses.
inline constexpr const char* automatic = "auto";
inline constexpr const char* rule_name = "plurality-at-large";

}  // namespace sandoq::tool::manifest_words
