#pragma once

// Jacobi symbols (x/p) in lanes, all lanes in step: binary steps on the lowest bits of two numbers
// f, g >= 0, as many as one multiplication can make good in the whole numbers. Sources: Bernstein,
// Yang, TCHES 2019(3); for the symbol, with sums where they take differences, so that no number
// becomes negative: Wuille, "The safegcd implementation in libsecp256k1 explained", section 8.
// Public data only.
//
// A step keeps (g/f) up to the sign that it counts: if g is odd, f and g change places where delta
// is above 0 (-1 if both are 3 modulo 4) and then f is added to g; then g, now even, is halved (-1
// if f is 3 or 5 modulo 8). Once f = 1 the sign is the answer. f = g = 1 changes no more, so that
// lanes that are done wait for the others. Random numbers take about 3 steps a bit; two numbers
// that both end in long runs of ones take more, since their sums do, too. So a lane may be
// undecided.
//
// Bounds. Steps of one round: k = radix_bits - 1. Each coefficient of their matrix is at least 0,
// each row adds up to at most 2^k. So what a round makes of f, g < 2^e, exactly divided by 2^k, is
// below 2^e, and a coefficient fits into a factor. A column takes two low halves, two high ones and
// a carry: below 2^55 in size.

#include "lib/kernels/lanes/vectors.hpp"
#include "lib/kernels/montgomery_table.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq::kernels {
namespace {

template <class M>
struct jacobi_lanes {
  using L = typename M::lanes;
  using u64 = typename L::u64;
  static constexpr int most_digits = montgomery_most_words;

  /// f and g in digits of the radix, each in [0, 2^radix_bits); above n all are 0.
  struct numbers {
    u64 f[most_digits];
    u64 g[most_digits];
    int n;
  };

  /// signs[lane] = 1 or -1, 0 for undecided. \pre f = p in all lanes, 0 < g < p, n >= 2
  static void run(signed char* signs, numbers& x) noexcept {
    state s{u64{}, u64{} - 1};
    const int rounds = most_steps(x.n) / steps;
    for (int round = 0; round < rounds && !(x.n == 1 && is_one(x.f[0])); ++round) {
      apply(x, binary_steps(s, x));
      while (x.n > 1 && is_zero(x.f[x.n - 1] | x.g[x.n - 1])) {
        --x.n;
      }
    }
    u64 rest = x.f[0] ^ (u64{} + 1);  // 0 where f = 1; a lane that never arrives keeps n up
    for (int j = 1; j < x.n; ++j) {
      rest |= x.f[j];
    }
    for (int lane = 0; lane < L::count; ++lane) {
      const bool negative = (L::get(s.sign, lane) & 2U) != 0;
      signs[lane] = static_cast<signed char>(L::get(rest, lane) != 0 ? 0 : negative ? -1 : 1);
    }
  }

 private:
  static constexpr int radix = static_cast<int>(M::radix_bits);
  static constexpr int steps = radix - 1;  // of a round
  static constexpr uint64_t mask = (uint64_t{1} << M::radix_bits) - 1;
  static constexpr int most_steps(int n) noexcept { return 4 * radix * n; }

  struct state {
    u64 sign;  // bit 1: whether it is -1
    u64 minus_delta;
  };
  /// 2^steps * (f', g') = (u*f + v*g, q*f + r*g).
  struct matrix {
    u64 u, v, q, r;
  };

  SANDOQ_KERNEL_INLINE void swap_where(u64 where, u64& a, u64& b) noexcept {
    const u64 differing = (a ^ b) & where;
    a ^= differing;
    b ^= differing;
  }

