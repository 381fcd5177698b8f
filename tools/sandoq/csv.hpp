#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "byte_source.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// Reads CSV by RFC 4180: fields may be quoted, quoted fields may hold commas, doubled quotes and
/// line ends; lines end in LF or CRLF, the last one may have no end; a byte order mark is skipped.
/// Text must be UTF-8. Whatever breaks the format is an error with its line.
class csv_reader {
 public:
  /// Bounds, so that no file can ask for unlimited memory.
  static constexpr std::size_t max_field_bytes = 4096;
  static constexpr std::size_t max_fields = 1024;

  /// \param name what to call the file in errors.
  csv_reader(std::unique_ptr<byte_source> source, std::string name);

  /// Reads the next line into fields. False at the end of the file.
  [[nodiscard]] result<bool> next(std::vector<std::string>& fields);

  /// The line of the file on which the last record began, from 1.
  [[nodiscard]] std::size_t line() const noexcept { return record_line_; }

  /// An error at the last record.
  [[nodiscard]] tl::unexpected<error> failure(errc code, const std::string& reason) const;

 private:
  static constexpr int end_of_file = -1;

  [[nodiscard]] result<int> get();
  [[nodiscard]] result<int> peek();
  [[nodiscard]] result<bool> fill();
  [[nodiscard]] result<int> read_field(std::string& field);
  [[nodiscard]] result<int> read_plain(std::string& field);
  [[nodiscard]] result<int> read_quoted(std::string& field);
  [[nodiscard]] result<void> append(std::string& field, int byte) const;
  [[nodiscard]] result<int> end_of_field(int byte);
  [[nodiscard]] result<void> skip_byte_order_mark();

  std::unique_ptr<byte_source> source_;
  std::string name_;
  std::array<char, 1 << 16> buffer_{};
  std::size_t at_ = 0;
  std::size_t size_ = 0;
  std::size_t line_ = 1;
  std::size_t record_line_ = 0;
  bool started_ = false;
};

}  // namespace sandoq::tool
