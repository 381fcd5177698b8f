// AVX2 and FMA: four Montgomery products at a time.

#include "lib/kernels/lanes/avx2.hpp"
#include "lib/kernels/make_montgomery_table.hpp"
#include "lib/kernels/montgomery_fma.hpp"

namespace sandoq::kernels {

const montgomery_table avx2_montgomery =
    make_montgomery_table<montgomery_fma<avx2_lanes>>("avx2", true);

}  // namespace sandoq::kernels
