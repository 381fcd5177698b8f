#pragma once

// Montgomery products on the fused multiply-add of doubles: balanced digits of radix 2^51, integers
// held in doubles. A product of two digits comes in two halves as in field25519_fma.hpp; the
// reduction is interleaved digit by digit as in montgomery_ifma.hpp. Radix 2^52 would need two
// digits less in 80, but its low half, of up to 2^51 in size, would have to be turned into an
// integer by one more addition: the constant 1.5*2^52 that does it for nothing here is no multiple
// of the 2^52 that the last bit of a double near 2^104 is worth.
//
// Bounds. R > 16p. Digits are at most 2^50 in size, so a product is at most 2^101 even when one
// factor is doubled (squares), which the halves allow: 2^102. Low halves are at most 2^50 in size,
// high ones at most 2^50 + 1/2. Values are below p in size, and so is the result: |a*b + q*p|/R <=
// p*(p/R) + p*(1/2 + 2^-50) < p. A column takes at most four halves in each of n steps, and in one
// of them a carry: below 2^52*n + 2^10 < 2^59 in size for n <= 88.
//
// Halves are added as the bits of doubles, each with the constant of its kind. A column begins with
// minus the constants that it will meet: column c (of 2n) meets both kinds from a*b and from q*p in
// every step i with 1 <= c - i < n, the low kind alone in step c, the high kind alone in step c -
// n.

#include "lib/kernels/lanes/vectors.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq::kernels {
namespace {

template <class L>
struct montgomery_fma {
  using lanes = L;
  using u64 = typename L::u64;
  using f64 = typename L::f64;
  static constexpr unsigned radix_bits = 51;
  static constexpr int most_digits = 88;

  /// A word out of 51 bits of a number, balanced: what exceeds 2^50 goes to the next digit.
  SANDOQ_KERNEL_INLINE u64 word_of(u64 bits, u64& carry) noexcept {
    const u64 digit = bits + carry;
    carry = (digit + half) >> 51U;
    return as_bits(to_double(digit - (carry << 51U)));
  }
  /// The digit that a word holds.
  SANDOQ_KERNEL_INLINE int64_t digit_of(uint64_t word) noexcept {
    return static_cast<int64_t>(__builtin_bit_cast(double, word));
  }

  /// For integers below 2^51 in other uses: what add_product() multiplies, and what it adds beside
  /// the halves.
  using factor = f64;
  static constexpr uint64_t low_constant = 0x4338000000000000;   // 1.5*2^52 as a double
  static constexpr uint64_t high_constant = 0x4668000000000000;  // 1.5*2^103
  static constexpr bool halves_have_signs = true;
  SANDOQ_KERNEL_INLINE factor factor_of(u64 integer) noexcept { return to_double(integer); }
  SANDOQ_KERNEL_INLINE void add_product(u64& low, u64& high, factor a, factor b) noexcept {
    const f64 product_high = high_of(a, b);
    low += as_bits(low_of(a, b, product_high));
    high += as_bits(product_high);
  }

  /// out = a*b/R. All [n][lanes]; out may be a or b. p: [n] words; k: the word of -1/p mod 2^51.
  static void multiply(uint64_t* out, const uint64_t* a, const uint64_t* b, const uint64_t* p,
                       uint64_t k, int n) noexcept {
    check(a, n);
    check(b, n);
    alignas(64) uint64_t column[most_digits * L::count];
    for (int j = 0; j < n; ++j) {
      put(column, j, u64{} - (static_cast<uint64_t>(j) * 2 * both_bits + 2 * low_bits));
    }
    for (int i = 0; i < n; ++i) {
      const f64 digit = as_double(at(b, i));
      const f64 a_first = as_double(at(a, 0));
      highs h{high_of(a_first, digit), {}, {}};
      begin_step(h, at(column, 0) + as_bits(low_of(a_first, digit, h.a)), p, k, column);
      for (int j = 1; j < n; ++j) {
        put(column, j - 1, at(column, j) + product(h, a, j, digit) + reduction(h, p, j));
      }
      const uint64_t met = 2 * high_bits + static_cast<uint64_t>(n - 1 - i) * 2 * both_bits;
      put(column, n - 1, as_bits(h.a) + as_bits(h.p) - met);
    }
    finish(out, column, n);
  }

  static void square(uint64_t* out, const uint64_t* a, const uint64_t* p, uint64_t k,
                     int n) noexcept {
    check(a, n);
    alignas(64) uint64_t column[most_digits * L::count];
    for (int j = 0; j < n; ++j) {
      const uint64_t met = static_cast<uint64_t>(j + mixed_products(j, n)) * both_bits + low_bits;
      put(column, j, half_of_square(a, j) - met);
    }
    for (int i = 0; i < n; ++i) {
      f64 digit = as_double(at(a, i));
      digit += digit;  // products with digits above i count twice
      highs h{f64{} + high_magic, {}, {}};
      begin_step(h, at(column, 0), p, k, column);
      for (int j = 1; j <= i; ++j) {
        put(column, j - 1, at(column, j) + reduction(h, p, j));
      }
      for (int j = i + 1; j < n; ++j) {
        put(column, j - 1, at(column, j) + product(h, a, j, digit) + reduction(h, p, j));
      }
      const uint64_t met =
          2 * high_bits + static_cast<uint64_t>(n - 1 - i + mixed_products(n + i, n)) * both_bits;
      put(column, n - 1, as_bits(h.a) + as_bits(h.p) + half_of_square(a, n + i) - met);
    }
    finish(out, column, n);
  }

