#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "sandoq/core/bytes.hpp"

namespace sandoq::fuzzing {

/// Inputs of the rows of the booth target, without the row's number: one device from its enrolment
/// to its close, and ballots as a screen hands them over.
[[nodiscard]] std::vector<std::pair<std::string_view, bytes>> booth_inputs();

}  // namespace sandoq::fuzzing
