// The Montgomery products of a vector kernel without vector instructions.

#define SANDOQ_KERNEL_OUTLINED  // the compiler chooses what to inline
#include "lib/kernels/lanes/emulated.hpp"
#include "lib/kernels/make_montgomery_table.hpp"
#include "lib/kernels/montgomery_fma.hpp"

namespace sandoq::kernels {

const montgomery_table emulated_fma_montgomery =
    make_montgomery_table<montgomery_fma<emulated_lanes>>("emulated-fma", true);

}  // namespace sandoq::kernels
