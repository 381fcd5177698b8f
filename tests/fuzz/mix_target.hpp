#pragma once

#include <map>
#include <string_view>

#include "sandoq/core/bytes.hpp"

namespace sandoq::fuzzing {

/// Well-formed inputs of the family `mix`, by the name of the row, without the row in front.
[[nodiscard]] std::multimap<std::string_view, bytes> mix_inputs();

}  // namespace sandoq::fuzzing
