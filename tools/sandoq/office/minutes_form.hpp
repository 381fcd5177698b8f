#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "../language.hpp"
#include "ceremony_minutes.hpp"

/// \file
/// The minutes of a key ceremony as people read them.                                  SPEC(85.7)
namespace sandoq::tool {

/// For a terminal; in Persian with the marks that show it from right to left.
[[nodiscard]] std::string minutes_text(language in, const minuted_ceremony& ceremony);

/// As one HTML file in both languages. \param first  the one that is shown when it is opened
[[nodiscard]] std::string minutes_html(language first, const minuted_ceremony& ceremony,
                                       std::chrono::sys_seconds made, std::string_view version);

}  // namespace sandoq::tool
