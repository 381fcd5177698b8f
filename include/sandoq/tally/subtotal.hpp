#pragma once

#include <cstdint>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq {

/// The published content of one request after the totals.                              SPEC(75.3)
/// Decoding checks structure only.
struct subtotal {
  std::uint32_t number = 0;  ///< of the request
  std::uint64_t ballots = 0;
  std::vector<std::uint64_t> counts;  ///< in ciphertext order: options, then blank

  [[nodiscard]] static result<subtotal> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const subtotal&, const subtotal&) = default;
};

}  // namespace sandoq
