#pragma once

// Montgomery products of whole batches: what a kernel offers to the integer groups. One product of
// a batch takes microseconds, so a call through the table is nothing beside it. No operation
// allocates. Kernels with lanes are constant time in the numbers but for jacobi; the portable one,
// which calls GMP, is for public data only.
//
// A residue x stands for itself in *limbs* (64 bits, little-endian) and as x*R mod p in a *batch*:
// [digits][lanes] words, each lane another residue, digits of the kernel's own radix, R =
// 2^(radix_bits * digits) > 16p (on the portable kernel the digits are the limbs, and R > p). A
// *row* holds the digits of one residue, with room up to a multiple of 8. Words of a batch or a row
// mean nothing outside their kernel.

#include <cstdint>

namespace sandoq::kernels {

inline constexpr int montgomery_most_limbs = 64;  ///< 4,096 bits
inline constexpr int montgomery_most_words = 88;  ///< of a row
inline constexpr int montgomery_most_lanes = 8;
inline constexpr int montgomery_batch_words = montgomery_most_words * montgomery_most_lanes;

/// An odd modulus p, and what one kernel has made of it.
struct montgomery_modulus {
  int limbs;                                   ///< a multiple of 8, at most montgomery_most_limbs
  std::uint64_t limb[montgomery_most_limbs];   ///< the highest bit of the highest is 1
  int digits;                                  ///< made by prepare(), as the rest
  int row_words;                               ///< digits, rounded up to a multiple of 8
  std::uint64_t minus_inverse;                 ///< -1/p modulo the radix
  std::uint64_t words[montgomery_most_words];  ///< digits of p, or what else the kernel wants
};

/// The operations of one kernel on batches. Memory of batches and rows starts with a cache line.
struct montgomery_table {
  const char* name;
  unsigned lanes;
  bool needs_rounding_to_nearest;
  bool emulated;  ///< for tests: slow, and never chosen
  unsigned radix_bits;
  void (*prepare)(montgomery_modulus& m) noexcept;
  /// Digits of n numbers below p, n <= lanes; lanes beyond stand for 0. in: [n][limbs].
  void (*load)(std::uint64_t* batch, const std::uint64_t* in, unsigned n,
               const montgomery_modulus& m) noexcept;
  /// The numbers below p that n lanes are congruent to. out: [n][limbs].
  void (*store)(std::uint64_t* out, const std::uint64_t* batch, unsigned n,
                const montgomery_modulus& m) noexcept;
  /// out = a*b/R in every lane; out may be a or b.
  void (*multiply)(std::uint64_t* out, const std::uint64_t* a, const std::uint64_t* b,
                   const montgomery_modulus& m) noexcept;
  void (*square)(std::uint64_t* out, const std::uint64_t* a, const montgomery_modulus& m) noexcept;
  /// The Jacobi symbols (x/p) of n numbers, 1 or -1, or 0 for one that was not found: likely for
  /// none, which the caller must see to. in: [n][limbs], each above 0 and below p, n <= lanes.
  void (*jacobi)(signed char* out, const std::uint64_t* in, unsigned n,
                 const montgomery_modulus& m) noexcept;
  /// A batch out of a row for each lane, and back. Rows may be the same.
  void (*gather)(std::uint64_t* batch, const std::uint64_t* const* rows,
                 const montgomery_modulus& m) noexcept;
  void (*scatter)(std::uint64_t* const* rows, const std::uint64_t* batch,
                  const montgomery_modulus& m) noexcept;
  /// Lane by lane from batch which[lane] of a table of batches, all of which are read. \pre which <
  /// batches
  void (*choose)(std::uint64_t* batch, const std::uint64_t* table, unsigned batches,
                 const std::uint64_t* which, const montgomery_modulus& m) noexcept;
};

extern const montgomery_table portable_montgomery;
extern const montgomery_table avx2_montgomery;
extern const montgomery_table avx512_montgomery;
extern const montgomery_table avx512_ifma_montgomery;
extern const montgomery_table emulated_fma_montgomery;   ///< slow; for tests
extern const montgomery_table emulated_ifma_montgomery;  ///< slow; for tests

}  // namespace sandoq::kernels
