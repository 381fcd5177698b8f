#pragma once

#include <string>
#include <string_view>

#include "language.hpp"

namespace sandoq::tool {

/// One file that shows the same in both languages: no script, nothing from elsewhere.
struct html_page {
  language first = language::english;  ///< the one that is shown when the file is opened
  std::string_view version;            ///< of the tool
  std::string title;                   ///< plain text, in the first language
  std::string_view style;              ///< the style sheet
  std::string english;                 ///< what stands in <main>, as HTML
  std::string persian;

  [[nodiscard]] std::string text() const;
};

/// The start of every page, by which an older one is recognised.
[[nodiscard]] std::string_view report_signature() noexcept;

}  // namespace sandoq::tool
