#pragma once

#include <cstddef>
#include <string>

#include "sandoq/core/bytes.hpp"

namespace sandoq::tool {

/// Reads a whole regular file of at most max_bytes. Errors: io, too_large.
[[nodiscard]] result<bytes> read_file(const std::string& path, std::size_t max_bytes);

/// Writes a new file; an existing one is never touched. Errors: io.
[[nodiscard]] result<void> write_new_file(const std::string& path, byte_view data);

}  // namespace sandoq::tool
