#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "language.hpp"
#include "report.hpp"
#include "sandoq/verify/verify_record.hpp"

namespace sandoq::tool {

/// What a report tells, besides the verdict.
struct report_setting {
  pinning pinned = pinning::absent;
  language first = language::english;  ///< the one that is shown when the file is opened
  std::chrono::sys_seconds made{};
  std::string_view version;
};

/// The report as one HTML file: no script, nothing from elsewhere, both languages. What the record
/// says is escaped and kept in its own direction. Results are shown only if it was accepted.
[[nodiscard]] std::string report_html(const record_verdict& found, const report_setting& setting);

}  // namespace sandoq::tool
