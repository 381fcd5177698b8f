#include "scratch_directory.hpp"

#include <array>
#include <atomic>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <string>
#include <system_error>

namespace sandoq::tool {

namespace fs = std::filesystem;

namespace {

/// The paths of those that are there, where they can be read when there is no memory left.
struct noted_path {
  std::atomic<bool> taken = false;
  std::atomic<bool> there = false;  ///< the text is whole, and so is the directory
  std::array<char, PATH_MAX> text{};
};
std::array<noted_path, 4>
    noted_paths;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

/// \return null if all places are taken or the path is longer than any can be.
noted_path* free_place(const std::string& path) {
  for (noted_path& place : noted_paths) {
    if (path.size() < place.text.size() && !place.taken.exchange(true)) {
      return &place;
    }
  }
  return nullptr;
}

void forget(const fs::path& path) {
  for (noted_path& place : noted_paths) {
    if (place.there && std::strcmp(path.c_str(), place.text.data()) == 0) {
      place.there = false;
      place.taken = false;
    }
  }
}

bool removed(const noted_path& place) {
  try {
    std::error_code problem;
    fs::remove_all(place.text.data(), problem);
    return !problem;
  } catch (const std::exception&) {
    return false;  // no memory for that
  }
}

}  // namespace

result<scratch_directory> scratch_directory::make() {
  std::error_code problem;
  std::string pattern = (fs::temp_directory_path(problem) / "sandoq-XXXXXX").string();
  noted_path* const place = problem ? nullptr : free_place(pattern);
  if (place == nullptr || mkdtemp(pattern.data()) == nullptr) {
    if (place != nullptr) {
      place->taken = false;
    }
    return fail(errc::io, pattern, "no temporary directory can be made");
  }
  std::memcpy(place->text.data(), pattern.c_str(), pattern.size() + 1);
  place->there = true;
  return scratch_directory(pattern);
}

scratch_directory::~scratch_directory() {
  if (!path_.empty()) {
    std::error_code problem;
    fs::remove_all(path_, problem);
    if (!problem) {  // else it is said at the end
      forget(path_);
    }
  }
}

void remove_scratch_directories() noexcept {
  static std::atomic<bool> begun = false;
  // A function that may not throw can lack memory while it removes: that ends here again.
  const bool first = !begun.exchange(true);
  for (const noted_path& place : noted_paths) {
    if (place.there && !(first && removed(place))) {
      std::fprintf(stderr, "sandoq: a directory of its own is left; delete %s\n",
                   place.text.data());
    }
  }
}

}  // namespace sandoq::tool
