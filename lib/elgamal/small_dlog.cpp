#include "sandoq/elgamal/small_dlog.hpp"

#include "lib/elgamal/small_dlog.core.hpp"

namespace sandoq {

template class small_dlog<ristretto255>;

}  // namespace sandoq
