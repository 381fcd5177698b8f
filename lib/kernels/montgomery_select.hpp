#pragma once

#include "lib/kernels/montgomery_table.hpp"

namespace sandoq::kernels {

/// The kernel for products of integers that goes with ristretto255_kernel() of this thread now: the
/// same processor, the same choice in tests.
[[nodiscard]] const montgomery_table& montgomery_kernel() noexcept;

}  // namespace sandoq::kernels
