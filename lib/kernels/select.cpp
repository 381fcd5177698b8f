#include "lib/kernels/select.hpp"

#include <atomic>

#ifdef SANDOQ_VECTOR_KERNELS
#include <xmmintrin.h>
#else
#include <cfenv>
#endif

namespace sandoq::kernels {
namespace {

std::atomic<const ristretto255_table*> forced = nullptr;

#ifdef SANDOQ_VECTOR_KERNELS

bool rounds_to_nearest() noexcept {
  constexpr unsigned rounding = 0x6000;      // 0: to nearest
  constexpr unsigned inexact_mask = 0x1000;  // set: an inexact result does not trap
  return (_mm_getcsr() & (rounding | inexact_mask)) == inexact_mask;
}

const ristretto255_table& best_kernel() noexcept {
  for (const ristretto255_table* kernel :
       {&avx512_ifma_ristretto255, &avx512_ristretto255, &avx2_ristretto255}) {
    if (runs_here(*kernel)) {
      return *kernel;
    }
  }
  return portable_ristretto255;
}

#else

bool rounds_to_nearest() noexcept {
  return std::fegetround() == FE_TONEAREST;
}
const ristretto255_table& best_kernel() noexcept {
  return portable_ristretto255;
}

#endif

}  // namespace

bool runs_here([[maybe_unused]] const ristretto255_table& kernel) noexcept {
#ifdef SANDOQ_VECTOR_KERNELS
  const bool avx2 = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0 &&
                    __builtin_cpu_supports("bmi2") != 0;
  const bool avx512 =
      avx2 && __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
      __builtin_cpu_supports("avx512vl") != 0 && __builtin_cpu_supports("avx512bw") != 0;
  if (&kernel == &avx2_ristretto255) {
    return avx2;
  }
  if (&kernel == &avx512_ristretto255) {
    return avx512;
  }
  if (&kernel == &avx512_ifma_ristretto255) {
    return avx512 && __builtin_cpu_supports("avx512ifma") != 0;
  }
#endif
  return true;  // portable or emulated
}

const ristretto255_table& ristretto255_kernel() noexcept {
  static const ristretto255_table& best = best_kernel();
  const ristretto255_table* choice = forced.load(std::memory_order_acquire);
  const ristretto255_table& kernel = choice != nullptr ? *choice : best;
  return usable_now(kernel) ? kernel : portable_ristretto255;
}

bool usable_now(const ristretto255_table& kernel) noexcept {
  return !kernel.needs_rounding_to_nearest || rounds_to_nearest();
}

void detail::force(const ristretto255_table* kernel) noexcept {
  forced.store(kernel, std::memory_order_release);
}

}  // namespace sandoq::kernels
