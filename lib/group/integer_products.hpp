#pragma once

#include "lib/group/integer_lanes.hpp"
#include "lib/kernels/montgomery_select.hpp"

namespace sandoq::integers {

/// products[c] *= in[row * columns + c] modulo m for all rows; columns numbers below m lie one
/// after another in products, rows * columns in `in`. m as for lane_ring.
///
/// The numbers are taken as they are: each Montgomery product loses a factor R, and the power of R
/// that is missing is made good once at the end. Cost: a Montgomery product in a lane for each
/// number.
void multiply_columns_vartime(
    limb_span products, limb_view in, limb_view m,
    const kernels::montgomery_table& kernel = kernels::montgomery_kernel());

}  // namespace sandoq::integers
