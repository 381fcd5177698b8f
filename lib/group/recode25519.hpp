#pragma once

// Signed digits of scalars below 2^253.

#include <array>
#include <cstddef>
#include <cstdint>

#include "lib/arith/scalar25519.hpp"

namespace sandoq::edwards {

using arith::scalar_words;

/// s = sum of digits[i] * 16^i, each in [-8, 8]. Constant time.
[[nodiscard]] inline std::array<std::int8_t, 64> radix_16_digits(const scalar_words& s) noexcept {
  std::array<std::int8_t, 64> digits;
  int carried = 0;
  for (std::size_t i = 0; i < 64; ++i) {
    const int nibble = static_cast<int>((s[i / 16] >> (4 * (i % 16))) & 15U) + carried;
    carried = (nibble + 8) >> 4;
    // The top nibble is at most 1, so the last digit needs no carry.
    digits[i] = static_cast<std::int8_t>(nibble - 16 * carried);
  }
  return digits;
}

/// s = sum of digits[i] * 32^i, each in [-16, 16]. Constant time.
[[nodiscard]] inline std::array<std::int8_t, 51> radix_32_digits(const scalar_words& s) noexcept {
  std::array<std::int8_t, 51> digits;
  int carried = 0;
  for (std::size_t i = 0; i < 51; ++i) {
    const std::size_t word = 5 * i / 64;
    const std::size_t shift = 5 * i % 64;
    std::uint64_t bits = s[word] >> shift;
    if (shift > 59 && word < 3) {
      bits |= s[word + 1] << (64 - shift);
    }
    const int digit = static_cast<int>(bits & 31U) + carried;
    carried = (digit + 16) >> 5;
    // The top digit holds bits 250 to 252 only, so it needs no carry.
    digits[i] = static_cast<std::int8_t>(digit - 32 * carried);
  }
  return digits;
}

/// From here on the digits of a scalar of so many bits are 0: three bits, 7, may get a carry and
/// give one.
[[nodiscard]] inline unsigned radix_16_length(unsigned bits) noexcept {
  return bits == 0 ? 0 : (bits + 1) / 4 + 1;
}

/// Bits [position, position + width) of s, zero-extended. \pre width < 64
[[nodiscard]] inline std::uint64_t bits_at(const scalar_words& s, unsigned position,
                                           unsigned width) noexcept {
  const unsigned word = position / 64;
  const unsigned shift = position % 64;
  if (word >= 4) {
    return 0;
  }
  std::uint64_t bits = s[word] >> shift;
  if (shift + width > 64 && word + 1 < 4) {
    bits |= s[word + 1] << (64 - shift);
  }
  return bits & ((std::uint64_t{1} << width) - 1);
}

/// Bits up to and including the highest one that is set.
[[nodiscard]] inline unsigned bit_length_vartime(const scalar_words& s) noexcept {
  for (unsigned i = 4; i-- > 0;) {
    if (s[i] != 0) {
      return 64 * i + 64 - static_cast<unsigned>(__builtin_clzll(s[i]));
    }
  }
  return 0;
}

inline constexpr std::size_t naf_digits = 256;

/// Non-adjacent form of width w: odd digits below 2^(w-1) in size, at least w places apart, handed
/// to put(place, digit). \pre 2 <= w <= 8
template <class Put>
void for_each_naf_digit_vartime(const scalar_words& s, unsigned w, Put&& put) {
  const int full = 1 << w;
  unsigned carried = 0;
  for (unsigned place = 0; place < naf_digits;) {
    const auto window = static_cast<int>(bits_at(s, place, w)) + static_cast<int>(carried);
    if ((window & 1) == 0) {
      ++place;
      continue;
    }
    carried = window >= full / 2 ? 1 : 0;
    put(place, static_cast<std::int8_t>(carried != 0 ? window - full : window));
    place += w;
  }
}

}  // namespace sandoq::edwards
