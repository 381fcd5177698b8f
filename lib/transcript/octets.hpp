#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "sandoq/core/bytes.hpp"

namespace sandoq::detail {

/// u32, little-endian.
[[nodiscard]] constexpr byte_array<4> u32_octets(std::uint32_t value) noexcept {
  byte_array<4> out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = static_cast<std::byte>((value >> (8 * i)) & 0xFFU);
  }
  return out;
}

/// u64, little-endian.
[[nodiscard]] constexpr byte_array<8> u64_octets(std::uint64_t value) noexcept {
  byte_array<8> out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = static_cast<std::byte>((value >> (8 * i)) & 0xFFU);
  }
  return out;
}

}  // namespace sandoq::detail
