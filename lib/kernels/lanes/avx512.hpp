#pragma once

// Eight lanes: AVX-512 F, DQ and VL; with AVX-512 IFMA also the integer products of 52 bits.

#include <immintrin.h>

#include "lib/kernels/lanes/vectors.hpp"

namespace sandoq::kernels {
namespace {

struct avx512_lanes : common_lanes<8> {
  /// a*b + c, rounded once, to nearest.
  SANDOQ_KERNEL_INLINE f64 fma(f64 a, f64 b, f64 c) noexcept { return _mm512_fmadd_pd(a, b, c); }

#ifdef __AVX512IFMA__
  /// c + the low 52 bits of a*b. Only the low 52 bits of a and b are read.
  SANDOQ_KERNEL_INLINE u64 madd_low(u64 c, u64 a, u64 b) noexcept {
    return __builtin_bit_cast(u64, _mm512_madd52lo_epu64(as_m512i(c), as_m512i(a), as_m512i(b)));
  }
  /// c + a*b / 2^52, rounded down.
  SANDOQ_KERNEL_INLINE u64 madd_high(u64 c, u64 a, u64 b) noexcept {
    return __builtin_bit_cast(u64, _mm512_madd52hi_epu64(as_m512i(c), as_m512i(a), as_m512i(b)));
  }
#endif

  SANDOQ_KERNEL_INLINE void load_columns(u64 (&columns)[8],
                                         const uint64_t* const (&rows)[8]) noexcept {
    __m512i v[8];
    for (int i = 0; i < 8; ++i) {
      v[i] = _mm512_loadu_si512(rows[i]);
    }
    transpose(v);
    for (int i = 0; i < 8; ++i) {
      columns[i] = __builtin_bit_cast(u64, v[i]);
    }
  }
  SANDOQ_KERNEL_INLINE void store_columns(uint64_t* const (&rows)[8],
                                          const u64 (&columns)[8]) noexcept {
    __m512i v[8];
    for (int i = 0; i < 8; ++i) {
      v[i] = as_m512i(columns[i]);
    }
    transpose(v);
    for (int i = 0; i < 8; ++i) {
      _mm512_storeu_si512(rows[i], v[i]);
    }
  }

  SANDOQ_KERNEL_INLINE u64 pick_16(const uint64_t* entries, u64 index) noexcept {
    return __builtin_bit_cast(
        u64, _mm512_permutex2var_epi64(_mm512_loadu_si512(entries), as_m512i(index),
                                       _mm512_loadu_si512(entries + 8)));
  }

 private:
  SANDOQ_KERNEL_INLINE void transpose(__m512i (&v)[8]) noexcept {
    __m512i pairs[8];
    __m512i quads[8];
    for (int i = 0; i < 8; i += 2) {
      pairs[i] = _mm512_unpacklo_epi64(v[i], v[i + 1]);
      pairs[i + 1] = _mm512_unpackhi_epi64(v[i], v[i + 1]);
    }
    for (int i = 0; i < 2;
         ++i) {  // quads[4*h + 2*j + i]: half h of the rows, 128-bit lanes 0 and 2 or 1 and 3
      for (int h = 0; h < 2; ++h) {
        quads[4 * h + i] = _mm512_shuffle_i64x2(pairs[4 * h + i], pairs[4 * h + 2 + i], 0x88);
        quads[4 * h + 2 + i] = _mm512_shuffle_i64x2(pairs[4 * h + i], pairs[4 * h + 2 + i], 0xdd);
      }
    }
    for (int j = 0; j < 4; ++j) {
      v[j] = _mm512_shuffle_i64x2(quads[j], quads[4 + j], 0x88);
      v[4 + j] = _mm512_shuffle_i64x2(quads[j], quads[4 + j], 0xdd);
    }
  }
  SANDOQ_KERNEL_INLINE __m512i as_m512i(u64 a) noexcept {
    return __builtin_bit_cast(__m512i, a);
  }
};

}  // namespace
}  // namespace sandoq::kernels
