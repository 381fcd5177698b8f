#pragma once

#include <filesystem>
#include <random>
#include <string>

namespace sandoq::testing {

/// A directory of its own under the system's place for such, removed at the end with all it holds.
class temporary_directory {
 public:
  temporary_directory() {
    std::random_device random;
    do {
      path_ = std::filesystem::temp_directory_path() /
              ("sandoq-test-" + std::to_string(random()) + "-" + std::to_string(random()));
    } while (!std::filesystem::create_directory(path_));
  }
  ~temporary_directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  temporary_directory(const temporary_directory&) = delete;
  temporary_directory& operator=(const temporary_directory&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace sandoq::testing
