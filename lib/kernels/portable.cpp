// One lane of 64-bit words, on any processor. Two chains of squarings run interleaved.

#include "lib/kernels/field25519_portable.hpp"
#include "lib/kernels/make_table.hpp"

namespace sandoq::kernels {

constinit const ristretto255_table portable_ristretto255 =
    make_ristretto255_table<field25519_portable, 2>("portable", false);

}  // namespace sandoq::kernels
