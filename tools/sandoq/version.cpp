#include <fmt/core.h>

#include "commands.hpp"
#include "sandoq/core/protocol.hpp"
#include "sandoq/group/kernel_name.hpp"

namespace sandoq::tool {

std::string_view version_number() {
  return SANDOQ_VERSION;
}

std::string version_text() {
  return fmt::format("sandoq {}\nsuites   {} (ristretto255)\nkernel   {}\nbuilt by {}",
                     version_number(), suite_name, ristretto255_kernel_name(), SANDOQ_COMPILER);
}

}  // namespace sandoq::tool
