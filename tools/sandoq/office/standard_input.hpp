#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// A text that nobody else should see; wiped at its end.
class private_text {
 public:
  private_text() = default;
  explicit private_text(std::string text) noexcept : text_(std::move(text)) {}
  private_text(private_text&& other) noexcept;
  private_text(const private_text&) = delete;
  private_text& operator=(const private_text&) = delete;
  private_text& operator=(private_text&&) = delete;
  ~private_text();
  [[nodiscard]] std::string_view view() const noexcept { return text_; }
  /// Without line end and blanks around it.
  [[nodiscard]] std::string_view first_line() const noexcept;

 private:
  std::string text_;
};

/// Reads the standard input to its end. \return too_large above that many bytes; io.
[[nodiscard]] result<private_text> read_standard_input(std::size_t max_bytes);

}  // namespace sandoq::tool
