// AVX2 and FMA: four lanes.

#include "lib/kernels/lanes/avx2.hpp"

#include "lib/kernels/field25519_fma.hpp"
#include "lib/kernels/make_table.hpp"

namespace sandoq::kernels {

constinit const ristretto255_table avx2_ristretto255 =
    make_ristretto255_table<field25519_fma<avx2_lanes>, 2>("avx2", true);

}  // namespace sandoq::kernels
