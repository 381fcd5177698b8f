#include "lib/kernels/montgomery_select.hpp"

#include "lib/kernels/select.hpp"

namespace sandoq::kernels {

const montgomery_table& montgomery_kernel() noexcept {
#ifdef SANDOQ_VECTOR_KERNELS
  const ristretto255_table* chosen = &ristretto255_kernel();
  if (chosen == &avx512_ifma_ristretto255) {
    return avx512_ifma_montgomery;
  }
  if (chosen == &avx512_ristretto255) {
    return avx512_montgomery;
  }
  if (chosen == &avx2_ristretto255) {
    return avx2_montgomery;
  }
#endif
  return portable_montgomery;
}

}  // namespace sandoq::kernels
