#pragma once

#include <cstddef>
#include <string_view>

namespace sandoq {

/// A text that was written as a string literal in the source: domain tags, base labels, transcript
/// labels. Text made at run time does not compile, so nothing from outside can become a label.
class literal {
 public:
  /// A string literal without NUL characters; anything else does not compile.
  template <std::size_t N>
  consteval literal(const char (&text)[N])  // NOLINT(google-explicit-constructor): a literal is one
      : text_(text, N - 1) {
    for (std::size_t i = 0; i + 1 < N; ++i) {
      if (text[i] == '\0') {
        embedded_nul();
      }
    }
    if (text[N - 1] != '\0') {
      embedded_nul();
    }
  }

  [[nodiscard]] constexpr std::string_view view() const noexcept { return text_; }

  friend constexpr bool operator==(literal, literal) = default;

 private:
  static void embedded_nul() {}  // not constexpr: reaching it stops the compilation

  std::string_view text_;
};

}  // namespace sandoq
