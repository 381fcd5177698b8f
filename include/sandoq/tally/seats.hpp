#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/ids.hpp"

namespace sandoq {

/// Options with equal votes between whom the places do not suffice; not resolved here. SPEC(75.2)
struct seat_tie {
  std::uint32_t seats = 0;
  std::uint32_t alternates = 0;
  std::vector<option_index> options;  ///< ascending
  friend bool operator==(const seat_tie&, const seat_tie&) = default;
};

/// Who is elected by plurality at large.
struct seat_allocation {
  std::vector<option_index> elected;  ///< most votes first; among equals in option order
  std::vector<option_index> alternates;
  std::vector<seat_tie> ties;  ///< at most 2
  friend bool operator==(const seat_allocation&, const seat_allocation&) = default;
};

/// How many places there are.
struct seat_limits {
  std::uint32_t seats = 0;
  std::uint32_t alternates = 0;
};

/// Gives seats, then alternates, to the options with the most votes; options without a vote get
/// nothing, so places may stay empty.                                                  SPEC(75.2)
/// \param counts  votes of each option, blank left out. Cost: one sort.
[[nodiscard]] seat_allocation plurality_at_large(std::span<const std::uint64_t> counts,
                                                 seat_limits limits);

}  // namespace sandoq
