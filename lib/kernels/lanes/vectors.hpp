#pragma once

// Vectors of 4 or 8 lanes of 64 bits: the compiler's own vector types, which have the operators of
// their components. Without vector instructions they still work, one component after the other.

#include <cstdint>

/// Every function of a kernel is inlined into the coarse operations of its table: none of them may
/// become a symbol that code for another processor could be linked to.
/// Emulated kernels, which no processor is too old for, and instrumented ones leave it to the
/// compiler.
#ifdef SANDOQ_KERNEL_OUTLINED
#define SANDOQ_KERNEL_INLINE static inline
#else
#define SANDOQ_KERNEL_INLINE [[gnu::always_inline]] static inline
#endif

namespace sandoq::kernels {
namespace {

using std::int64_t;
using std::uint64_t;

template <int Count>
struct vectors;

template <>
struct vectors<4> {
  static constexpr int count = 4;
  using u64 = uint64_t __attribute__((vector_size(32)));
  using f64 = double __attribute__((vector_size(32)));
};

template <>
struct vectors<8> {
  static constexpr int count = 8;
  using u64 = uint64_t __attribute__((vector_size(64)));
  using f64 = double __attribute__((vector_size(64)));
};

/// What every set of lanes can do, one component after the other; a processor's own lanes hide what
/// they do better.
template <int Count>
struct common_lanes : vectors<Count> {
  using typename vectors<Count>::u64;
  static constexpr bool emulated = false;

  SANDOQ_KERNEL_INLINE uint64_t get(u64 v, int lane) noexcept { return v[lane]; }
  SANDOQ_KERNEL_INLINE void set(u64& v, int lane, uint64_t word) noexcept { v[lane] = word; }

  /// All ones where a = b. Constant time.
  SANDOQ_KERNEL_INLINE u64 equal(u64 a, u64 b) noexcept { return __builtin_bit_cast(u64, a == b); }

  /// columns[i] = word i of every row.
  SANDOQ_KERNEL_INLINE void load_columns(u64 (&columns)[Count],
                                         const uint64_t* const (&rows)[Count]) noexcept {
    for (int i = 0; i < Count; ++i) {
      for (int lane = 0; lane < Count; ++lane) {
        columns[i][lane] = rows[lane][i];
      }
    }
  }
  SANDOQ_KERNEL_INLINE void store_columns(uint64_t* const (&rows)[Count],
                                          const u64 (&columns)[Count]) noexcept {
    for (int i = 0; i < Count; ++i) {
      for (int lane = 0; lane < Count; ++lane) {
        rows[lane][i] = columns[i][lane];
      }
    }
  }

  /// entries[index] in every lane. Constant time. \pre index < 16
  SANDOQ_KERNEL_INLINE u64 pick_16(const uint64_t* entries, u64 index) noexcept {
    u64 out{};
    for (uint64_t i = 0; i < 16; ++i) {
      out |= equal(index, u64{} + i) & entries[i];
    }
    return out;
  }
};

}  // namespace
}  // namespace sandoq::kernels
