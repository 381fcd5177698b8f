#include "passphrase_input.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "lib/record/file.hpp"
#include "private_file.hpp"

namespace sandoq::tool {
namespace {

constexpr std::size_t max_line_bytes = 1024;

/// A line as it is typed or read, wiped at its end.
class secret_line {
 public:
  secret_line() = default;
  secret_line(const secret_line&) = delete;
  secret_line& operator=(const secret_line&) = delete;
  ~secret_line() { detail::wipe(room_.data(), room_.size()); }

  /// Reads up to a newline or the end. \return missing where one of the characters stands that end
  /// a program
  result<secret_bytes> read_from(int file, const std::string& name,
                                 std::span<const std::byte> ending) {
    while (true) {
      std::byte next{};
      const ssize_t got = ::read(file, &next, 1);
      if (got < 0 && errno == EINTR) {
        continue;
      }
      if (got < 0) {
        return io_failure(name, "cannot be read");
      }
      if (got == 0 || next == std::byte{'\n'}) {
        break;
      }
      if (std::find(ending.begin(), ending.end(), next) != ending.end()) {
        return fail(errc::missing, "passphrase", "was not given; nothing was changed");
      }
      if (size_ == room_.size()) {
        return fail(errc::too_large, "passphrase", "is longer than 1024 bytes");
      }
      room_[size_++] = next;
    }
    if (size_ > 0 && room_[size_ - 1] == std::byte{'\r'}) {
      --size_;
    }
    // What an editor puts around a line belongs to no passphrase.
    constexpr std::array byte_order_mark{std::byte{0xef}, std::byte{0xbb}, std::byte{0xbf}};
    const byte_view line = byte_view(room_).first(size_);
    const bool marked = line.size() >= byte_order_mark.size() &&
                        std::equal(byte_order_mark.begin(), byte_order_mark.end(), line.begin());
    return secret_bytes(marked ? line.subspan(byte_order_mark.size()) : line);
  }

 private:
  std::array<std::byte, max_line_bytes> room_{};
  std::size_t size_ = 0;
};

/// Does not show what is typed, until its end. Control-C and control-\ come as characters, so that
/// they cannot leave the terminal like this, and end the line like a newline, so that they count at
/// once.
class silent_terminal {
 public:
  explicit silent_terminal(int terminal) : terminal_(terminal) {
    if (::tcgetattr(terminal_, &before_) == 0) {
      termios silent = before_;
      silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
      silent.c_lflag |= static_cast<tcflag_t>(ICANON | IEXTEN);
      silent.c_cc[VEOL] = before_.c_cc[VINTR];
      silent.c_cc[VEOL2] = before_.c_cc[VQUIT];
      good_ = ::tcsetattr(terminal_, TCSAFLUSH, &silent) == 0;
    }
  }
  silent_terminal(const silent_terminal&) = delete;
  silent_terminal& operator=(const silent_terminal&) = delete;
  ~silent_terminal() {
    if (good_) {
      (void)::tcsetattr(terminal_, TCSAFLUSH, &before_);
    }
  }
  [[nodiscard]] bool good() const noexcept { return good_; }
  /// The characters that end a program here; a terminal may have none.
  [[nodiscard]] std::vector<std::byte> ending() const {
    std::vector<std::byte> out;
    for (const cc_t each : {before_.c_cc[VINTR], before_.c_cc[VQUIT]}) {
      if (each != _POSIX_VDISABLE) {
        out.push_back(std::byte{each});
      }
    }
    return out;
  }

