#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq {

/// The part of a code that people read: device and serial in clear and the first 130 bits, which a
/// device cannot make collide. A scanner gets all 32 bytes.                              SPEC(52.3)
struct readable_code {
  static constexpr std::size_t bits = 130;
  static constexpr std::size_t characters = 26;

  device_index device;
  serial number;
  /// The first 130 bits; the last 6 bits of the last byte are 0.
  byte_array<17> prefix{};

  /// The readable part of a code.
  [[nodiscard]] static readable_code of(device_index device, serial number,
                                        const digest32& code) noexcept;
  /// True iff `code` begins with these 130 bits.
  [[nodiscard]] bool matches(const digest32& code) const noexcept;

  /// "3-17 0123 4567 89ab cdef ghjk mnpq rs": device, serial, six groups of four and a pair, in the
  /// alphabet 0123456789abcdefghjkmnpqrstvwxyz.
  [[nodiscard]] std::string to_text() const;
  /// Reads what a person types: groups may be separated by '-' or blanks or not at all, letters may
  /// be upper case, and o, i, l stand for 0, 1, 1. Device and serial come first as in to_text.
  [[nodiscard]] static result<readable_code> from_text(std::string_view text);

  friend bool operator==(const readable_code&, const readable_code&) = default;
};

}  // namespace sandoq
