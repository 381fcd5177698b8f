// AVX-512 IFMA: eight Montgomery products at a time, on integers.

#include "lib/kernels/lanes/avx512.hpp"
#include "lib/kernels/make_montgomery_table.hpp"
#include "lib/kernels/montgomery_ifma.hpp"

namespace sandoq::kernels {

const montgomery_table avx512_ifma_montgomery =
    make_montgomery_table<montgomery_ifma<avx512_lanes>>("avx512-ifma", false);

}  // namespace sandoq::kernels
