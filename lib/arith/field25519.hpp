#pragma once

// The field of 2^255 - 19, in five limbs of radix 2^51. How large limbs may be is part of the type,
// so that a missing carry does not compile:
//
//   field_element  limbs < 2^51 + 2^13          what multiplication and carry() give
//   field_loose    limbs < 3*2^51 + 2^14        sum or difference of two field_elements
//   field_wide     limbs < 2^54                 sum or difference of two field_looses; may be
//   multiplied
//
// An element converts to the looser types for free. All functions are constant time.

#include <array>
#include <cstddef>
#include <cstdint>

#include "sandoq/core/choice.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq::arith {

__extension__ using uint128 = unsigned __int128;

inline constexpr std::uint64_t limb_mask = (std::uint64_t{1} << 51U) - 1;

using field_limbs = std::array<std::uint64_t, 5>;

struct field_wide {
  field_limbs v;
  static constexpr std::uint64_t bound = std::uint64_t{1} << 54U;
};
struct field_loose : field_wide {
  static constexpr std::uint64_t bound = (std::uint64_t{3} << 51U) + (std::uint64_t{1} << 14U);
};
struct field_element : field_loose {
  static constexpr std::uint64_t bound = (std::uint64_t{1} << 51U) + (std::uint64_t{1} << 13U);
};

/// Aborts, in builds with invariants, if a limb breaks the bound of its type.
template <class T>
inline void check_bounds([[maybe_unused]] const T& a) noexcept {
#ifdef SANDOQ_INVARIANTS
  for (const std::uint64_t limb : a.v) {
    SANDOQ_INVARIANT(limb < T::bound, "a field limb is above the bound of its type");
  }
#endif
}

[[nodiscard]] constexpr field_element make_field(const field_limbs& limbs) noexcept {
  return field_element{{{limbs}}};
}

inline constexpr field_element field_zero = make_field({0, 0, 0, 0, 0});
inline constexpr field_element field_one = make_field({1, 0, 0, 0, 0});

namespace detail {

template <class Out>
[[nodiscard, gnu::always_inline]] inline Out add_limbs(const field_wide& a,
                                                       const field_wide& b) noexcept {
  Out out;
  for (std::size_t i = 0; i < 5; ++i) {
    out.v[i] = a.v[i] + b.v[i];
  }
  check_bounds(out);
  return out;
}

/// a + multiple*p - b, for multiple 2 or 4: no limb can become negative while those of b stay below
/// multiple*2^51 - 19*multiple.
template <class Out, std::uint64_t Multiple>
[[nodiscard, gnu::always_inline]] inline Out sub_limbs(const field_wide& a,
                                                       const field_wide& b) noexcept {
  constexpr std::uint64_t low = Multiple * (limb_mask - 18);
  constexpr std::uint64_t high = Multiple * limb_mask;
  Out out;
  out.v[0] = a.v[0] + low - b.v[0];
  for (std::size_t i = 1; i < 5; ++i) {
    out.v[i] = a.v[i] + high - b.v[i];
  }
  check_bounds(out);
  return out;
}

}  // namespace detail

[[gnu::always_inline]] inline field_loose operator+(const field_element& a,
                                                    const field_element& b) noexcept {
  return detail::add_limbs<field_loose>(a, b);
}
[[gnu::always_inline]] inline field_wide operator+(const field_loose& a,
                                                   const field_loose& b) noexcept {
  return detail::add_limbs<field_wide>(a, b);
}
[[gnu::always_inline]] inline field_loose operator-(const field_element& a,
                                                    const field_element& b) noexcept {
  return detail::sub_limbs<field_loose, 2>(a, b);
}
[[gnu::always_inline]] inline field_wide operator-(const field_loose& a,
                                                   const field_loose& b) noexcept {
  return detail::sub_limbs<field_wide, 4>(a, b);
}
[[gnu::always_inline]] inline field_loose operator-(const field_element& a) noexcept {
  return detail::sub_limbs<field_loose, 2>(field_zero, a);
}

