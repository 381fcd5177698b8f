#pragma once

// Sums of points, column by column: lanes are neighbouring columns. Constant time.

#include "lib/kernels/point_memory.hpp"

namespace sandoq::kernels {
namespace {

template <class F>
struct ristretto255_sums {
  using L = typename F::lanes;
  using curve = edwards25519_lanes<F>;
  using extended = typename curve::extended;
  using memory = point_memory<F>;

  /// sums[c] += in[row * columns + c] for all rows.
  static void columns(point* sums, const point* in, uint64_t rows, uint64_t columns) noexcept {
    for (uint64_t c = 0; c < columns; c += L::count) {
      const int count = columns - c < L::count ? static_cast<int>(columns - c) : L::count;
      extended sum = memory::load(sums + c, count);
      for (uint64_t row = 0; row < rows; ++row) {
        sum = curve::add(sum, curve::to_cached(memory::load(in + row * columns + c, count)));
      }
      memory::store(sums + c, count, sum);
    }
  }
};

}  // namespace
}  // namespace sandoq::kernels
