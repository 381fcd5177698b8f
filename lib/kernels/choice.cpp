#include "lib/kernels/choice.hpp"

namespace sandoq::kernels {

std::vector<const ristretto255_table*> kernels_here() {
  std::vector<const ristretto255_table*> out = {&portable_ristretto255};
#ifdef SANDOQ_VECTOR_KERNELS
  for (const ristretto255_table* kernel :
       {&avx2_ristretto255, &avx512_ristretto255, &avx512_ifma_ristretto255}) {
    if (runs_here(*kernel)) {
      out.push_back(kernel);
    }
  }
#endif
  out.push_back(&emulated_fma_ristretto255);
  out.push_back(&emulated_ifma_ristretto255);
  return out;
}

const ristretto255_table* kernel_named(std::string_view name) {
  for (const ristretto255_table* kernel : kernels_here()) {
    if (name == kernel->name) {
      return kernel;
    }
  }
  return nullptr;
}

}  // namespace sandoq::kernels