/// Carries once around, so that the value fits into a field_element again.
[[nodiscard]] inline field_element carry(const field_wide& a) noexcept {
  check_bounds(a);
  field_limbs r = a.v;
  for (std::size_t i = 0; i < 4; ++i) {
    r[i + 1] += r[i] >> 51U;
    r[i] &= limb_mask;
  }
  r[0] += 19 * (r[4] >> 51U);  // < 2^51 + 19*2^4
  r[4] &= limb_mask;
  const field_element out = make_field(r);
  check_bounds(out);
  return out;
}

namespace detail {

/// Carries five products of radix 2^51. \pre the carries out of each fit 64 bits and 19 times the
/// last one too; both hold for products of two field_wides: r0 < 77*2^108, r4 < 5*2^108.
[[nodiscard, gnu::always_inline]] inline field_element carry_products(uint128 r0, uint128 r1,
                                                                      uint128 r2, uint128 r3,
                                                                      uint128 r4) noexcept {
  r1 += static_cast<std::uint64_t>(r0 >> 51U);
  r2 += static_cast<std::uint64_t>(r1 >> 51U);
  r3 += static_cast<std::uint64_t>(r2 >> 51U);
  r4 += static_cast<std::uint64_t>(r3 >> 51U);
  const std::uint64_t low =
      (static_cast<std::uint64_t>(r0) & limb_mask) + 19 * static_cast<std::uint64_t>(r4 >> 51U);
  const field_element out = make_field({
      low & limb_mask,
      (static_cast<std::uint64_t>(r1) & limb_mask) + (low >> 51U),
      static_cast<std::uint64_t>(r2) & limb_mask,
      static_cast<std::uint64_t>(r3) & limb_mask,
      static_cast<std::uint64_t>(r4) & limb_mask,
  });
  check_bounds(out);
  return out;
}

}  // namespace detail

[[gnu::always_inline]] inline field_element operator*(const field_wide& fa,
                                                      const field_wide& fb) noexcept {
  check_bounds(fa);
  check_bounds(fb);
  const auto [a0, a1, a2, a3, a4] = fa.v;
  const auto [b0, b1, b2, b3, b4] = fb.v;
  const std::uint64_t c1 = 19 * b1;  // 2^255 = 19: what runs over the top comes back 19-fold
  const std::uint64_t c2 = 19 * b2;
  const std::uint64_t c3 = 19 * b3;
  const std::uint64_t c4 = 19 * b4;
  const auto m = [](std::uint64_t x, std::uint64_t y) { return static_cast<uint128>(x) * y; };
  return detail::carry_products(m(a0, b0) + m(a1, c4) + m(a2, c3) + m(a3, c2) + m(a4, c1),
                                m(a0, b1) + m(a1, b0) + m(a2, c4) + m(a3, c3) + m(a4, c2),
                                m(a0, b2) + m(a1, b1) + m(a2, b0) + m(a3, c4) + m(a4, c3),
                                m(a0, b3) + m(a1, b2) + m(a2, b1) + m(a3, b0) + m(a4, c4),
                                m(a0, b4) + m(a1, b3) + m(a2, b2) + m(a3, b1) + m(a4, b0));
}

[[nodiscard, gnu::always_inline]] inline field_element square(const field_wide& fa) noexcept {
  check_bounds(fa);
  const auto [a0, a1, a2, a3, a4] = fa.v;
  const std::uint64_t d0 = 2 * a0;
  const std::uint64_t d1 = 2 * a1;
  const std::uint64_t d2 = 2 * a2;
  const std::uint64_t c3 = 19 * a3;
  const std::uint64_t c4 = 19 * a4;
  const auto m = [](std::uint64_t x, std::uint64_t y) { return static_cast<uint128>(x) * y; };
  return detail::carry_products(
      m(a0, a0) + m(d1, c4) + m(d2, c3), m(d0, a1) + m(d2, c4) + m(a3, c3),
      m(d0, a2) + m(a1, a1) + m(2 * a3, c4), m(d0, a3) + m(d1, a2) + m(a4, c4),
      m(d0, a4) + m(d1, a3) + m(a2, a2));
}

