// AVX-512 F, DQ and VL: eight lanes of doubles.

#include "lib/kernels/lanes/avx512.hpp"

#include "lib/kernels/field25519_fma.hpp"
#include "lib/kernels/make_table.hpp"

namespace sandoq::kernels {

constinit const ristretto255_table avx512_ristretto255 =
    make_ristretto255_table<field25519_fma<avx512_lanes>, 2>("avx512", true);

}  // namespace sandoq::kernels
