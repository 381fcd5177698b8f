#include "scratch_directory.hpp"

#include <cstdlib>
#include <string>
#include <system_error>

namespace sandoq::tool {

namespace fs = std::filesystem;

result<scratch_directory> scratch_directory::make() {
  std::error_code problem;
  std::string pattern = (fs::temp_directory_path(problem) / "sandoq-XXXXXX").string();
  if (problem || mkdtemp(pattern.data()) == nullptr) {
    return fail(errc::io, pattern, "no temporary directory can be made");
  }
  return scratch_directory(pattern);
}

scratch_directory::~scratch_directory() {
  if (!path_.empty()) {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
}

}  // namespace sandoq::tool
