#pragma once

#include "sandoq/core/secret.hpp"

namespace sandoq::testing {

[[nodiscard]] inline bytes plain(const secret_bytes& octets) {
  return declassify<"a test looks at it">(octets);
}

}  // namespace sandoq::testing
