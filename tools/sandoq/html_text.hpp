#pragma once

#include <string>
#include <string_view>

#include "language.hpp"

namespace sandoq::tool {

/// Text from outside as HTML, for content and for quoted attributes: what could draw or reverse is
/// made visible (shown()), then & < > " ' become references.
[[nodiscard]] std::string html(std::string_view text);

/// The same in <bdi>, so that its direction stays its own.
[[nodiscard]] std::string html_isolated(std::string_view text);

/// A label in <bdi>, with its language where it is not that of the text around it.
[[nodiscard]] std::string html_label(language around, const chosen_label& called);

/// An id, a hash or a command: left to right, whatever stands around it.
[[nodiscard]] std::string html_code(std::string_view text);

}  // namespace sandoq::tool
