#include "standard_input.hpp"

#include <unistd.h>

#include <cerrno>
#include <utility>

#include "lib/record/file.hpp"
#include "sandoq/core/secret.hpp"

namespace sandoq::tool {

private_text::private_text(private_text&& other) noexcept : text_(std::move(other.text_)) {
  // A short text lies in the object itself, and moving has left it there.
  detail::wipe(other.text_.data(), other.text_.capacity());
  other.text_.clear();
}

private_text::~private_text() {
  detail::wipe(text_.data(), text_.capacity());
}

std::string_view private_text::first_line() const noexcept {
  std::string_view line = view().substr(0, view().find('\n'));
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) {
    line.remove_suffix(1);
  }
  while (!line.empty() && line.front() == ' ') {
    line.remove_prefix(1);
  }
  return line;
}

result<private_text> read_standard_input(std::size_t max_bytes) {
  // Never grows, so that no copy of it is left behind.
  std::string text(max_bytes + 1, '\0');
  std::size_t have = 0;
  while (have < text.size()) {
    const ssize_t got = ::read(STDIN_FILENO, text.data() + have, text.size() - have);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return io_failure("standard input", "cannot be read");
    }
    if (got == 0) {
      text.resize(have);
      return private_text(std::move(text));
    }
    have += static_cast<std::size_t>(got);
  }
  return fail(errc::too_large, "standard input",
              "is longer than " + std::to_string(max_bytes) + " bytes");
}

}  // namespace sandoq::tool
