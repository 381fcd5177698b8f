#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <utility>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/record/segment.hpp"

namespace sandoq {

/// An open file descriptor, closed at the end.
class file_descriptor {
 public:
  explicit file_descriptor(int number) noexcept : number_(number) {}
  file_descriptor(file_descriptor&& other) noexcept : number_(other.release()) {}
  file_descriptor& operator=(file_descriptor&& other) noexcept;
  file_descriptor(const file_descriptor&) = delete;
  file_descriptor& operator=(const file_descriptor&) = delete;
  ~file_descriptor();
  [[nodiscard]] int number() const noexcept { return number_; }
  /// Gives the descriptor away: the caller closes it.
  [[nodiscard]] int release() noexcept { return std::exchange(number_, -1); }

 private:
  int number_;
};

/// "what: reason of the operating system", as an error of code io.
[[nodiscard]] tl::unexpected<error> io_failure(const std::filesystem::path& path,
                                               std::string_view what);

struct opened_file {
  std::unique_ptr<segment_source> source;
  std::uint64_t size_bytes = 0;
};

struct opened_descriptor {
  file_descriptor descriptor;
  std::uint64_t size_bytes = 0;
};

/// Opens a regular file; follows no symlink and never waits for another process (fifos). \return
/// missing, mismatch (no regular file) or io.
[[nodiscard]] result<opened_descriptor> open_regular_descriptor(const std::filesystem::path& path);
/// The same as a source of bytes.
[[nodiscard]] result<opened_file> open_regular_file(const std::filesystem::path& path);

/// Makes a new file and refuses to touch one that is there.
[[nodiscard]] result<file_descriptor> create_file(const std::filesystem::path& path);
[[nodiscard]] result<void> write_all(const file_descriptor& file, byte_view data,
                                     const std::filesystem::path& path);
/// Closes, so that late errors of writing are seen.
[[nodiscard]] result<void> close_file(file_descriptor file, const std::filesystem::path& path);

}  // namespace sandoq
