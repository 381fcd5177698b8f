#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "lib/group/edwards25519.hpp"

namespace sandoq::edwards {

inline constexpr unsigned odd_multiples_width = 5;

/// P, 3P, 5P, ..., 15P: what a non-adjacent form of width 5 adds.
using odd_multiples = std::array<cached, 8>;

[[nodiscard]] inline odd_multiples make_odd_multiples(const extended& p) noexcept {
  odd_multiples out;
  const cached step = to_cached(to_extended(twice(to_projective(p))));
  extended multiple = p;
  out[0] = to_cached(multiple);
  for (std::size_t i = 1; i < out.size(); ++i) {
    multiple = to_extended(add(multiple, step));
    out[i] = to_cached(multiple);
  }
  return out;
}

/// p + digit*P for an odd digit below 16 in size, or p for 0.
[[nodiscard]] inline extended add_digit_vartime(const extended& p, const odd_multiples& table,
                                                std::int8_t digit) noexcept {
  if (digit > 0) {
    return to_extended(add(p, table[static_cast<std::size_t>(digit / 2)]));
  }
  if (digit < 0) {
    return to_extended(subtract(p, table[static_cast<std::size_t>(-digit / 2)]));
  }
  return p;
}

}  // namespace sandoq::edwards
