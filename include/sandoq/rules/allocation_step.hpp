#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq {

/// What a step of an allocation says. SPEC(76.6)
enum class step_kind : std::uint8_t {
  votes = 1,
  below_threshold,
  quota,
  claims,
  first_seats,
  seat_more,
  seat_back,
  overflow,
  tie,
  open_tie,
  party,
  elected,
  alternates,
  runoff,
  empty_seats,
  count,
  eliminated,
  transfer,
  preferred,
  strongest_paths,
  points,
  reserve
};

/// One step: whom it is about, and exact numbers as text. SPEC(76.6)
struct allocation_step {
  step_kind kind = step_kind::votes;
  std::vector<std::uint32_t> subjects;  ///< options, then lists, then the pool of independents
  std::vector<std::string> values;      ///< "N" or "N/D" in lowest terms
  friend bool operator==(const allocation_step&, const allocation_step&) = default;
};

/// All steps of an allocation, which whoever has its input can make again.             SPEC(76.6)
struct allocation_transcript {
  std::vector<allocation_step> steps;
  /// Structure only.
  [[nodiscard]] static result<allocation_transcript> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const allocation_transcript&, const allocation_transcript&) = default;
};

}  // namespace sandoq
