#pragma once

#include <string>
#include <string_view>

#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// Brings a display text into the form in which manifests keep it: Unicode NFC; in Persian texts
/// Arabic yeh and kaf become their Persian letters. Errors: bad_text if it is not UTF-8. SPEC(50.8)
[[nodiscard]] result<std::string> normalised_label(std::string_view language,
                                                   std::string_view text);

}  // namespace sandoq::tool
