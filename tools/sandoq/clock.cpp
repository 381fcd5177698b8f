#include "clock.hpp"

#include <chrono>

namespace sandoq::tool {

time_ms now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count())};
}

std::chrono::sys_seconds seconds_of(time_ms time) {
  return std::chrono::sys_seconds(std::chrono::seconds(time.value / 1000));
}

}  // namespace sandoq::tool
