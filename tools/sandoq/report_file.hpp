#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "language.hpp"
#include "report.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// Where a report goes: beside the record, never into it. `wanted` is the file that was asked for;
/// if it is empty, the record's directory with ".html" behind its name.
/// Errors: io if the directory has no name or the file would lie in it, or if something is there
/// already that is no report.
[[nodiscard]] result<std::filesystem::path> report_place(const std::filesystem::path& record,
                                                         const std::string& wanted);

/// Writes the report of this moment, whole or not at all; an older report there is replaced.
/// \param first the language that it shows when it is opened. \return its size in bytes. Errors:
/// io.
[[nodiscard]] result<std::uint64_t> make_report(const std::filesystem::path& place,
                                                const record_verdict& found, pinning pinned,
                                                language first);

/// Puts a page there, whole or not at all. \return its size in bytes. \pre report_place
[[nodiscard]] result<std::uint64_t> put_page(const std::filesystem::path& place,
                                             const std::string& text);

}  // namespace sandoq::tool
