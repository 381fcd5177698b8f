#pragma once

// Points of edwards25519, -x^2 + y^2 = 1 + d*x^2*y^2, the curve under ristretto255. The formulas
// are complete (a = -1 is a square, d is none), so there are no exceptions; all of them are
// constant time. Source: Hisil, Wong, Carter, Dawson, ASIACRYPT 2008, sections 3.1 and 3.3.

#include <array>
#include <cstddef>

#include "lib/arith/field25519.hpp"

namespace sandoq::edwards {

using arith::field_element;
using arith::field_loose;
using arith::field_wide;

/// x = X/Z, y = Y/Z; enough for doubling.
struct projective {
  field_element x, y, z;
};

/// x = X/Z, y = Y/Z, xy = T/Z.
struct extended {
  field_element x, y, z, t;
};

/// x = X/Z, y = Y/T: what a formula ends with, before it is known what comes next.
struct completed {
  field_wide x, y, z, t;
};

/// An addend, prepared: Y+X, Y-X, 2Z, 2dT.
struct cached {
  field_loose y_plus_x, y_minus_x, z2;
  field_element t2d;
};

/// An addend with Z = 1, prepared: y+x, y-x, 2dxy. Saves one multiplication.
struct affine_cached {
  field_element y_plus_x, y_minus_x, xy2d;
};

inline constexpr extended neutral = {arith::field_zero, arith::field_one, arith::field_one,
                                     arith::field_zero};
inline constexpr affine_cached affine_neutral = {arith::field_one, arith::field_one,
                                                 arith::field_zero};
inline constexpr cached cached_neutral = {arith::field_one, arith::field_one,
                                          arith::make_field({2, 0, 0, 0, 0}), arith::field_zero};

[[nodiscard]] inline projective to_projective(const extended& p) noexcept {
  return {p.x, p.y, p.z};
}
[[nodiscard]] inline projective to_projective(const completed& p) noexcept {
  return {p.x * p.t, p.y * p.z, p.z * p.t};
}
[[nodiscard]] inline extended to_extended(const completed& p) noexcept {
  return {p.x * p.t, p.y * p.z, p.z * p.t, p.x * p.y};
}
[[nodiscard]] inline cached to_cached(const extended& p) noexcept {
  return {p.y + p.x, p.y - p.x, p.z + p.z, p.t * arith::constants::two_d};
}

[[nodiscard]] inline extended negate(const extended& p) noexcept {
  return {carry(-p.x), p.y, p.z, carry(-p.t)};
}
[[nodiscard]] inline cached negate(const cached& p) noexcept {
  return {p.y_minus_x, p.y_plus_x, p.z2, carry(-p.t2d)};
}

namespace detail {

/// The common end of all additions, from A = (Y1-X1)(Y2-X2), B = (Y1+X1)(Y2+X2), C = 2d*T1*T2 and
/// D = 2*Z1*Z2.
[[nodiscard]] inline completed finish_add(const field_element& a, const field_element& b,
                                          const field_element& c, const field_loose& d) noexcept {
  const field_loose& c_loose = c;
  return {b - a, b + a, d + c_loose, d - c_loose};
}

}  // namespace detail

[[nodiscard]] inline completed add(const extended& p, const cached& q) noexcept {
  return detail::finish_add((p.y - p.x) * q.y_minus_x, (p.y + p.x) * q.y_plus_x, p.t * q.t2d,
                            p.z * q.z2);
}
[[nodiscard]] inline completed add(const extended& p, const affine_cached& q) noexcept {
  return detail::finish_add((p.y - p.x) * q.y_minus_x, (p.y + p.x) * q.y_plus_x, p.t * q.xy2d,
                            p.z + p.z);
}

/// p - q: q with Y+X and Y-X exchanged and T negated.
[[nodiscard]] inline completed subtract(const extended& p, const cached& q) noexcept {
  const completed sum = detail::finish_add((p.y - p.x) * q.y_plus_x, (p.y + p.x) * q.y_minus_x,
                                           p.t * q.t2d, p.z * q.z2);
  return {sum.x, sum.y, sum.t, sum.z};
}
[[nodiscard]] inline completed subtract(const extended& p, const affine_cached& q) noexcept {
  const completed sum = detail::finish_add((p.y - p.x) * q.y_plus_x, (p.y + p.x) * q.y_minus_x,
                                           p.t * q.xy2d, p.z + p.z);
  return {sum.x, sum.y, sum.t, sum.z};
}

[[nodiscard]] inline completed twice(const projective& p) noexcept {
  const field_element xx = square(p.x);
  const field_element yy = square(p.y);
  const field_element zz = square(p.z);
  const field_element sum_squared = square(p.x + p.y);
  const field_loose y = yy + xx;
  const field_loose z = yy - xx;
  const field_loose zz2 = zz + zz;
  const field_loose& sum_loose = sum_squared;
  return {sum_loose - y, y, z, zz2 - z};
}

/// 2^times * p. \pre times >= 1
[[nodiscard]] inline extended twice_times(const extended& p, unsigned times) noexcept {
  projective r = to_projective(p);
  for (unsigned i = 1; i < times; ++i) {
    r = to_projective(twice(r));
  }
  return to_extended(twice(r));
}

[[nodiscard]] inline extended sum(const extended& p, const extended& q) noexcept {
  return to_extended(add(p, to_cached(q)));
}

}  // namespace sandoq::edwards
