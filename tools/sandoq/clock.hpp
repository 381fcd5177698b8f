#pragma once

#include <chrono>

#include "sandoq/ballot/journal.hpp"

namespace sandoq::tool {

/// The time of this machine's clock.
[[nodiscard]] time_ms now();

/// A time in whole seconds, as people read it.
[[nodiscard]] std::chrono::sys_seconds seconds_of(time_ms time);

}  // namespace sandoq::tool
