#include "tests/support/source_dir.hpp"

namespace sandoq::testing {

std::string source_dir() {
  return SANDOQ_SOURCE_DIR;
}

}  // namespace sandoq::testing
