#pragma once

#include <string>
#include <string_view>

namespace sandoq::tool {

/// A text that came from outside, for a terminal: control characters, line and paragraph separators
/// and characters that reverse the direction of what follows are written as \\xNN or \\uNNNN, bytes
/// that are no UTF-8 as \\xNN. So no record can draw a verdict of its own on somebody's screen.
[[nodiscard]] std::string shown(std::string_view text);

}  // namespace sandoq::tool
