#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// Writes a new file so that it is there whole or not at all, and durably.
[[nodiscard]] result<void> write_durably(const std::filesystem::path& path, byte_view data);

/// The names of a bulletin's regular files with messages or journals, ascending. \return io if the
/// directory cannot be listed.                                                         SPEC(85.1)
[[nodiscard]] result<std::vector<std::string>> message_files_in(
    const std::filesystem::path& directory);

/// A name for a file that is to stand beside whatever has its name already: NAME.pb, or
/// NAME.1f09a2c43b5d.pb with the first bytes of the content's hash.                    SPEC(85.1)
[[nodiscard]] std::string free_name(const std::filesystem::path& directory, std::string_view stem,
                                    byte_view content);

}  // namespace sandoq::tool
