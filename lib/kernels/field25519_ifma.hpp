#pragma once

// The field of 2^255 - 19 on AVX-512 IFMA: five words of radix 2^51. The instructions multiply the
// low 52 bits of two words and add the low or the high 52 bits of the product to a third. A high
// half is worth 2^52 = 2*2^51, so it counts twice in the next column.
//
// Bounds. A word of limbs<M> is below M*B, B = 2^51 + 2^15. mul() takes limbs<1>, since B < 2^52. A
// column has at most five low halves and twice five high ones, each below 2^52, and 19 times the
// column five further up: below 2^52*(15 + 19*15) < 2^61. Its carry is below 2^10, and 19 times the
// one of column 4 (which has nothing above it but high halves) is below 2^15.

#include "lib/kernels/words51.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq::kernels {
namespace {

template <class L>
struct field25519_ifma {
  using lanes = L;
  using u64 = typename L::u64;

  template <int M>
  struct limbs {
    u64 v[5];
  };
  using element = limbs<1>;
  /// Digits of limbs<1> are below this; products may be of limbs<most_left> and limbs<most_right>.
  static constexpr int64_t digit_bound = (int64_t{1} << 51U) + (int64_t{1} << 15U);
  static constexpr bool signed_digits = false;
  static constexpr int most_left = 1;
  static constexpr int most_right = 1;
  using words = limbs<1>;

  template <int M, int N>
  SANDOQ_KERNEL_INLINE limbs<M + N> add(const limbs<M>& a, const limbs<N>& b) noexcept {
    limbs<M + N> out;
    for (int i = 0; i < 5; ++i) {
      out.v[i] = a.v[i] + b.v[i];
    }
    check(out);
    return out;
  }
  /// a + (N + 1)*p - b: no word becomes negative.
  template <int M, int N>
  SANDOQ_KERNEL_INLINE limbs<M + N + 1> sub(const limbs<M>& a, const limbs<N>& b) noexcept {
    limbs<M + N + 1> out;
    for (int i = 0; i < 5; ++i) {
      out.v[i] = a.v[i] + (N + 1) * (mask - (i == 0 ? 18 : 0)) - b.v[i];
    }
    check(out);
    return out;
  }
  template <int M>
  SANDOQ_KERNEL_INLINE element negate(const limbs<M>& a) noexcept {
    limbs<0> zero{};
    return carry(sub(zero, a));
  }

  template <int M>
  SANDOQ_KERNEL_INLINE element carry(const limbs<M>& a) noexcept {
    static_assert(M <= 512);
    element out;
    out.v[0] = (a.v[0] & mask) + words51<lanes>::times_19(a.v[4] >> 51U);
    for (int i = 1; i < 5; ++i) {
      out.v[i] = (a.v[i] & mask) + (a.v[i - 1] >> 51U);
    }
    check(out);
    return out;
  }
  /// What may stand left, and what may stand right of mul().
  using left_factor = element;
  using right_factor = element;
  template <int M>
  SANDOQ_KERNEL_INLINE left_factor left(const limbs<M>& a) noexcept {
    return carry(a);
  }
  template <int M>
  SANDOQ_KERNEL_INLINE right_factor right(const limbs<M>& a) noexcept {
    return carry(a);
  }
  SANDOQ_KERNEL_INLINE right_factor right(const element& a) noexcept { return a; }

  SANDOQ_KERNEL_INLINE element mul(const element& a, const element& b) noexcept {
    check(a);
    check(b);
    u64 low[10] = {};
    u64 high[10] = {};
#pragma GCC unroll 5
    for (int i = 0; i < 5; ++i) {
#pragma GCC unroll 5
      for (int j = 0; j < 5; ++j) {
        low[i + j] = L::madd_low(low[i + j], a.v[i], b.v[j]);
        high[i + j + 1] = L::madd_high(high[i + j + 1], a.v[i], b.v[j]);
      }
    }
    u64 column[10];
#pragma GCC unroll 10
    for (int k = 0; k < 10; ++k) {
      column[k] = low[k] + (high[k] + high[k]);
    }
    return fold(column);
  }