  SANDOQ_KERNEL_INLINE matrix binary_steps(state& s, const numbers& x) noexcept {
    u64 f = x.f[0] | (x.f[1] << M::radix_bits);
    u64 g = x.g[0] | (x.g[1] << M::radix_bits);
    matrix m{u64{} + 1, u64{}, u64{}, u64{} + 1};
    for (int i = 0; i < steps; ++i) {
      const u64 odd = u64{} - (g & 1U);
      const u64 swap = odd & (u64{} - (s.minus_delta >> 63U));
      s.minus_delta = (s.minus_delta ^ swap) - swap;
      swap_where(swap, f, g);
      swap_where(swap, m.u, m.q);
      swap_where(swap, m.v, m.r);
      s.sign ^= f & g & swap;
      g += f & odd;
      m.q += m.u & odd;
      m.r += m.v & odd;
      g >>= 1U;
      m.u += m.u;
      m.v += m.v;
      s.minus_delta -= 1;
      s.sign ^= f ^ (f >> 1U);
    }
    return m;
  }

  /// One digit after another of a*f + b*g, divided by 2^steps.
  struct combination {
    typename M::factor a, b;
    u64 highs;  // halves that the next column takes
    u64 carry;
    u64 before;  // the last digit

    SANDOQ_KERNEL_INLINE combination begin(u64 a, u64 b) noexcept {
      return {M::factor_of(a), M::factor_of(b), u64{} + 2 * M::high_constant, u64{}, u64{}};
    }
    /// Takes digit j of f and g, and gives digit j - 1 of the result.
    SANDOQ_KERNEL_INLINE u64 next(combination& c, typename M::factor f,
                                  typename M::factor g) noexcept {
      u64 sum = c.highs + c.carry;
      c.highs = u64{};
      M::add_product(sum, c.highs, c.a, f);
      M::add_product(sum, c.highs, c.b, g);
      sum += lift - 2 * (M::low_constant + M::high_constant);
      c.carry = (sum >> M::radix_bits) - lift_carry;
      return shifted(c, sum & mask);
    }
    SANDOQ_KERNEL_INLINE u64 last(combination& c) noexcept {
      const u64 top = c.highs + c.carry - 2 * M::high_constant;
      const u64 out = shifted(c, top);
      check_gone(c.before >> static_cast<uint64_t>(steps));
      return out;
    }

   private:
    static constexpr uint64_t lift_carry = M::halves_have_signs ? 16 : 0;
    static constexpr uint64_t lift = lift_carry << M::radix_bits;

    SANDOQ_KERNEL_INLINE u64 shifted(combination& c, u64 digit) noexcept {
      const u64 out = (c.before >> static_cast<uint64_t>(steps)) |
                      ((digit << static_cast<uint64_t>(radix - steps)) & mask);
      c.before = digit;
      return out;
    }
  };

  SANDOQ_KERNEL_INLINE void apply(numbers& x, const matrix& m) noexcept {
    combination f = combination::begin(m.u, m.v);
    combination g = combination::begin(m.q, m.r);
    for (int j = 0; j < x.n; ++j) {
      const auto f_here = M::factor_of(x.f[j]);
      const auto g_here = M::factor_of(x.g[j]);
      const u64 f_out = combination::next(f, f_here, g_here);
      const u64 g_out = combination::next(g, f_here, g_here);
      if (j != 0) {
        x.f[j - 1] = f_out;
        x.g[j - 1] = g_out;
      }
    }
    x.f[x.n - 1] = combination::last(f);
    x.g[x.n - 1] = combination::last(g);
  }

  static bool is_zero(u64 a) noexcept {
    uint64_t any = 0;
    for (int lane = 0; lane < L::count; ++lane) {
      any |= L::get(a, lane);
    }
    return any == 0;
  }
  static bool is_one(u64 a) noexcept { return is_zero(a ^ (u64{} + 1)); }

  /// In builds with invariants: nothing is left above the highest digit.
  SANDOQ_KERNEL_INLINE void check_gone([[maybe_unused]] u64 rest) noexcept {
#ifdef SANDOQ_INVARIANTS
    SANDOQ_INVARIANT(is_zero(rest), "a number grows beyond its digits");
#endif
  }
};

}  // namespace
}  // namespace sandoq::kernels
