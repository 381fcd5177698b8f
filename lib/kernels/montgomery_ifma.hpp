#pragma once

// Montgomery products on AVX-512 IFMA: digits of radix 2^52 in [0, 2^52). Source: Montgomery, Math.
// Comp. 44 (1985), the reduction interleaved digit by digit: step i adds a*b_i and q_i*p, with q_i
// chosen so that the lowest digit vanishes, and drops that digit.
//
// Bounds. R > 16p. Factors are below 2p, and so is the result: (2p*2p + R*p)/R = p*(1 + 4p/R) <
// 1.25p. A column takes at most four halves below 2^52 in each of n steps, and in one of them a
// carry below 2^11: below 2^52*(4n + 1) < 2^61 for n <= 88. A square takes the products of two
// different digits once and doubles them, and begins with the squares of digits: the same sums.

#include "lib/kernels/lanes/vectors.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq::kernels {
namespace {

template <class L>
struct montgomery_ifma {
  using lanes = L;
  using u64 = typename L::u64;
  static constexpr unsigned radix_bits = 52;
  static constexpr int most_digits = 88;

  /// A word out of 52 bits of a number; nothing goes to the next digit.
  SANDOQ_KERNEL_INLINE u64 word_of(u64 bits, u64& /*carry*/) noexcept { return bits; }
  /// The digit that a word holds.
  SANDOQ_KERNEL_INLINE int64_t digit_of(uint64_t word) noexcept {
    return static_cast<int64_t>(word);
  }

  /// For integers below 2^52 in other uses: what add_product() multiplies, and what it adds beside
  /// the halves.
  using factor = u64;
  static constexpr uint64_t low_constant = 0;
  static constexpr uint64_t high_constant = 0;
  static constexpr bool halves_have_signs = false;
  SANDOQ_KERNEL_INLINE factor factor_of(u64 integer) noexcept { return integer; }
  SANDOQ_KERNEL_INLINE void add_product(u64& low, u64& high, factor a, factor b) noexcept {
    low = L::madd_low(low, a, b);
    high = L::madd_high(high, a, b);
  }

  /// out = a*b/R. All [n][lanes]; out may be a or b. p: [n]; k = -1/p mod 2^52.
  static void multiply(uint64_t* out, const uint64_t* a, const uint64_t* b, const uint64_t* p,
                       uint64_t k, int n) noexcept {
    check(a, n);
    check(b, n);
    alignas(64) uint64_t column[most_digits * L::count];
    for (int j = 0; j < n; ++j) {
      put(column, j, u64{});
    }
    for (int i = 0; i < n; ++i) {
      const u64 digit = at(b, i);
      halves h{at(a, 0), {}, {}};
      const u64 low = L::madd_low(at(column, 0), h.a, digit);
      begin_step(h, low, p, k, column);
      for (int j = 1; j < n; ++j) {
        const u64 a_here = at(a, j);
        u64 sum = L::madd_low(at(column, j), a_here, digit);
        sum = L::madd_high(sum, h.a, digit);
        h.a = a_here;
        put(column, j - 1, sum + reduction(h, p, j));
      }
      put(column, n - 1, L::madd_high(L::madd_high(u64{}, h.a, digit), h.p, h.q));
    }
    finish(out, column, n);
  }

  static void square(uint64_t* out, const uint64_t* a, const uint64_t* p, uint64_t k,
                     int n) noexcept {
    check(a, n);
    alignas(64) uint64_t column[most_digits * L::count];
    for (int j = 0; j < n; ++j) {
      put(column, j, half_of_square(a, j));
    }
    for (int i = 0; i < n; ++i) {
      const u64 digit = at(a, i);
      halves h{u64{}, {}, {}};
      begin_step(h, at(column, 0), p, k, column);
      for (int j = 1; j <= i; ++j) {
        put(column, j - 1, at(column, j) + reduction(h, p, j));
      }
      for (int j = i + 1; j < n; ++j) {  // products with digits above i, each counted twice
        const u64 a_here = at(a, j);
        const u64 once = L::madd_high(L::madd_low(u64{}, a_here, digit), h.a, digit);
        h.a = a_here;
        put(column, j - 1, at(column, j) + (once + once) + reduction(h, p, j));
      }
      const u64 once = L::madd_high(u64{}, h.a, digit);
      put(column, n - 1, L::madd_high(half_of_square(a, n + i) + (once + once), h.p, h.q));
    }
    finish(out, column, n);
  }

 private:
  static constexpr uint64_t mask = (uint64_t{1} << 52U) - 1;

  /// The digits whose high halves are to come, and the quotient digit of the step.
  struct halves {
    u64 a;
    u64 p;
    u64 q;
  };

  SANDOQ_KERNEL_INLINE u64 at(const uint64_t* words, int j) noexcept {
    u64 out;
    __builtin_memcpy(&out, words + j * L::count, sizeof out);
    return out;
  }
  SANDOQ_KERNEL_INLINE void put(uint64_t* words, int j, u64 value) noexcept {
    __builtin_memcpy(words + j * L::count, &value, sizeof value);
  }

  /// Chooses q for the lowest column and gives what it carries to the next.
  SANDOQ_KERNEL_INLINE void begin_step(halves& h, u64 low, const uint64_t* p, uint64_t k,
                                       uint64_t* column) noexcept {
    h.q = L::madd_low(u64{}, low, u64{} + k) & mask;
    h.p = u64{} + p[0];
    put(column, 1, at(column, 1) + (L::madd_low(low, h.p, h.q) >> 52U));
  }
  /// What q*p adds to column j.
  SANDOQ_KERNEL_INLINE u64 reduction(halves& h, const uint64_t* p, int j) noexcept {
    const u64 p_here = u64{} + p[j];
    const u64 out = L::madd_high(L::madd_low(u64{}, p_here, h.q), h.p, h.q);
    h.p = p_here;
    return out;
  }
  /// What the squares of single digits add to column j of 2n.
  SANDOQ_KERNEL_INLINE u64 half_of_square(const uint64_t* a, int j) noexcept {
    const u64 digit = at(a, j / 2);
    return j % 2 == 0 ? L::madd_low(u64{}, digit, digit) : L::madd_high(u64{}, digit, digit);
  }

  SANDOQ_KERNEL_INLINE void finish(uint64_t* out, const uint64_t* column, int n) noexcept {
    u64 carry{};
    for (int j = 0; j < n; ++j) {
      const u64 sum = at(column, j) + carry;
      put(out, j, sum & mask);
      carry = sum >> 52U;
    }
    check_gone(carry);
  }

  /// In builds with invariants: every word is a digit.
  SANDOQ_KERNEL_INLINE void check([[maybe_unused]] const uint64_t* words,
                                  [[maybe_unused]] int n) noexcept {
#ifdef SANDOQ_INVARIANTS
    for (int j = 0; j < n * L::count; ++j) {
      SANDOQ_INVARIANT(words[j] <= mask, "a digit is above its bound");
    }
#endif
  }
  /// In builds with invariants: the result is below R.
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
