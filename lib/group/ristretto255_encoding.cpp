// Decoding, encoding and the map from uniform bytes: RFC 9496 sections 4.3.1, 4.3.2 and 4.3.4, with
// the letters used there.

#include <algorithm>
#include <array>
#include <string>

#include "lib/group/ristretto255_access.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/group/ristretto255.hpp"

namespace sandoq {
namespace {

using arith::field_element;
using arith::field_one;
using edwards::extended;
using element = ristretto255::element;
namespace constants = arith::constants;

using octets32 = std::array<std::byte, 32>;

enum class decoding { good, bad_encoding, not_in_group };

octets32 octets_at(byte_view in, std::size_t index) noexcept {
  octets32 out;
  std::copy_n(in.begin() + static_cast<std::ptrdiff_t>(32 * index), 32, out.begin());
  return out;
}

/// Decodes several elements at once, because their inverse square roots run interleaved. Variable
/// time.
template <std::size_t Lanes>
std::array<decoding, Lanes> decode_lanes(element* out,
                                         const std::array<octets32, Lanes>& in) noexcept {
  std::array<field_element, Lanes> s, u1, u2, v, to_root;
  std::array<bool, Lanes> canonical;
  for (std::size_t i = 0; i < Lanes; ++i) {
    s[i] = arith::field_from_bytes(in[i]);
    canonical[i] = to_bytes(s[i]) == in[i] && !is_public_true(is_negative(s[i]));
    const field_element ss = square(s[i]);
    u1[i] = carry(field_one - ss);
    u2[i] = carry(field_one + ss);
    const field_element u2_sqr = square(u2[i]);
    v[i] = carry(-(constants::d * square(u1[i])) - u2_sqr);
    to_root[i] = v[i] * u2_sqr;
  }
  const std::array<arith::square_root, Lanes> roots = arith::inverse_sqrt(to_root);
  std::array<decoding, Lanes> outcome;
  for (std::size_t i = 0; i < Lanes; ++i) {
    const field_element den_x = roots[i].root * u2[i];
    const field_element den_y = (roots[i].root * den_x) * v[i];
    const field_element x = absolute((s[i] + s[i]) * den_x);
    const field_element y = u1[i] * den_y;
    const field_element t = x * y;
    const bool in_group = is_public_true(roots[i].was_square & ~is_negative(t) & ~is_zero(y));
    outcome[i] = !canonical[i] ? decoding::bad_encoding
                 : in_group    ? decoding::good
                               : decoding::not_in_group;
    out[i] = element_of_point({x, y, field_one, t});
  }
  return outcome;
}

tl::unexpected<error> refusal(decoding why, std::string_view place) {
  return why == decoding::bad_encoding
             ? fail(errc::bad_encoding, place,
                    "not the canonical encoding of a non-negative field element")
             : fail(errc::not_in_group, place, "these bytes are the encoding of no group element");
}

/// Constant time.
template <std::size_t Lanes>
std::array<octets32, Lanes> encode_lanes(const std::array<extended, Lanes>& points) noexcept {
  std::array<field_element, Lanes> u1, u2, to_root;
  for (std::size_t i = 0; i < Lanes; ++i) {
    const extended& p = points[i];
    u1[i] = (p.z + p.y) * (p.z - p.y);
    u2[i] = p.x * p.y;
    to_root[i] = u1[i] * square(u2[i]);
  }
  const std::array<arith::square_root, Lanes> roots = arith::inverse_sqrt(to_root);
  std::array<octets32, Lanes> out;
  for (std::size_t i = 0; i < Lanes; ++i) {
    const extended& p = points[i];
    const field_element den1 = roots[i].root * u1[i];
    const field_element den2 = roots[i].root * u2[i];
    const field_element z_inv = (den1 * den2) * p.t;
    const field_element ix = p.x * constants::sqrt_m1;
    const field_element iy = p.y * constants::sqrt_m1;
    const field_element enchanted = den1 * constants::invsqrt_a_minus_d;
    const choice rotate = is_negative(p.t * z_inv);
    const field_element x = select(rotate, iy, p.x);
    field_element y = select(rotate, ix, p.y);
    const field_element den_inv = select(rotate, enchanted, den2);
    y = negate_if(is_negative(x * z_inv), y);
    out[i] = to_bytes(absolute(den_inv * (p.z - y)));
  }
  return out;
}

/// MAP of 4.3.4: Elligator 2 on the Jacobi quartic. Constant time.
extended map_to_point(const field_element& t) noexcept {
  const field_element r = constants::sqrt_m1 * square(t);
  const field_element u = (r + field_one) * constants::one_minus_d_sq;
  const field_element rd = carry(r + constants::d);
  const field_element minus_one = carry(-field_one);
  const field_element v = (minus_one - r * constants::d) * rd;
  const arith::square_root root = sqrt_ratio(u, v);
  const field_element s_prime = carry(-absolute(root.root * t));
  const field_element s = select(root.was_square, root.root, s_prime);
  const field_element c = select(root.was_square, minus_one, r);
  const field_element n = carry((c * (r - field_one)) * constants::d_minus_one_sq - v);
  const field_element w0 = (s + s) * v;
  const field_element w1 = n * constants::sqrt_ad_minus_one;
  const field_element ss = square(s);
  const field_element w2 = carry(field_one - ss);
  const field_element w3 = carry(field_one + ss);
  return {w0 * w3, w2 * w1, w1 * w3, w0 * w2};
}

}  // namespace

result<element> ristretto255::decode(byte_view in) {  // SPEC(10.3)
  if (in.size() != element_bytes) {
    return fail(errc::bad_encoding, "element",
                "an element has 32 bytes, found " + std::to_string(in.size()));
  }
  element out;
  const decoding outcome = decode_lanes<1>(&out, {octets_at(in, 0)})[0];
  if (outcome != decoding::good) {
    return refusal(outcome, "element");
  }
  return out;
}

result<void> ristretto255::decode_batch(std::span<element> out, byte_view in) {
  SANDOQ_EXPECTS(in.size() == element_bytes * out.size(), "32 bytes for each element");
  const auto refused_at = [](std::size_t i, decoding why) {
    return refusal(why, "element " + std::to_string(i));
  };
  std::size_t i = 0;
  for (; i + 2 <= out.size(); i += 2) {
    const auto both = decode_lanes<2>(&out[i], {octets_at(in, i), octets_at(in, i + 1)});
    for (std::size_t lane = 0; lane < 2; ++lane) {
      if (both[lane] != decoding::good) {
        return refused_at(i + lane, both[lane]);
      }
    }
  }
  if (i < out.size()) {
    const decoding last = decode_lanes<1>(&out[i], {octets_at(in, i)})[0];
    if (last != decoding::good) {
      return refused_at(i, last);
    }
  }
  return {};
}

std::array<std::byte, 32> ristretto255::encode(const element& e) noexcept {
  return encode_lanes<1>({point_of(e)})[0];
}

void ristretto255::encode_batch(byte_span out, std::span<const element> in) noexcept {
  SANDOQ_EXPECTS(out.size() == element_bytes * in.size(), "32 bytes for each element");
  auto position = out.begin();
  std::size_t i = 0;
  for (; i + 2 <= in.size(); i += 2) {
    for (const octets32& octets : encode_lanes<2>({point_of(in[i]), point_of(in[i + 1])})) {
      position = std::copy(octets.begin(), octets.end(), position);
    }
  }
  if (i < in.size()) {
    const octets32 octets = encode(in[i]);
    std::copy(octets.begin(), octets.end(), position);
  }
}

element ristretto255::from_uniform_bytes(std::span<const std::byte, 64> wide) noexcept {
  const auto half = [&](std::size_t index) {  // field_from_bytes masks the top bit
    return map_to_point(arith::field_from_bytes(octets_at(wide, index)));
  };
  return element_of_point(edwards::sum(half(0), half(1)));
}

}  // namespace sandoq
