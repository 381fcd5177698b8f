#pragma once

// The field of 2^255 - 19 in 64-bit words, through lib/arith: what the other kernels are compared
// with.
//
// Bounds. A word of limbs<M> is below M*B, B = 2^51 + 2^13. mul() takes any M <= 7, since 7*B <
// 2^54 (arith::field_wide), so nothing is carried before a product.

#include "lib/arith/field25519.hpp"
#include "lib/kernels/lanes/scalar.hpp"
#include "lib/kernels/words51.hpp"

namespace sandoq::kernels {
namespace {

struct field25519_portable {
  using lanes = scalar_lanes;
  using u64 = uint64_t;

  template <int M>
  struct limbs {
    u64 v[5];
  };
  using element = limbs<1>;
  /// Digits of limbs<1> are below this; products may be of limbs<most_left> and limbs<most_right>.
  static constexpr int64_t digit_bound = (int64_t{1} << 51U) + (int64_t{1} << 13U);
  static constexpr bool signed_digits = false;
  static constexpr int most_left = 7;
  static constexpr int most_right = 7;
  using words = limbs<1>;

  template <int M, int N>
  SANDOQ_KERNEL_INLINE limbs<M + N> add(const limbs<M>& a, const limbs<N>& b) noexcept {
    limbs<M + N> out;
    for (int i = 0; i < 5; ++i) {
      out.v[i] = a.v[i] + b.v[i];
    }
    return out;
  }
  /// a + (N + 1)*p - b: no word becomes negative.
  template <int M, int N>
  SANDOQ_KERNEL_INLINE limbs<M + N + 1> sub(const limbs<M>& a, const limbs<N>& b) noexcept {
    limbs<M + N + 1> out;
    for (int i = 0; i < 5; ++i) {
      out.v[i] = a.v[i] + (N + 1) * (arith::limb_mask - (i == 0 ? 18 : 0)) - b.v[i];
    }
    return out;
  }
  template <int M>
  SANDOQ_KERNEL_INLINE element negate(const limbs<M>& a) noexcept {
    return carry(sub(limbs<0>{}, a));
  }
  template <int M>
  SANDOQ_KERNEL_INLINE element carry(const limbs<M>& a) noexcept {
    return of(arith::carry(wide(a)));
  }
  /// What may stand left, and what may stand right of mul().
  using left_factor = limbs<most_left>;
  using right_factor = limbs<most_right>;
  template <int M>
  SANDOQ_KERNEL_INLINE left_factor left(const limbs<M>& a) noexcept {
    static_assert(M <= most_left);
    return {{a.v[0], a.v[1], a.v[2], a.v[3], a.v[4]}};
  }
  template <int M>
  SANDOQ_KERNEL_INLINE right_factor right(const limbs<M>& a) noexcept {
    return left(a);
  }

  template <int M, int N>
  SANDOQ_KERNEL_INLINE element mul(const limbs<M>& a, const limbs<N>& b) noexcept {
    return of(wide(a) * wide(b));
  }
  template <int M>
  SANDOQ_KERNEL_INLINE element square(const limbs<M>& a) noexcept {
    return of(arith::square(wide(a)));
  }

  SANDOQ_KERNEL_INLINE element constant(const uint64_t (&radix51)[5]) noexcept {
    return {{radix51[0], radix51[1], radix51[2], radix51[3], radix51[4]}};
  }
  /// Of words below 2^52.
  SANDOQ_KERNEL_INLINE element from_words(const words& w) noexcept {
    return carry(limbs<2>{{w.v[0], w.v[1], w.v[2], w.v[3], w.v[4]}});
  }
  SANDOQ_KERNEL_INLINE words to_words(const element& a) noexcept { return a; }

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
    where = value_barrier(where);  // or a compiler may turn the mask back into a branch
    element out;
    for (int i = 0; i < 5; ++i) {
      out.v[i] = (yes.v[i] & where) | (no.v[i] & ~where);
    }
    return out;
  }
  /// -a where the mask is all ones.
  SANDOQ_KERNEL_INLINE element negate_where(u64 where, const element& a) noexcept {
    return select(where, negate(a), a);
  }
  SANDOQ_KERNEL_INLINE u64 bits(const element& a, int i) noexcept { return a.v[i]; }
  SANDOQ_KERNEL_INLINE void set_bits(element& a, int i, u64 word) noexcept { a.v[i] = word; }

  /// A digit as set_bits() takes it, and back.
  SANDOQ_KERNEL_INLINE uint64_t bits_of(int64_t digit) noexcept {
    return static_cast<uint64_t>(digit);
  }
  SANDOQ_KERNEL_INLINE int64_t digit_of(uint64_t bits) noexcept {
    return static_cast<int64_t>(bits);
  }

 private:
  template <int M>
  SANDOQ_KERNEL_INLINE arith::field_wide wide(const limbs<M>& a) noexcept {
    static_assert(M <= most_left);
    return {{a.v[0], a.v[1], a.v[2], a.v[3], a.v[4]}};
  }
  SANDOQ_KERNEL_INLINE element of(const arith::field_element& a) noexcept {
    return {{a.v[0], a.v[1], a.v[2], a.v[3], a.v[4]}};
  }
};

}  // namespace
}  // namespace sandoq::kernels
