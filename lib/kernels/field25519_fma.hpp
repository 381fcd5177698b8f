#pragma once

// The field of 2^255 - 19 on the fused multiply-add of doubles: five balanced digits of radix 2^51,
// integers held in doubles. Source of the product in two halves: Emmart, Zheng, Weems, ARITH 2018.
//
//   high = fma(a, b, 1.5*2^103)                           a*b rounded to a multiple of 2^51
//   low  = fma(a, b, (1.5*2^103 + 1.5*2^52) - high)       the rest, exactly
//
// With |a*b| <= 2^102, `high` stays between 2^103 and 2^104, where the last bit of a double is
// worth 2^51; the rest is at most 2^50, so `low` stays between 2^52 and 2^53, where it is worth 1.
// The bits of both, read as integers, are therefore the half that is wanted plus a constant. They
// are added as integers, and the constants come off once a column. Rounding must be to nearest;
// that is checked when a kernel is chosen, never changed.
//
// Bounds. A digit of limbs<M> is at most M*B in size, B = 2^50 + 2^9. mul() takes limbs<M> and
// limbs<N> with M*N <= 3, since 3*B^2 < 2^102. A column then has at most five low halves of at most
// 2^50 and five high ones of at most 3*B^2/2^51 + 1/2; with 19 times the column five further up it
// stays below 2^57.8 (counted column by column). So its carry is within +-112, and what reaches the
// next digit too, 19 times as much for the lowest, where the carry is within +-22: at most 2^50 +
// 418 < B.

#include "lib/kernels/words51.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq::kernels {
namespace {

template <class L>
struct field25519_fma {
  using lanes = L;
  using u64 = typename L::u64;
  using f64 = typename L::f64;

  template <int M>
  struct limbs {
    f64 v[5];
  };
  using element = limbs<1>;
  /// Digits of limbs<1> are at most this; products may be of limbs<most_left> and
  /// limbs<most_right>.
  static constexpr int64_t digit_bound = (int64_t{1} << 50U) + (int64_t{1} << 9U);
  static constexpr bool signed_digits = true;
  static constexpr int most_left = 1;
  static constexpr int most_right = 3;
  /// Canonical: five words below 2^51, the value below p.
  struct words {
    u64 v[5];
  };

  template <int M, int N>
  SANDOQ_KERNEL_INLINE limbs<M + N> add(const limbs<M>& a, const limbs<N>& b) noexcept {
    limbs<M + N> out;
    for (int i = 0; i < 5; ++i) {
      out.v[i] = a.v[i] + b.v[i];
    }
    check(out);
    return out;
  }
  template <int M, int N>
  SANDOQ_KERNEL_INLINE limbs<M + N> sub(const limbs<M>& a, const limbs<N>& b) noexcept {
    limbs<M + N> out;
    for (int i = 0; i < 5; ++i) {
      out.v[i] = a.v[i] - b.v[i];
    }
    check(out);
    return out;
  }
  template <int M>
  SANDOQ_KERNEL_INLINE limbs<M> negate(const limbs<M>& a) noexcept {
    limbs<M> out;
    for (int i = 0; i < 5; ++i) {
      out.v[i] = -a.v[i];
    }
    return out;
  }

  /// Every digit gives its neighbour what exceeds 2^50, rounded: at most M, and 19*M to the lowest.
  template <int M>
  SANDOQ_KERNEL_INLINE element carry(const limbs<M>& a) noexcept {
    static_assert(M <= 7, "sums of doubles are exact up to 2^53");
    f64 over[5];
    for (int i = 0; i < 5; ++i) {
      over[i] = (a.v[i] + high_magic) - high_magic;  // a multiple of 2^51
    }
    element out;
    out.v[0] = L::fma(over[4], splat(19 * 0x1p-51), a.v[0] - over[0]);
    for (int i = 1; i < 5; ++i) {
      out.v[i] = L::fma(over[i - 1], splat(0x1p-51), a.v[i] - over[i]);
    }
    check(out);
    return out;
  }

  /// What may stand left, and what may stand right of mul().
  using left_factor = element;
  using right_factor = limbs<3>;
  template <int M>
  SANDOQ_KERNEL_INLINE left_factor left(const limbs<M>& a) noexcept {
    return carry(a);
  }
  template <int M>
  SANDOQ_KERNEL_INLINE right_factor right(const limbs<M>& a) noexcept {
    static_assert(M <= 3);
    return {{a.v[0], a.v[1], a.v[2], a.v[3], a.v[4]}};
  }

