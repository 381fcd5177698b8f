#pragma once

// Points of edwards25519 in lanes: each lane another point. The formulas are those of
// lib/group/edwards25519.hpp (Hisil, Wong, Carter, Dawson, ASIACRYPT 2008, sections 3.1 and 3.3):
// complete, so there are no exceptions, and constant time.
//
// A product takes a left and a right factor (field25519_*.hpp). The last four products of a formula
// pair two values with two others, so that only one of the pairs must be carried.

#include "lib/kernels/lanes/vectors.hpp"

namespace sandoq::kernels {
namespace {

namespace radix51 {  // constants, in five words
constexpr uint64_t zero[5] = {0, 0, 0, 0, 0};
constexpr uint64_t one[5] = {1, 0, 0, 0, 0};
constexpr uint64_t two[5] = {2, 0, 0, 0, 0};
constexpr uint64_t minus_one[5] = {0x7ffffffffffec, 0x7ffffffffffff, 0x7ffffffffffff,
                                   0x7ffffffffffff, 0x7ffffffffffff};
constexpr uint64_t d[5] = {0x34dca135978a3, 0x1a8283b156ebd, 0x5e7a26001c029, 0x739c663a03cbb,
                           0x52036cee2b6ff};
constexpr uint64_t two_d[5] = {0x69b9426b2f159, 0x35050762add7a, 0x3cf44c0038052, 0x6738cc7407977,
                               0x2406d9dc56dff};
constexpr uint64_t sqrt_m1[5] = {0x61b274a0ea0b0, 0x0d5a5fc8f189d, 0x7ef5e9cbd0c60, 0x78595a6804c9e,
                                 0x2b8324804fc1d};
constexpr uint64_t minus_sqrt_m1[5] = {0x1e4d8b5f15f3d, 0x72a5a0370e762, 0x010a16342f39f,
                                       0x07a6a597fb361, 0x547cdb7fb03e2};
constexpr uint64_t invsqrt_a_minus_d[5] = {0x0fdaa805d40ea, 0x2eb482e57d339, 0x007610274bc58,
                                           0x6510b613dc8ff, 0x786c8905cfaff};
}  // namespace radix51

template <class F>
struct edwards25519_lanes {
  using field = F;
  using element = typename F::element;
  using u64 = typename F::u64;

  /// x = X/Z, y = Y/Z, xy = T/Z.
  struct extended {
    element x, y, z, t;
  };
  /// Z = 1.
  struct affine {
    element x, y, t;
  };
  /// An addend, prepared: Y+X, Y-X, 2Z, 2dT.
  struct cached {
    element y_plus_x, y_minus_x, z2, t2d;
  };
  /// The same with Z = 1: y+x, y-x, 2dxy.
  struct affine_cached {
    element y_plus_x, y_minus_x, xy2d;
  };

  SANDOQ_KERNEL_INLINE extended neutral() noexcept {
    const element one = F::constant(radix51::one);
    const element zero{};
    return {zero, one, one, zero};
  }
  SANDOQ_KERNEL_INLINE extended to_extended(const affine& p) noexcept {
    return {p.x, p.y, F::constant(radix51::one), p.t};
  }
  SANDOQ_KERNEL_INLINE cached to_cached(const extended& p) noexcept {
    return {F::carry(F::add(p.y, p.x)), F::carry(F::sub(p.y, p.x)), F::carry(F::add(p.z, p.z)),
            F::mul(p.t, F::constant(radix51::two_d))};
  }
  SANDOQ_KERNEL_INLINE affine_cached to_cached(const affine& p) noexcept {
    return {F::carry(F::add(p.y, p.x)), F::carry(F::sub(p.y, p.x)),
            F::mul(p.t, F::constant(radix51::two_d))};
  }

  /// Cost: 7 products.
  SANDOQ_KERNEL_INLINE extended add(const extended& p, const affine_cached& q) noexcept {
    return product_of(add_terms(p, q));
  }
  /// Cost: 8 products.
  SANDOQ_KERNEL_INLINE extended add(const extended& p, const cached& q) noexcept {
    extended sum;
    set_product(sum, add_terms(p, q), true);
    return sum;
  }

