#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "lib/kernels/table.hpp"
#include "sandoq/group/ristretto255.hpp"

namespace sandoq {

/// How to add up n multiples on a kernel.
struct msm_plan {
  unsigned bits = 0;     ///< of the longest scalar
  unsigned window = 0;   ///< bits a digit, for buckets
  unsigned windows = 0;  ///< a multiple of the lanes
  bool by_buckets = false;
};

/// Compares the additions of both methods for these lengths.
/// \param bit_lengths  of every scalar, 0..253
[[nodiscard]] msm_plan plan_msm(const kernels::ristretto255_table& kernel,
                                std::span<const std::uint16_t> bit_lengths);
/// The best plan by buckets.
[[nodiscard]] msm_plan plan_buckets(const kernels::ristretto255_table& kernel,
                                    std::span<const std::uint16_t> bit_lengths);

}  // namespace sandoq
