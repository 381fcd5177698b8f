#pragma once

#include <filesystem>
#include <string>

#include "bulletin.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// Copies a device's journal into the bulletin, durably. What is there already is left.
/// \return the file's name; duplicate if another journal of that device is there.      SPEC(85.1)
[[nodiscard]] result<std::string> publish_journal(bulletin& board,
                                                  const std::filesystem::path& journal,
                                                  const device_place& place);

/// Whether a file is the bulletin's, by its name or path: "journal-4-1.pb".
[[nodiscard]] result<published_journal> find_journal(const bulletin& board,
                                                     const std::string& name);

}  // namespace sandoq::tool