  SANDOQ_KERNEL_INLINE element square(const element& a) noexcept {
    check(a);
    u64 low[10] = {};  // of the products i < j
    u64 high[10] = {};
    u64 own_low[10] = {};  // of the squares
    u64 own_high[10] = {};
#pragma GCC unroll 5
    for (int i = 0; i < 5; ++i) {
#pragma GCC unroll 5
      for (int j = i + 1; j < 5; ++j) {
        low[i + j] = L::madd_low(low[i + j], a.v[i], a.v[j]);
        high[i + j + 1] = L::madd_high(high[i + j + 1], a.v[i], a.v[j]);
      }
      own_low[2 * i] = L::madd_low(own_low[2 * i], a.v[i], a.v[i]);
      own_high[2 * i + 1] = L::madd_high(own_high[2 * i + 1], a.v[i], a.v[i]);
    }
    u64 column[10];
#pragma GCC unroll 10
    for (int k = 0; k < 10; ++k) {
      const u64 twice = low[k] + own_high[k] + (high[k] + high[k]);
      column[k] = own_low[k] + (twice + twice);
    }
    return fold(column);
  }

  SANDOQ_KERNEL_INLINE element constant(const uint64_t (&radix51)[5]) noexcept {
    element out;
    for (int i = 0; i < 5; ++i) {
      out.v[i] = u64{} + radix51[i];
    }
    return out;
  }
  /// Of words below 2^52.
  SANDOQ_KERNEL_INLINE element from_words(const words& w) noexcept {
    return carry(limbs<2>{{w.v[0], w.v[1], w.v[2], w.v[3], w.v[4]}});
  }
  SANDOQ_KERNEL_INLINE words to_words(const element& a) noexcept {
    return carry(a);
  }

  SANDOQ_KERNEL_INLINE words canonical(const element& a) noexcept {
    words w = a;
    words51<lanes>::make_canonical(w.v);
    return w;
  }
  SANDOQ_KERNEL_INLINE u64 is_negative(const element& a) noexcept {
    words w = a;
    return words51<lanes>::is_negative(w.v);
  }
  SANDOQ_KERNEL_INLINE element select(u64 where, const element& yes, const element& no) noexcept {
    element out;
    for (int i = 0; i < 5; ++i) {
      out.v[i] = (yes.v[i] & where) | (no.v[i] & ~where);
    }
    return out;
  }

  /// The words as they are, for memory: what set_bits() takes back.
  SANDOQ_KERNEL_INLINE u64 bits(const element& a, int i) noexcept {
    return a.v[i];
  }
  SANDOQ_KERNEL_INLINE void set_bits(element& a, int i, u64 word) noexcept {
    a.v[i] = word;
  }
  /// -a where the mask is all ones.
  SANDOQ_KERNEL_INLINE element negate_where(u64 where, const element& a) noexcept {
    return select(where, negate(a), a);
  }

  /// A digit as set_bits() takes it, and back.
  SANDOQ_KERNEL_INLINE uint64_t bits_of(int64_t digit) noexcept {
    return static_cast<uint64_t>(digit);
  }
  SANDOQ_KERNEL_INLINE int64_t digit_of(uint64_t bits) noexcept {
    return static_cast<int64_t>(bits);
  }

 private:
  /// Aborts, in builds with invariants, if a word breaks the bound of its type.
  template <int M>
  SANDOQ_KERNEL_INLINE void check([[maybe_unused]] const limbs<M>& a) noexcept {
#ifdef SANDOQ_INVARIANTS
    for (int i = 0; i < 5; ++i) {
      for (int lane = 0; lane < L::count; ++lane) {
        SANDOQ_INVARIANT(L::get(a.v[i], lane) < M * static_cast<uint64_t>(digit_bound),
                         "a word is above the bound of its type");
      }
    }
#endif
  }
  static constexpr uint64_t mask = words51<lanes>::mask;

  SANDOQ_KERNEL_INLINE element fold(const u64 (&column)[10]) noexcept {
    u64 sum[5];
#pragma GCC unroll 5
    for (int i = 0; i < 5; ++i) {
      sum[i] = column[i] + words51<lanes>::times_19(column[i + 5]);
    }
    element out;
    out.v[0] = (sum[0] & mask) + words51<lanes>::times_19(sum[4] >> 51U);
#pragma GCC unroll 4
    for (int i = 1; i < 5; ++i) {
      out.v[i] = (sum[i] & mask) + (sum[i - 1] >> 51U);
    }
    check(out);
    return out;
  }
};

}  // namespace
}  // namespace sandoq::kernels
