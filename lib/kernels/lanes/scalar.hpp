#pragma once

// One lane: the machine's own 64-bit words. For kernels that need no vector instructions.

#include "lib/kernels/lanes/vectors.hpp"
#include "sandoq/core/choice.hpp"

namespace sandoq::kernels {
namespace {

struct scalar_lanes {
  static constexpr int count = 1;
  static constexpr bool emulated = false;
  using u64 = uint64_t;

  SANDOQ_KERNEL_INLINE uint64_t get(u64 v, int /*lane*/) noexcept { return v; }
  SANDOQ_KERNEL_INLINE void set(u64& v, int /*lane*/, uint64_t word) noexcept { v = word; }

  /// All ones where a = b. Constant time.
  SANDOQ_KERNEL_INLINE u64 equal(u64 a, u64 b) noexcept {
    return choice::equal(a, b).mask();  // a compiler would make a branch of plain arithmetic
  }
  SANDOQ_KERNEL_INLINE void load_columns(u64 (&columns)[1],
                                         const uint64_t* const (&rows)[1]) noexcept {
    columns[0] = rows[0][0];
  }
  SANDOQ_KERNEL_INLINE void store_columns(uint64_t* const (&rows)[1],
                                          const u64 (&columns)[1]) noexcept {
    rows[0][0] = columns[0];
  }
  /// entries[index]. Constant time. \pre index < 16
  SANDOQ_KERNEL_INLINE u64 pick_16(const uint64_t* entries, u64 index) noexcept {
    u64 out = 0;
    for (uint64_t i = 0; i < 16; ++i) {
      out |= equal(index, i) & entries[i];
    }
    return out;
  }
};

}  // namespace
}  // namespace sandoq::kernels
