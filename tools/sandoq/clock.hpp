#pragma once

#include "sandoq/ballot/journal.hpp"

namespace sandoq::tool {

/// The time of this machine's clock.
[[nodiscard]] time_ms now();

}  // namespace sandoq::tool
