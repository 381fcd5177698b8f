// AVX-512 F, DQ, VL and BW: eight Montgomery products at a time, on doubles.

#include "lib/kernels/lanes/avx512.hpp"
#include "lib/kernels/make_montgomery_table.hpp"
#include "lib/kernels/montgomery_fma.hpp"

namespace sandoq::kernels {

const montgomery_table avx512_montgomery =
    make_montgomery_table<montgomery_fma<avx512_lanes>>("avx512", true);

}  // namespace sandoq::kernels