  template <int M, int N>
  SANDOQ_KERNEL_INLINE element mul(const limbs<M>& a, const limbs<N>& b) noexcept {
    static_assert(M * N <= most_left * most_right, "a product of digits must stay below 2^102");
    check(a);
    check(b);
    u64 column[10] = {};
#pragma GCC unroll 5
    for (int i = 0; i < 5; ++i) {
#pragma GCC unroll 5
      for (int j = 0; j < 5; ++j) {
        add_product(column[i + j], column[i + j + 1], a.v[i], b.v[j]);
      }
    }
    return fold(column);
  }

  SANDOQ_KERNEL_INLINE element square(const element& a) noexcept {
    check(a);
    u64 column[10] = {};
    u64 twice[10] = {};
#pragma GCC unroll 5
    for (int i = 0; i < 5; ++i) {
#pragma GCC unroll 5
      for (int j = i + 1; j < 5; ++j) {
        add_product(twice[i + j], twice[i + j + 1], a.v[i], a.v[j]);
      }
    }
#pragma GCC unroll 8
    for (int k = 1; k < 9; ++k) {
      column[k] += twice[k] + twice[k];
    }
#pragma GCC unroll 5
    for (int i = 0; i < 5; ++i) {
      add_product(column[2 * i], column[2 * i + 1], a.v[i], a.v[i]);
    }
    return fold(column);
  }

  SANDOQ_KERNEL_INLINE element constant(const uint64_t (&radix51)[5]) noexcept {
    words w;
    for (int i = 0; i < 5; ++i) {
      w.v[i] = u64{} + radix51[i];
    }
    return from_words(w);
  }

  /// Of words below 2^52: balances them.
  SANDOQ_KERNEL_INLINE element from_words(const words& w) noexcept {
    u64 digit[5];
    u64 over[5];
    for (int i = 0; i < 5; ++i) {
      digit[i] = (w.v[i] + half) & mask;
      over[i] = (w.v[i] + half) >> 51U;  // 0, 1 or 2
    }
    element out;
    out.v[0] = to_double(digit[0] + 19 * over[4] - half);
    for (int i = 1; i < 5; ++i) {
      out.v[i] = to_double(digit[i] + over[i - 1] - half);
    }
    check(out);
    return out;
  }

  /// The same value in words below 2^51 + 2^5, not canonical.
  SANDOQ_KERNEL_INLINE words to_words(const element& a) noexcept {
    words out = positive(a);
    u64 over[5];
    for (int i = 0; i < 5; ++i) {
      over[i] = out.v[i] >> 51U;
      out.v[i] &= mask;
    }
    out.v[0] += 19 * over[4];
    for (int i = 1; i < 5; ++i) {
      out.v[i] += over[i - 1];
    }
    return out;
  }

  SANDOQ_KERNEL_INLINE words canonical(const element& a) noexcept {
    words w = positive(a);
    words51<lanes>::make_canonical(w.v);
    return w;
  }

  /// All ones where the canonical value is odd: "negative" in RFC 9496.
  SANDOQ_KERNEL_INLINE u64 is_negative(const element& a) noexcept {
    words w = positive(a);
    return words51<lanes>::is_negative(w.v);
  }

  SANDOQ_KERNEL_INLINE element select(u64 where, const element& yes, const element& no) noexcept {
    element out;
    for (int i = 0; i < 5; ++i) {
      const u64 y = __builtin_bit_cast(u64, yes.v[i]);
      const u64 n = __builtin_bit_cast(u64, no.v[i]);
      out.v[i] = __builtin_bit_cast(f64, (y & where) | (n & ~where));
    }
    return out;
  }

  /// The digits as they are, for memory: what set_bits() takes back.
  SANDOQ_KERNEL_INLINE u64 bits(const element& a, int i) noexcept {
    return __builtin_bit_cast(u64, a.v[i]);
  }
  SANDOQ_KERNEL_INLINE void set_bits(element& a, int i, u64 word) noexcept {
    a.v[i] = __builtin_bit_cast(f64, word);
  }
  /// -a where the mask is all ones.
  SANDOQ_KERNEL_INLINE element negate_where(u64 where, const element& a) noexcept {
    element out;
    for (int i = 0; i < 5; ++i) {
      set_bits(out, i, bits(a, i) ^ (where & (uint64_t{1} << 63U)));
    }
    return out;
  }

