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
