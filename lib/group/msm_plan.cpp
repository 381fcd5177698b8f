#include "lib/group/msm_plan.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace sandoq {
namespace {

// In additions of one point in every lane, which is the unit below.
constexpr double doubling = 0.8;       // in lanes, too
constexpr double full_addition = 1.3;  // where neither point is prepared
constexpr double lone_doubling = 1.4;  // of one point, while the lanes wait

constexpr unsigned max_window = 14;  // digits, up to 2^window, fit 16 bits

using histogram = std::array<std::size_t, 257>;  // of bit lengths

unsigned round_up(unsigned n, unsigned step) noexcept {
  return (n + step - 1) / step * step;
}

double lone_cost(unsigned lanes) noexcept {
  return lanes == 1 ? doubling : lone_doubling;
}

/// Buckets hold windows of several positions in the lanes; a point takes part in the groups of
/// lanes that its digits reach.
double bucket_cost(const histogram& by_bits, unsigned bits, unsigned window, unsigned lanes) {
  const unsigned groups = round_up((bits + window - 1) / window, lanes) / lanes;
  double cost = groups * 2 * full_addition * static_cast<double>(std::size_t{1} << (window - 1));
  for (unsigned b = 1; b <= bits; ++b) {
    const unsigned digits = (b + window - 1) / window;
    cost += static_cast<double>(by_bits[b]) * (round_up(digits, lanes) / lanes);
  }
  return cost + bits * lone_cost(lanes);
}

double shared_doublings_cost(std::span<const std::uint16_t> bit_lengths, unsigned bits,
                             unsigned lanes) {
  double digits = 0;  // over batches, whose scalars are sorted by length
  for (const std::uint16_t b : bit_lengths) {
    digits += b / 4 + 1;
  }
  const double batches = static_cast<double>(bit_lengths.size()) / lanes + 0.5;
  return full_addition * (digits / lanes + kernels::radix_16_entries * batches) + bits * doubling;
}

}  // namespace

msm_plan plan_buckets(const kernels::ristretto255_table& kernel,
                      std::span<const std::uint16_t> bit_lengths) {
  histogram by_bits{};
  msm_plan out;
  for (const std::uint16_t b : bit_lengths) {
    ++by_bits[b];
    out.bits = std::max<unsigned>(out.bits, b);
  }
  out.by_buckets = true;
  double best = std::numeric_limits<double>::max();
  for (unsigned window = 2; window <= max_window; ++window) {
    const double cost = bucket_cost(by_bits, out.bits, window, kernel.lanes);
    if (cost < best) {
      best = cost;
      out.window = window;
    }
  }
  out.windows = round_up(std::max(1U, (out.bits + out.window - 1) / out.window), kernel.lanes);
  return out;
}

msm_plan plan_msm(const kernels::ristretto255_table& kernel,
                  std::span<const std::uint16_t> bit_lengths) {
  constexpr std::size_t most_by_shared_doublings = 4096;  // above it buckets always win
  msm_plan out = plan_buckets(kernel, bit_lengths);
  if (bit_lengths.size() <= most_by_shared_doublings) {
    histogram by_bits{};
    for (const std::uint16_t b : bit_lengths) {
      ++by_bits[b];
    }
    out.by_buckets = bucket_cost(by_bits, out.bits, out.window, kernel.lanes) <
                     shared_doublings_cost(bit_lengths, out.bits, kernel.lanes);
  }
  return out;
}

}  // namespace sandoq