  /// A digit as set_bits() takes it, and back.
  SANDOQ_KERNEL_INLINE uint64_t bits_of(int64_t digit) noexcept {
    return __builtin_bit_cast(uint64_t, static_cast<double>(digit));
  }
  SANDOQ_KERNEL_INLINE int64_t digit_of(uint64_t bits) noexcept {
    return static_cast<int64_t>(__builtin_bit_cast(double, bits));
  }

 private:
  static constexpr double high_magic = 0x1.8p103;
  static constexpr uint64_t high_bits = 0x4668000000000000;  // of 1.5*2^103
  static constexpr uint64_t low_bits = 0x4338000000000000;   // of 1.5*2^52
  static constexpr uint64_t mask = words51<lanes>::mask;
  static constexpr uint64_t half = uint64_t{1} << 50U;
  /// A multiple of 2^51 that makes every column positive; its carry is 2^7.
  static constexpr uint64_t lift = uint64_t{1} << 58U;
  static constexpr uint64_t lift_carry = lift >> 51U;

  /// Aborts, in builds with invariants, if a digit breaks the bound of its type.
  template <int M>
  SANDOQ_KERNEL_INLINE void check([[maybe_unused]] const limbs<M>& a) noexcept {
#ifdef SANDOQ_INVARIANTS
    for (int i = 0; i < 5; ++i) {
      for (int lane = 0; lane < L::count; ++lane) {
        const double digit = a.v[i][lane];
        SANDOQ_INVARIANT(digit <= M * static_cast<double>(digit_bound) &&
                             digit >= -M * static_cast<double>(digit_bound),
                         "a digit is above the bound of its type");
      }
    }
#endif
  }

  SANDOQ_KERNEL_INLINE f64 splat(double x) noexcept {
    return f64{} + x;
  }

  /// Of a small integer, negative ones in two's complement. \pre its size is at most 2^51
  SANDOQ_KERNEL_INLINE f64 to_double(u64 integer) noexcept {
    return __builtin_bit_cast(f64, integer + low_bits) - 0x1.8p52;
  }

  /// What a column lacks, once the one five further up is in it: the constants of its halves, off
  /// again, what rounds the carry, and what makes it positive.
  struct column_ends {
    uint64_t v[5] = {};
    constexpr column_ends() {
      uint64_t constants[10] = {};
      for (int i = 0; i < 5; ++i) {
        for (int j = 0; j < 5; ++j) {
          constants[i + j] += low_bits;
          constants[i + j + 1] += high_bits;
        }
      }
      for (int i = 0; i < 5; ++i) {
        v[i] = half + lift - constants[i] - 19 * constants[i + 5];
      }
    }
  };
  static constexpr column_ends ends{};

  SANDOQ_KERNEL_INLINE void add_product(u64& low_column, u64& high_column, f64 a, f64 b) noexcept {
    const f64 high = L::fma(a, b, splat(high_magic));
    const f64 low = L::fma(a, b, splat(high_magic + 0x1.8p52) - high);
    low_column += __builtin_bit_cast(u64, low);
    high_column += __builtin_bit_cast(u64, high);
  }

  SANDOQ_KERNEL_INLINE element fold(const u64 (&column)[10]) noexcept {
    u64 digit[5];
    u64 over[5];
#pragma GCC unroll 5
    for (int i = 0; i < 5; ++i) {
      const u64 upper = column[i + 5];
      const u64 sum = (column[i] + ends.v[i]) + words51<lanes>::times_19(upper);
      over[i] = sum >> 51U;  // the carry plus lift_carry
      digit[i] = sum & mask;
    }
    const u64 wrapped = words51<lanes>::times_19(over[4]);
    element out;
    out.v[0] = to_double(digit[0] + wrapped - (half + 19 * lift_carry));
#pragma GCC unroll 4
    for (int i = 1; i < 5; ++i) {
      out.v[i] = to_double(digit[i] + over[i - 1] - (half + lift_carry));
    }
    check(out);
    return out;
  }

  /// The digits as integers, plus those of p: 2^51 - 1 and 2^51 - 19 are more than B, so none is
  /// negative, and all are below 1.5*2^51 + 2^9.
  SANDOQ_KERNEL_INLINE words positive(const element& a) noexcept {
    words out;
    for (int i = 0; i < 5; ++i) {
      const f64 shifted = a.v[i] + 0x1.8p52;
      out.v[i] = __builtin_bit_cast(u64, shifted) + (mask - (i == 0 ? 18 : 0) - low_bits);
    }
    return out;
  }
};

}  // namespace
}  // namespace sandoq::kernels
