// AVX-512 IFMA: eight lanes of integers.

#include "lib/kernels/field25519_ifma.hpp"
#include "lib/kernels/lanes/avx512.hpp"
#include "lib/kernels/make_table.hpp"

namespace sandoq::kernels {

constinit const ristretto255_table avx512_ifma_ristretto255 =
    make_ristretto255_table<field25519_ifma<avx512_lanes>, 2>("avx512-ifma", false);

}  // namespace sandoq::kernels