 private:
  static constexpr double high_magic = 0x1.8p103;
  static constexpr uint64_t high_bits = high_constant;
  static constexpr uint64_t low_bits = low_constant;
  static constexpr uint64_t both_bits = high_bits + low_bits;
  static constexpr uint64_t mask = (uint64_t{1} << 51U) - 1;
  static constexpr uint64_t half = uint64_t{1} << 50U;
  /// Rounds a carry, and makes what it is taken from positive.
  static constexpr uint64_t lift = half + (uint64_t{1} << 61U);
  static constexpr uint64_t lift_carry = uint64_t{1} << 10U;

  /// High halves that the next column takes, and the quotient digit of the step.
  struct highs {
    f64 a;
    f64 p;
    f64 q;
  };

  SANDOQ_KERNEL_INLINE u64 at(const uint64_t* words, int j) noexcept {
    u64 out;
    __builtin_memcpy(&out, words + j * L::count, sizeof out);
    return out;
  }
  SANDOQ_KERNEL_INLINE void put(uint64_t* words, int j, u64 value) noexcept {
    __builtin_memcpy(words + j * L::count, &value, sizeof value);
  }
  SANDOQ_KERNEL_INLINE f64 as_double(u64 bits) noexcept { return __builtin_bit_cast(f64, bits); }
  SANDOQ_KERNEL_INLINE u64 as_bits(f64 x) noexcept { return __builtin_bit_cast(u64, x); }
  /// One word in every lane. (Adding it to a vector of 0.0 would be an addition.)
  SANDOQ_KERNEL_INLINE f64 splat(uint64_t word) noexcept { return as_double(u64{} + word); }
  /// Of an integer of at most 2^51 in size.
  SANDOQ_KERNEL_INLINE f64 to_double(u64 integer) noexcept {
    return as_double(integer + low_bits) - 0x1.8p52;
  }
  SANDOQ_KERNEL_INLINE f64 high_of(f64 a, f64 b) noexcept {
    return L::fma(a, b, f64{} + high_magic);
  }
  SANDOQ_KERNEL_INLINE f64 low_of(f64 a, f64 b, f64 high) noexcept {
    return L::fma(a, b, (high_magic + 0x1.8p52) - high);
  }

  /// Chooses q for the lowest column, which lacks low_bits, and gives what it carries to the next.
  SANDOQ_KERNEL_INLINE void begin_step(highs& h, u64 low, const uint64_t* p, uint64_t k,
                                       uint64_t* column) noexcept {
    const f64 lowest = to_double(((low + low_bits + half) & mask) - half);
    const f64 minus_inverse = splat(k);
    h.q = low_of(lowest, minus_inverse, high_of(lowest, minus_inverse)) - 0x1.8p52;
    const f64 p_first = splat(p[0]);
    h.p = high_of(p_first, h.q);
    const u64 sum = low + as_bits(low_of(p_first, h.q, h.p));  // its lowest digit is 0
    put(column, 1, at(column, 1) + ((sum + lift) >> 51U) - lift_carry);
  }
  /// What digit*a adds to column j.
  SANDOQ_KERNEL_INLINE u64 product(highs& h, const uint64_t* a, int j, f64 digit) noexcept {
    const f64 a_here = as_double(at(a, j));
    const u64 from_before = as_bits(h.a);
    h.a = high_of(a_here, digit);
    return from_before + as_bits(low_of(a_here, digit, h.a));
  }
  /// What q*p adds to column j.
  SANDOQ_KERNEL_INLINE u64 reduction(highs& h, const uint64_t* p, int j) noexcept {
    const f64 p_here = splat(p[j]);
    const u64 from_before = as_bits(h.p);
    h.p = high_of(p_here, h.q);
    return from_before + as_bits(low_of(p_here, h.q, h.p));
  }
  /// What the squares of single digits add to column j of 2n.
  SANDOQ_KERNEL_INLINE u64 half_of_square(const uint64_t* a, int j) noexcept {
    const f64 digit = as_double(at(a, j / 2));
    const f64 high = high_of(digit, digit);
    return j % 2 == 0 ? as_bits(low_of(digit, digit, high)) - low_bits : as_bits(high) - high_bits;
  }
  /// In how many steps of a square column j of 2n takes both halves of products of two digits: i
  /// with i < j - i < n.
  static constexpr int mixed_products(int j, int n) noexcept {
    const int first = j < n ? 0 : j - n + 1;
    const int end = (j + 1) / 2;
    return end > first ? end - first : 0;
  }

  SANDOQ_KERNEL_INLINE void finish(uint64_t* out, const uint64_t* column, int n) noexcept {
    u64 carry{};
    for (int j = 0; j < n; ++j) {
      const u64 sum = at(column, j) + carry + lift;
      carry = (sum >> 51U) - lift_carry;
      put(out, j, as_bits(to_double((sum & mask) - half)));
    }
    check_gone(carry);
  }

  /// In builds with invariants: every word is a digit.
  SANDOQ_KERNEL_INLINE void check([[maybe_unused]] const uint64_t* words,
                                  [[maybe_unused]] int n) noexcept {
#ifdef SANDOQ_INVARIANTS
    for (int j = 0; j < n * L::count; ++j) {
      const double digit = __builtin_bit_cast(double, words[j]);
      SANDOQ_INVARIANT(digit >= -0x1p50 && digit <= 0x1p50, "a digit is above its bound");
    }
#endif
  }
  /// In builds with invariants: the result fits into the digits.
  SANDOQ_KERNEL_INLINE void check_gone([[maybe_unused]] u64 carry) noexcept {
#ifdef SANDOQ_INVARIANTS
    for (int lane = 0; lane < L::count; ++lane) {
      SANDOQ_INVARIANT(carry[lane] == 0, "a product does not fit into its digits");
    }
#endif
  }
};

}  // namespace
}  // namespace sandoq::kernels
