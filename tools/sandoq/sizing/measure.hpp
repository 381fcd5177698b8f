#pragma once

#include <span>
#include <vector>

#include "machine_profile.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// The costs x, none negative, for which the products of rows and x come nearest to what was
/// measured, in relation to it: the least sum of squares of (row*x - measured)/measured.
/// \pre as many rows as measurements, each of the same length; measurements above 0
[[nodiscard]] std::vector<double> fitted_costs(std::span<const std::vector<double>> rows,
                                               std::span<const double> measured);

/// Holds small drills of several shapes in a scratch directory, each three times, and fits costs
/// to the medians of their phases. Takes some seconds; a machine with other work is measured too
/// slow. Errors: io.
[[nodiscard]] result<machine_profile> measure_machine(executor& workers);

}  // namespace sandoq::tool
