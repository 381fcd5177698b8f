// The kernel on doubles without vector instructions.

#define SANDOQ_KERNEL_OUTLINED  // the compiler chooses what to inline
#include "lib/kernels/field25519_fma.hpp"
#include "lib/kernels/lanes/emulated.hpp"
#include "lib/kernels/make_table.hpp"

namespace sandoq::kernels {

constinit const ristretto255_table emulated_fma_ristretto255 =
    make_ristretto255_table<field25519_fma<emulated_lanes>, 1>("emulated-fma", true);

}  // namespace sandoq::kernels
