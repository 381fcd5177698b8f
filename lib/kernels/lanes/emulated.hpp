#pragma once

// Eight lanes without vector instructions: so that every algorithm runs, and is tested, on machines
// that lack its instructions. Slow.

#include "lib/kernels/lanes/vectors.hpp"

namespace sandoq::kernels {
namespace {

struct emulated_lanes : common_lanes<8> {
  static constexpr bool emulated = true;

  SANDOQ_KERNEL_INLINE f64 fma(f64 a, f64 b, f64 c) noexcept {
    f64 out;
    for (int i = 0; i < count; ++i) {
      out[i] = __builtin_fma(a[i], b[i], c[i]);
    }
    return out;
  }
  SANDOQ_KERNEL_INLINE u64 madd_low(u64 c, u64 a, u64 b) noexcept {
    u64 out;
    for (int i = 0; i < count; ++i) {
      out[i] = c[i] + (static_cast<uint64_t>(product(a[i], b[i])) & low_bits);
    }
    return out;
  }
  SANDOQ_KERNEL_INLINE u64 madd_high(u64 c, u64 a, u64 b) noexcept {
    u64 out;
    for (int i = 0; i < count; ++i) {
      out[i] = c[i] + static_cast<uint64_t>(product(a[i], b[i]) >> 52U);
    }
    return out;
  }

 private:
  __extension__ using uint128 = unsigned __int128;
  static constexpr uint64_t low_bits = (uint64_t{1} << 52U) - 1;
  SANDOQ_KERNEL_INLINE uint128 product(uint64_t a, uint64_t b) noexcept {
    return static_cast<uint128>(a & low_bits) * (b & low_bits);
  }
};

}  // namespace
}  // namespace sandoq::kernels
