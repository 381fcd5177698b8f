#include "lib/kernels/montgomery_choice.hpp"

#include "lib/kernels/select.hpp"

namespace sandoq::kernels {

std::vector<const montgomery_table*> montgomery_kernels_here() {
  std::vector<const montgomery_table*> out = {&portable_montgomery};
#ifdef SANDOQ_VECTOR_KERNELS
  if (runs_here(avx2_ristretto255)) {
    out.push_back(&avx2_montgomery);
  }
  if (runs_here(avx512_ristretto255)) {
    out.push_back(&avx512_montgomery);
  }
  if (runs_here(avx512_ifma_ristretto255)) {
    out.push_back(&avx512_ifma_montgomery);
  }
#endif
  out.push_back(&emulated_fma_montgomery);
  out.push_back(&emulated_ifma_montgomery);
  return out;
}

}  // namespace sandoq::kernels
