// The Montgomery products of a vector kernel without vector instructions.

#define SANDOQ_KERNEL_OUTLINED  // the compiler chooses what to inline
#include "lib/kernels/lanes/emulated.hpp"
#include "lib/kernels/make_montgomery_table.hpp"
#include "lib/kernels/montgomery_ifma.hpp"

namespace sandoq::kernels {

const montgomery_table emulated_ifma_montgomery =
    make_montgomery_table<montgomery_ifma<emulated_lanes>>("emulated-ifma", false);

}  // namespace sandoq::kernels
