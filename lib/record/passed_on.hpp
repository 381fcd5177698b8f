#pragma once

#include <utility>

#include "sandoq/core/result.hpp"

namespace sandoq {

/// The error of one result as the error of another. \post e is moved from
[[nodiscard]] inline tl::unexpected<error> passed_on(error& e) {
  return tl::unexpected<error>(std::move(e));
}

}  // namespace sandoq
