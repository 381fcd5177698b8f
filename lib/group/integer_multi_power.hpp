#pragma once

#include "lib/group/integer_lanes.hpp"
#include "lib/kernels/montgomery_select.hpp"

namespace sandoq::integers {

/// The product of bases[i]^exponents[i] mod m; 1 for no factors. Bases and exponents lie one after
/// another, n and exponent_limbs limbs each; bases are below m, exponents of any value. m as for
/// lane_ring. By shared squarings (Straus, a base in every lane) or by buckets (Pippenger, a window
/// in every lane), on the kernel or on the portable one, whichever should take less time. Memory,
/// beside the arguments: by buckets a row of at most 88 words for each base and each of the
/// lanes << w buckets, w <= 14; by shared squarings one for each of the 2^w entries of a base, w <=
/// 7, for so few bases that this takes less time.
void multi_power_vartime(limb_span out, limb_view bases, limb_view exponents,
                         std::size_t exponent_limbs, limb_view m,
                         const kernels::montgomery_table& kernel = kernels::montgomery_kernel());
/// The two methods, for tests.
void multi_power_straus_vartime(limb_span out, limb_view bases, limb_view exponents,
                                std::size_t exponent_limbs, limb_view m,
                                const kernels::montgomery_table& kernel);
void multi_power_pippenger_vartime(limb_span out, limb_view bases, limb_view exponents,
                                   std::size_t exponent_limbs, limb_view m,
                                   const kernels::montgomery_table& kernel);

}  // namespace sandoq::integers
