// The kernel on integers without vector instructions.

#define SANDOQ_KERNEL_OUTLINED  // the compiler chooses what to inline
#include "lib/kernels/field25519_ifma.hpp"
#include "lib/kernels/lanes/emulated.hpp"
#include "lib/kernels/make_table.hpp"

namespace sandoq::kernels {

constinit const ristretto255_table emulated_ifma_ristretto255 =
    make_ristretto255_table<field25519_ifma<emulated_lanes>, 1>("emulated-ifma", false);

}  // namespace sandoq::kernels
