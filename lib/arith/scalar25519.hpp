#pragma once

// Integers mod q = 2^252 + 27742317777372353535851937790883648493, the order of ristretto255, in
// four little-endian words, always in [0, q). All functions are constant time.

#include <array>
#include <cstddef>
#include <cstdint>

#include "sandoq/core/choice.hpp"

namespace sandoq::arith {

using scalar_words = std::array<std::uint64_t, 4>;

inline constexpr scalar_words scalar_order = {0x5812631a5cf5d3ed, 0x14def9dea2f79cd6, 0,
                                              0x1000000000000000};

[[nodiscard]] scalar_words scalar_add(const scalar_words& a, const scalar_words& b) noexcept;
[[nodiscard]] scalar_words scalar_sub(const scalar_words& a, const scalar_words& b) noexcept;
[[nodiscard]] scalar_words scalar_neg(const scalar_words& a) noexcept;
[[nodiscard]] scalar_words scalar_mul(const scalar_words& a, const scalar_words& b) noexcept;
/// 1/a by Fermat; 0 for a = 0.
[[nodiscard]] scalar_words scalar_invert(const scalar_words& a) noexcept;
/// Any 512-bit number mod q.
[[nodiscard]] scalar_words scalar_reduce(const std::array<std::uint64_t, 8>& wide) noexcept;
/// True iff the number is below q.
[[nodiscard]] choice scalar_in_range(const scalar_words& a) noexcept;

/// Little-endian bytes to words and back, without reduction.
template <std::size_t Words>
[[nodiscard]] std::array<std::uint64_t, Words> words_from_bytes(const std::byte* in) noexcept {
  std::array<std::uint64_t, Words> out{};
  for (std::size_t i = 0; i < 8 * Words; ++i) {
    out[i / 8] |= std::to_integer<std::uint64_t>(in[i]) << (8 * (i % 8));
  }
  return out;
}
[[nodiscard]] inline std::array<std::byte, 32> scalar_to_bytes(const scalar_words& a) noexcept {
  std::array<std::byte, 32> out;
  for (std::size_t i = 0; i < 32; ++i) {
    out[i] = static_cast<std::byte>((a[i / 8] >> (8 * (i % 8))) & 0xFFU);
  }
  return out;
}

}  // namespace sandoq::arith
