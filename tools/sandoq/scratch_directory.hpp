#pragma once

#include <filesystem>
#include <utility>

#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// A directory of its own in the system's place for such things; it goes away with its object, or
/// by remove_scratch_directories().
class scratch_directory {
 public:
  /// \return io if none can be made, or four are there already.
  [[nodiscard]] static result<scratch_directory> make();

  scratch_directory(scratch_directory&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  scratch_directory(const scratch_directory&) = delete;
  scratch_directory& operator=(const scratch_directory&) = delete;
  scratch_directory& operator=(scratch_directory&&) = delete;
  ~scratch_directory();

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  explicit scratch_directory(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

/// For an end without destructors: removes every scratch directory that is there, and says on
/// standard error which could not be removed, without need of memory. Whoever comes second, even
/// from within, only says it.
void remove_scratch_directories() noexcept;

}  // namespace sandoq::tool