  /// p += q. T of the sum, which only another addition needs, on demand: it costs a product.
  SANDOQ_KERNEL_INLINE void add_to(extended& p, const cached& q, bool with_t) noexcept {
    set_product(p, add_terms(p, q), with_t);
  }

  /// p = 2^times * p. Cost of a doubling: 4 squares, 3 products, and one more for T of the last.
  [[gnu::noinline]] static void twice_times(extended& p, int times) noexcept {
#pragma GCC unroll 1
    for (int i = 1; i <= times; ++i) {
      set_product(p, double_terms(p), i == times);
    }
  }

 private:
  using left_factor = typename F::left_factor;
  using right_factor = typename F::right_factor;

  /// What a formula ends with: X = e*f, Y = g*h, Z = f*g, T = e*h.
  struct completed {
    right_factor e;
    left_factor f;
    right_factor g;
    left_factor h;
  };

  SANDOQ_KERNEL_INLINE extended product_of(const completed& s) noexcept {
    return {F::mul(s.f, s.e), F::mul(s.h, s.g), F::mul(s.f, s.g), F::mul(s.h, s.e)};
  }
  /// The products in a loop: a doubling and an addition unrolled are more code than a processor
  /// keeps decoded, and take half as long again.
  SANDOQ_KERNEL_INLINE void set_product(extended& p, const completed& s, bool with_t) noexcept {
    element* const out[4] = {&p.x, &p.y, &p.z, &p.t};
    const left_factor* const left[4] = {&s.f, &s.h, &s.f, &s.h};
    const right_factor* const right[4] = {&s.e, &s.g, &s.g, &s.e};
    const int count = with_t ? 4 : 3;
#pragma GCC unroll 1
    for (int i = 0; i < count; ++i) {
      *out[i] = F::mul(*left[i], *right[i]);
    }
  }

  template <class E, class F_, class G, class H>
  SANDOQ_KERNEL_INLINE completed complete(const E& e, const F_& f, const G& g,
                                          const H& h) noexcept {
    return {F::right(e), F::left(f), F::right(g), F::left(h)};
  }

  SANDOQ_KERNEL_INLINE completed add_terms(const extended& p, const affine_cached& q) noexcept {
    return add_terms(p, q.y_plus_x, q.y_minus_x, F::mul(p.t, q.xy2d), F::add(p.z, p.z));
  }
  SANDOQ_KERNEL_INLINE completed add_terms(const extended& p, const cached& q) noexcept {
    return add_terms(p, q.y_plus_x, q.y_minus_x, F::mul(p.t, q.t2d), F::mul(p.z, q.z2));
  }
  template <class D>
  SANDOQ_KERNEL_INLINE completed add_terms(const extended& p, const element& y_plus_x,
                                           const element& y_minus_x, const element& c,
                                           const D& d) noexcept {
    const element a = F::mul(y_minus_x, F::right(F::sub(p.y, p.x)));
    const element b = F::mul(y_plus_x, F::right(F::add(p.y, p.x)));
    return complete(F::sub(b, a), F::sub(d, c), F::add(d, c), F::add(b, a));
  }

  SANDOQ_KERNEL_INLINE completed double_terms(const extended& p) noexcept {
    const element* const in[3] = {&p.x, &p.y, &p.z};
    element squares[3];
#pragma GCC unroll 1
    for (int i = 0; i < 3; ++i) {
      squares[i] = F::square(*in[i]);
    }
    const element& xx = squares[0];
    const element& yy = squares[1];
    const element& zz = squares[2];
    const element sum_squared = F::square(F::left(F::add(p.x, p.y)));
    const auto h = F::add(yy, xx);
    const auto g = F::sub(yy, xx);
    return complete(F::sub(sum_squared, h), F::sub(F::add(zz, zz), g), g, h);
  }
};

}  // namespace
}  // namespace sandoq::kernels