 private:
  int terminal_;
  termios before_{};
  bool good_ = false;
};

result<secret_bytes> ask_terminal(const std::string& question) {
  const int opened = ::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (opened < 0) {
    return fail(errc::io, "passphrase",
                "there is no terminal to ask on; put it into a file that only you can read and "
                "give --passphrase-file FILE");
  }
  const file_descriptor terminal(opened);
  const silent_terminal silent(opened);
  if (!silent.good()) {
    return io_failure("/dev/tty", "cannot be kept from showing what is typed");
  }
  const std::string shown = question + ": ";
  (void)!::write(opened, shown.data(), shown.size());
  secret_line line;
  auto typed = line.read_from(opened, "/dev/tty", silent.ending());
  (void)!::write(opened, "\n", 1);
  return typed;
}

result<secret_bytes> read_line_of(const std::string& path) {
  const int opened = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (opened < 0) {
    return tl::unexpected(unreadable(io_failure(path, "cannot be opened").value()));
  }
  const file_descriptor file(opened);
  struct stat found {};
  if (::fstat(opened, &found) != 0 || !S_ISREG(found.st_mode)) {
    return fail(errc::io, path, "is no file that a passphrase can be read from");
  }
  if ((found.st_mode & 077U) != 0) {
    return fail(errc::io, path,
                "can be read or changed by others, so the passphrase in it is none; choose a new "
                "one and keep its file to yourself: chmod 600");
  }
  secret_line line;
  return line.read_from(opened, path, {});
}

result<secret_bytes> ask(const passphrase_origin& from, const std::string& question) {
  auto typed = from.file.empty() ? ask_terminal(question) : read_line_of(from.file);
  if (!typed) {
    return typed;
  }
  return normalised_passphrase(*typed);
}

bool is_control_character(utf8proc_int32_t character) {
  return utf8proc_category(character) == UTF8PROC_CATEGORY_CC;
}

struct character_count {
  std::size_t all = 0;
  std::size_t different = 0;  ///< counted no further than matters
};

/// Code points, or nothing if it is not UTF-8 or holds control characters.
std::optional<character_count> characters_of(byte_view text) {
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  character_count count;
  std::array<utf8proc_int32_t, least_different_characters> seen{};
  bool good = true;
  while (left > 0) {
    utf8proc_int32_t character = 0;
    const auto length = utf8proc_iterate(at, left, &character);
    good = length > 0 && !is_control_character(character);
    if (!good) {
      break;
    }
    at += length;
    left -= length;
    ++count.all;
    const auto end = seen.begin() + static_cast<std::ptrdiff_t>(count.different);
    if (end != seen.end() && std::find(seen.begin(), end, character) == end) {
      seen[count.different++] = character;
    }
  }
  detail::wipe(seen.data(), sizeof seen);
  return good ? std::optional(count) : std::nullopt;
}

}  // namespace

result<secret_bytes> normalised_passphrase(const secret_bytes& typed) {
  if (typed.size() == 0) {
    return fail(errc::missing, "passphrase", "is empty");
  }
  const byte_view text = expose_for_secret_ops(typed);
  if (!characters_of(text)) {
    return fail(errc::bad_text, "passphrase", "is not UTF-8, or holds a control character");
  }
  utf8proc_uint8_t* mapped = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                 static_cast<utf8proc_ssize_t>(text.size()), &mapped, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (size < 0) {
    return fail(errc::bad_text, "passphrase", utf8proc_errmsg(size));
  }
  secret_bytes out(
      byte_view(reinterpret_cast<const std::byte*>(mapped), static_cast<std::size_t>(size)));
  detail::wipe(mapped, static_cast<std::size_t>(size));
  return out;
}

result<void> check_new_passphrase(const secret_bytes& passphrase) {
  const character_count count =
      characters_of(expose_for_secret_ops(passphrase)).value_or(character_count{});
  if (count.all < least_passphrase_characters) {
    return fail(errc::out_of_range, "passphrase",
                fmt::format("is too short: it has {} characters and needs {} or more; five or six "
                            "words that do not belong together are easy to keep in mind",
                            count.all, least_passphrase_characters));
  }
  if (count.different < least_different_characters) {
    return fail(errc::out_of_range, "passphrase",
                fmt::format("repeats itself: it has {} different characters and needs {} or more; "
                            "five or six words that do not belong together are easy to keep in "
                            "mind",
                            count.different, least_different_characters));
  }
  return {};
}

result<secret_bytes> ask_passphrase(const passphrase_origin& from, const std::string& question) {
  return ask(from, question);
}

result<secret_bytes> ask_new_passphrase(const passphrase_origin& from,
                                        const std::string& question) {
  auto first = ask(from, question);
  if (!first) {
    return first;
  }
  if (auto good = check_new_passphrase(*first); !good) {
    return tl::unexpected(std::move(good.error()));
  }
  if (!from.file.empty()) {
    return first;
  }
  const auto second = ask(from, question + ", once more");
  if (!second) {
    return tl::unexpected(second.error());
  }
  const byte_view a = expose_for_secret_ops(std::as_const(*first));
  const byte_view b = expose_for_secret_ops(*second);
  // Both are the user's own, typed a moment ago; where they differ is no news to anyone.
  if (!std::equal(a.begin(), a.end(), b.begin(), b.end())) {
    return fail(errc::mismatch, "passphrase", "the two are not the same; nothing was changed");
  }
  return first;
}

}  // namespace sandoq::tool
