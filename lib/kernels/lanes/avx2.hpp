#pragma once

// Four lanes: AVX2 and FMA.

#include <immintrin.h>

#include "lib/kernels/lanes/vectors.hpp"

namespace sandoq::kernels {
namespace {

struct avx2_lanes : common_lanes<4> {
  /// a*b + c, rounded once, to nearest.
  SANDOQ_KERNEL_INLINE f64 fma(f64 a, f64 b, f64 c) noexcept { return _mm256_fmadd_pd(a, b, c); }

  SANDOQ_KERNEL_INLINE void load_columns(u64 (&columns)[4],
                                         const uint64_t* const (&rows)[4]) noexcept {
    __m256i v[4];
    for (int i = 0; i < 4; ++i) {
      v[i] = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(rows[i]));
    }
    transpose(v);
    for (int i = 0; i < 4; ++i) {
      columns[i] = __builtin_bit_cast(u64, v[i]);
    }
  }
  SANDOQ_KERNEL_INLINE void store_columns(uint64_t* const (&rows)[4],
                                          const u64 (&columns)[4]) noexcept {
    __m256i v[4];
    for (int i = 0; i < 4; ++i) {
      v[i] = __builtin_bit_cast(__m256i, columns[i]);
    }
    transpose(v);
    for (int i = 0; i < 4; ++i) {
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(rows[i]), v[i]);
    }
  }

  /// Four entries at a time, by a permutation of halves of words.
  SANDOQ_KERNEL_INLINE u64 pick_16(const uint64_t* entries, u64 index) noexcept {
    const u64 low = (index & 3U) << 1U;
    const __m256i halves = __builtin_bit_cast(__m256i, low | ((low + 1) << 32U));
    u64 out{};
    for (uint64_t quarter = 0; quarter < 4; ++quarter) {
      const __m256i four = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(entries) + quarter);
      const __m256i picked = _mm256_permutevar8x32_epi32(four, halves);
      out |= __builtin_bit_cast(u64, picked) & equal(index >> 2U, u64{} + quarter);
    }
    return out;
  }

 private:
  SANDOQ_KERNEL_INLINE void transpose(__m256i (&v)[4]) noexcept {
    const __m256i a = _mm256_unpacklo_epi64(v[0], v[1]);
    const __m256i b = _mm256_unpackhi_epi64(v[0], v[1]);
    const __m256i c = _mm256_unpacklo_epi64(v[2], v[3]);
    const __m256i d = _mm256_unpackhi_epi64(v[2], v[3]);
    v[0] = _mm256_permute2x128_si256(a, c, 0x20);
    v[1] = _mm256_permute2x128_si256(b, d, 0x20);
    v[2] = _mm256_permute2x128_si256(a, c, 0x31);
    v[3] = _mm256_permute2x128_si256(b, d, 0x31);
  }
};

}  // namespace
}  // namespace sandoq::kernels