[[nodiscard]] inline field_element select(choice c, const field_element& if_true,
                                          const field_element& if_false) noexcept {
  return make_field(sandoq::select(c, if_true.v, if_false.v));
}

/// -a where c holds, otherwise a.
[[nodiscard]] inline field_element negate_if(choice c, const field_element& a) noexcept {
  return select(c, carry(-a), a);
}

/// The 255 low bits of 32 little-endian bytes; the top bit is ignored and values of p..2^255-1 are
/// taken mod p. Whoever needs the canonical form compares with to_bytes.
[[nodiscard]] field_element field_from_bytes(const std::array<std::byte, 32>& in) noexcept;
/// The canonical encoding: the value in [0, p), little-endian.
[[nodiscard]] std::array<std::byte, 32> to_bytes(const field_wide& a) noexcept;

[[nodiscard]] choice is_zero(const field_wide& a) noexcept;
[[nodiscard]] choice equal(const field_loose& a, const field_loose& b) noexcept;
/// The lowest bit of the canonical value (RFC 9496 section 3.1).
[[nodiscard]] choice is_negative(const field_wide& a) noexcept;
/// The non-negative one of a and -a.
[[nodiscard]] field_element absolute(const field_element& a) noexcept;

/// 1/a; 0 for a = 0. 254 squarings and 11 multiplications.
[[nodiscard]] field_element invert(const field_element& a) noexcept;

struct square_root {
  choice was_square;
  field_element root;  ///< non-negative
};

/// SQRT_RATIO_M1 of RFC 9496 section 4.2: sqrt(u/v), or sqrt(sqrt(-1)*u/v) if u/v is no square; for
/// u = 0 (yes, 0), for v = 0 and u != 0 (no, 0).
[[nodiscard]] square_root sqrt_ratio(const field_element& u, const field_element& v) noexcept;

namespace constants {

/// -121665/121666, the d of edwards25519.
inline constexpr field_element d = make_field(
    {0x34dca135978a3, 0x1a8283b156ebd, 0x5e7a26001c029, 0x739c663a03cbb, 0x52036cee2b6ff});
inline constexpr field_element two_d = make_field(
    {0x69b9426b2f159, 0x35050762add7a, 0x3cf44c0038052, 0x6738cc7407977, 0x2406d9dc56dff});
/// The square root of -1 that RFC 9496 calls SQRT_M1.
inline constexpr field_element sqrt_m1 = make_field(
    {0x61b274a0ea0b0, 0x0d5a5fc8f189d, 0x7ef5e9cbd0c60, 0x78595a6804c9e, 0x2b8324804fc1d});
/// sqrt(a*d - 1), a = -1.
inline constexpr field_element sqrt_ad_minus_one = make_field(
    {0x7f6a0497b2e1b, 0x1836f0a97afd2, 0x7d747f6be7638, 0x456079e7e6498, 0x376931bf2b834});
/// 1/sqrt(a - d).
inline constexpr field_element invsqrt_a_minus_d = make_field(
    {0x0fdaa805d40ea, 0x2eb482e57d339, 0x007610274bc58, 0x6510b613dc8ff, 0x786c8905cfaff});
inline constexpr field_element one_minus_d_sq = make_field(
    {0x409c1945fc176, 0x719abc6a1fc4f, 0x1c37f90b20684, 0x06bccca55eedf, 0x29072a8b2b3e});
inline constexpr field_element d_minus_one_sq = make_field(
    {0x55aaa44ed4d20, 0x59603c3332635, 0x26d3baf4a7928, 0x120a66e6997a9, 0x5968b37af66c2});

}  // namespace constants

}  // namespace sandoq::arith
