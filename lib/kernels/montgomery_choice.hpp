#pragma once

// Kernels for products of integers by name, for tests. The library does not link this.

#include <vector>

#include "lib/kernels/montgomery_table.hpp"

namespace sandoq::kernels {

/// All that can run here, the portable one first, emulated ones last.
[[nodiscard]] std::vector<const montgomery_table*> montgomery_kernels_here();

}  // namespace sandoq::kernels
