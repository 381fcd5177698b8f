#pragma once

#include "commands.hpp"
#include "report.hpp"
#include "sandoq/verify/verify_record.hpp"

namespace sandoq::tool {

/// Verifies the record that the options name, showing progress on standard error.
/// Errors: arguments that cannot be understood, a directory that cannot be read.
[[nodiscard]] result<record_verdict> check_record(const record_options& options);

[[nodiscard]] pinning pinning_of(const record_options& options) noexcept;

}  // namespace sandoq::tool
