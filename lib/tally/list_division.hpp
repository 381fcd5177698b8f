#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sandoq/threshold/opening_policy.hpp"

namespace sandoq::detail {

/// What every part of a division keeps.
struct division_limits {
  std::uint64_t least = 1;   ///< ballots
  std::uint64_t most = 1;    ///< ballots
  std::size_t branches = 1;  ///< at most
};

/// Divides branches into parts that stand together: as few as can be; of such divisions the one
/// with the least sum of squares of their ballots; of these the one whose last part is longest,
/// then the part before it, and so on. SPEC(85.8) \return where each part begins; nothing if no
/// division keeps the limits \pre every branch has a ballot. Cost: for each branch one step for
/// each branch that can begin a part with it.
[[nodiscard]] std::optional<std::vector<std::size_t>> divide(
    std::span<const branch_ballots> branches, const division_limits& limits);

}  // namespace sandoq::detail
