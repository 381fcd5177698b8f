#pragma once

#include <string>
#include <string_view>

#include "language.hpp"

namespace sandoq::tool {

/// A value of an allocation (spec 76.6, "N" or "N/D") for people: "8.61" where nine digits are
/// enough, otherwise "24/7 ≈ 3.43", and of more than 40 digits the rounded value alone, because the
/// record has the exact one. In Persian with Persian digits and a fraction slash. What is no such
/// value is shown as it stands.
[[nodiscard]] std::string exact_text(language in, std::string_view value);

}  // namespace sandoq::tool
