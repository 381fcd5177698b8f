#pragma once

#include "lib/group/integer_lanes.hpp"
#include "lib/kernels/montgomery_select.hpp"

namespace sandoq::integers {

/// symbols[i] = the Jacobi symbol (x_i/m), 1, -1 or 0, of numbers below m that lie one after
/// another. In the lanes of the kernel; what it does not decide, and a single one, by GMP. m as for
/// lane_ring.
void jacobi_symbols_vartime(std::span<signed char> symbols, limb_view xs, limb_view m,
                            const kernels::montgomery_table& kernel = kernels::montgomery_kernel());

}  // namespace sandoq::integers
