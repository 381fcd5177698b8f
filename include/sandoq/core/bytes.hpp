#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sandoq/core/result.hpp"

namespace sandoq {

/// Bytes that are owned.
using bytes = std::vector<std::byte>;
/// Bytes of somebody else, to read.
using byte_view = std::span<const std::byte>;
/// Bytes of somebody else, to fill.
using byte_span = std::span<std::byte>;

/// N bytes, N known when compiling.
template <std::size_t N>
using byte_array = std::array<std::byte, N>;

/// The bytes of a text, without copying.
[[nodiscard]] inline byte_view bytes_of(std::string_view text) noexcept {
  return std::as_bytes(std::span<const char>(text.data(), text.size()));
}

/// Lower-case hexadecimal, two digits a byte. Public data only: its time depends on nothing but the
/// length, yet its output is meant to be shown.
[[nodiscard]] std::string to_hex(byte_view data);

/// Reads hexadecimal of either case; an odd length or any other character is bad_encoding.
[[nodiscard]] result<bytes> from_hex(std::string_view text);

/// Reads exactly out.size() bytes of hexadecimal.
[[nodiscard]] result<void> from_hex_into(byte_span out, std::string_view text);

/// True iff the text is well-formed UTF-8 (Unicode 15, table 3-7): no surrogates, no overlong
/// forms.
[[nodiscard]] bool is_utf8(byte_view text) noexcept;

}  // namespace sandoq
