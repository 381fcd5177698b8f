#pragma once

#include <cstdint>

#include "sandoq/core/result.hpp"

namespace sandoq {

/// Whether a contest counts those who choose nothing.
enum class blank_option : std::uint8_t { absent = 0, counted = 1 };

/// What the ballots of a contest hold; the options here are its codes.       SPEC(45.1) SPEC(50.10)
struct choice_limits {
  std::uint32_t options = 0;      ///< n
  std::uint32_t max_choices = 0;  ///< L, 1 to n
  std::uint32_t min_choices = 0;  ///< Lmin, at most L, at least 1 where blank is counted
  blank_option blank = blank_option::absent;
  /// How many of the options, the last ones, fill a ballot alone, as blank does: their weight in a
  /// bit vector is L. Other proofs do not know such options.                    SPEC(45.1)
  std::uint32_t whole = 0;
  friend bool operator==(const choice_limits&, const choice_limits&) = default;
};

/// out_of_range if n = 0 or above max_options, L = 0, L above n or max_choices, Lmin > L, blank
/// with Lmin = 0 (an empty ballot could then be written in two ways), or no options but whole ones.
/// SPEC(50.5)
[[nodiscard]] result<void> check(const choice_limits& limits, std::uint32_t max_options,
                                 std::uint32_t max_choices);

}  // namespace sandoq
