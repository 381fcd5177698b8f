#include <fmt/core.h>

#include "commands.hpp"
#include "sandoq/core/protocol.hpp"

namespace sandoq::tool {

std::string_view version_number() {
  return SANDOQ_VERSION;
}

std::string version_text() {
  return fmt::format(
      "sandoq {}\nsuites   {} (ristretto255)\nkernels  portable (5x51-bit limbs)\nbuilt by {}",
      version_number(), suite_name, SANDOQ_COMPILER);
}

}  // namespace sandoq::tool
