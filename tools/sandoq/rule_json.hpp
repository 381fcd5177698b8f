#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/ballot/party_list.hpp"
#include "sandoq/ballot/rule.hpp"
#include "strict_json.hpp"

namespace sandoq::tool {

/// Reads a rule (spec 76.4) at `place` of a document ("contests[2].rule"). Unknown members, wrong
/// types and names that no code has are errors with the place of the member; a rule that breaks a
/// condition of 76 is one at `place`, with the name of the check.
[[nodiscard]] rule rule_from_json(json_walk& walk, const json& value, const std::string& place);

/// The JSON form; rule_from_json() gives the same rule back.
/// \pre law.check()
[[nodiscard]] json rule_to_json(const rule& law);

/// Reads the lists of a contest (spec 50.8), whose options have these ids and indices. An option
/// that is not there, or stands twice, is an error with its place.
[[nodiscard]] std::vector<party_list> party_lists_from_json(
    json_walk& walk, const json& value, const std::string& place,
    const std::map<std::string, std::uint32_t>& options);

/// \pre check_party_lists(lists, options.size())
[[nodiscard]] json party_lists_to_json(std::span<const party_list> lists,
                                       std::span<const option_entry> options);

}  // namespace sandoq::tool
