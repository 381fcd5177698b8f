#pragma once

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <string>

namespace sandoq::tool {

/// An option that is given must say something: an unset shell variable must not switch a check off.
inline CLI::Validator not_empty() {
  return {[](const std::string& text) { return text.empty() ? "is empty" : std::string(); }, ""};
}

/// Decimal digits only: CLI11 would read 010 as octal and let -1 wrap around.
inline CLI::Validator whole_number(std::uint64_t most) {
  return {[most](const std::string& text) {
            const bool digits =
                !text.empty() && text.size() < 20 && (text[0] != '0' || text.size() == 1) &&
                std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
            return digits && std::stoull(text) <= most
                       ? std::string()
                       : "must be a whole number from 0 to " + std::to_string(most);
          },
          ""};
}

}  // namespace sandoq::tool
