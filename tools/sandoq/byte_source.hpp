#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// A file that is read front to back; gzip is unpacked on the way, whatever the file is called.
class byte_source {
 public:
  virtual ~byte_source() = default;

  /// Fills as much of out as there is; 0 at the end.
  [[nodiscard]] virtual result<std::size_t> read(std::span<char> out) = 0;
};

/// Opens a plain or gzip file. Errors: io, with what the system said.
[[nodiscard]] result<std::unique_ptr<byte_source>> open_plain_or_gzip(const std::string& path);

/// Reads from a text in memory; for tests and short inputs.
[[nodiscard]] std::unique_ptr<byte_source> read_from_text(std::string text);

}  // namespace sandoq::tool
