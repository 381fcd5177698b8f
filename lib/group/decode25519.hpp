#pragma once

// The decoding of RFC 9496 section 4.3.1, with the letters used there, without its decisions.

#include "lib/group/edwards25519.hpp"
#include "sandoq/core/choice.hpp"

namespace sandoq::edwards {

struct decoded_point {
  extended point;
  choice in_group;  ///< without it the point is of no meaning
};

/// What the field element s stands for, if it is canonical and not negative. Constant time.
[[nodiscard]] inline decoded_point decode_field(const arith::field_element& s) noexcept {
  using arith::field_element;
  using arith::field_one;
  const field_element ss = square(s);
  const field_element u1 = carry(field_one - ss);
  const field_element u2 = carry(field_one + ss);
  const field_element u2_sqr = square(u2);
  const field_element v = carry(-(arith::constants::d * square(u1)) - u2_sqr);
  const arith::square_root root = arith::sqrt_ratio(field_one, v * u2_sqr);
  const field_element den_x = root.root * u2;
  const field_element den_y = (root.root * den_x) * v;
  const field_element x = absolute((s + s) * den_x);
  const field_element y = u1 * den_y;
  const field_element t = x * y;
  return {{x, y, field_one, t}, root.was_square & ~is_negative(t) & ~is_zero(y)};
}

}  // namespace sandoq::edwards
