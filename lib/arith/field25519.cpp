#include "lib/arith/field25519.hpp"

#include <array>
#include <utility>

namespace sandoq::arith {
namespace {

using words = std::array<std::uint64_t, 4>;

/// The canonical value, as five limbs below 2^51 that together are below p.
field_limbs reduce(const field_wide& a) noexcept {
  field_limbs r = carry(a).v;
  // q = 1 iff the value is at least p: that is the carry out of the top when 19 is added.
  std::uint64_t q = 19;
  for (const std::uint64_t limb : r) {
    q = (limb + q) >> 51U;
  }
  r[0] += 19 * q;
  for (std::size_t i = 0; i < 4; ++i) {
    r[i + 1] += r[i] >> 51U;
    r[i] &= limb_mask;
  }
  r[4] &= limb_mask;  // drops q*2^255
  return r;
}

field_element square_times(field_element a, unsigned times) noexcept {
  for (unsigned n = 0; n < times; ++n) {
    a = square(a);
  }
  return a;
}

struct long_power {
  field_element to_11;     // x^11
  field_element to_250_1;  // x^(2^250 - 1)
};

/// The part that inversion and square root share: exponents of k ones, e(k) = 2^k - 1, doubled by
/// x^e(2k) = (x^e(k))^(2^k) * x^e(k).
long_power power_250_1(const field_element& x) noexcept {
  const field_element x2 = square(x);
  const field_element x9 = square_times(x2, 2) * x;
  const field_element x11 = x9 * x2;
  const field_element e5 = square(x11) * x9;  // 22 + 9 = 31
  const field_element e10 = square_times(e5, 5) * e5;
  const field_element e20 = square_times(e10, 10) * e10;
  const field_element e40 = square_times(e20, 20) * e20;
  const field_element e50 = square_times(e40, 10) * e10;
  const field_element e100 = square_times(e50, 50) * e50;
  const field_element e200 = square_times(e100, 100) * e100;
  return {x11, square_times(e200, 50) * e50};
}

/// x^((p-5)/8) = x^(2^252 - 3).
field_element power_p58(const field_element& x) noexcept {
  return square_times(power_250_1(x).to_250_1, 2) * x;
}

/// Corrects r = u*v^3*(u*v^7)^((p-5)/8), whose square times v is u times a fourth root of unity.
square_root finish_root(const field_element& u, const field_element& v,
                        const field_element& r) noexcept {
  const field_element check = v * square(r);
  const field_element minus_u = carry(-u);
  const choice correct = equal(check, u);
  const choice flipped = equal(check, minus_u);
  const choice flipped_i = equal(check, minus_u * constants::sqrt_m1);
  const field_element turned = constants::sqrt_m1 * r;
  return {correct | flipped, absolute(select(flipped | flipped_i, turned, r))};
}

std::uint64_t load_word(const std::byte* in) noexcept {
  std::uint64_t out = 0;
  for (unsigned i = 0; i < 8; ++i) {
    out |= std::to_integer<std::uint64_t>(in[i]) << (8 * i);
  }
  return out;
}

}  // namespace

field_element field_from_bytes(const std::array<std::byte, 32>& in) noexcept {
  const std::uint64_t w0 = load_word(in.data());
  const std::uint64_t w1 = load_word(in.data() + 8);
  const std::uint64_t w2 = load_word(in.data() + 16);
  const std::uint64_t w3 = load_word(in.data() + 24);
  return make_field({w0 & limb_mask, ((w0 >> 51U) | (w1 << 13U)) & limb_mask,
                     ((w1 >> 38U) | (w2 << 26U)) & limb_mask,
                     ((w2 >> 25U) | (w3 << 39U)) & limb_mask, (w3 >> 12U) & limb_mask});
}

std::array<std::byte, 32> to_bytes(const field_wide& a) noexcept {
  const auto [r0, r1, r2, r3, r4] = reduce(a);
  const words packed = {r0 | (r1 << 51U), (r1 >> 13U) | (r2 << 38U), (r2 >> 26U) | (r3 << 25U),
                        (r3 >> 39U) | (r4 << 12U)};
  std::array<std::byte, 32> out;
  for (std::size_t i = 0; i < 32; ++i) {
    out[i] = static_cast<std::byte>((packed[i / 8] >> (8 * (i % 8))) & 0xFFU);
  }
  return out;
}

choice is_zero(const field_wide& a) noexcept {
  const auto [r0, r1, r2, r3, r4] = reduce(a);
  return choice::is_zero(r0 | r1 | r2 | r3 | r4);
}

choice equal(const field_loose& a, const field_loose& b) noexcept {
  return is_zero(a - b);
}

choice is_negative(const field_wide& a) noexcept {
  return choice::from_bit(reduce(a)[0]);
}

field_element absolute(const field_element& a) noexcept {
  return negate_if(is_negative(a), a);
}

field_element invert(const field_element& a) noexcept {
  // p - 2 = 2^255 - 21 = 2^5 * (2^250 - 1) + 11
  const long_power powers = power_250_1(a);
  return square_times(powers.to_250_1, 5) * powers.to_11;
}

square_root sqrt_ratio(const field_element& u, const field_element& v) noexcept {
  const field_element v3 = square(v) * v;
  const field_element v7 = square(v3) * v;
  const field_element power = power_p58(u * v7);
  return finish_root(u, v, (u * v3) * power);
}

}  // namespace sandoq::arith
