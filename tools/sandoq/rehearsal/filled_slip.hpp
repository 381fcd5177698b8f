#pragma once

#include <string>

#include "../scenario.hpp"

namespace sandoq::tool {

/// A voter's choices as `sandoq booth ballot` reads them (read_choices), whole lines.
[[nodiscard]] std::string filled_slip(const manifest& plan, const voter& v);

}  // namespace sandoq::tool
