#pragma once

// What a kernel offers: coarse operations only, so that a call through the table is nothing beside
// the work behind it. No operation allocates; working memory comes from the caller.

#include <cstdint>

#include "lib/kernels/point.hpp"

namespace sandoq::kernels {

enum class decode_outcome : unsigned char { good, bad_encoding, not_in_group, hint_does_not_fit };

/// n encodings of 32 bytes each.
struct decode_job {
  const unsigned char* in;
  std::uint64_t n;
  point* out;                ///< [n], with Z = 1; without meaning where the outcome is not good
  decode_outcome* outcomes;  ///< [n]
  unsigned char* roots;      ///< [n][32], or null: the inverse square roots, which are the hints
};

/// Digits of scalars, most in [-radix/2, radix/2].
inline constexpr int radix_16_digits = 64;
inline constexpr int radix_16_entries = 8;
inline constexpr int points_sum_words = radix_16_digits * 20;  ///< a lane: a sum for each digit
inline constexpr int comb_rows = 51;                           ///< digits of radix 32
inline constexpr int comb_columns = 16;
inline constexpr int comb_row_words = 15 * comb_columns;
inline constexpr int comb_words = comb_rows * comb_row_words;  ///< of a table: 98 kB

inline constexpr int fixed_parts =
    4;  ///< tables of fixed bases: multiples of B, 2^64 B, 2^128 B, 2^192 B
inline constexpr int fixed_words = fixed_parts * radix_16_entries * 15;  ///< a base: 3.8 kB

/// One sum of multiples by buckets: n affine points (Z = 1), digits of a common radix.
struct bucket_job {
  const point* points;
  std::uint64_t n;
  std::uint64_t windows;           ///< a multiple of the number of lanes
  const std::int16_t* digits;      ///< [n][windows]
  const std::uint16_t* used;       ///< [n]: digits from here on are 0
  const std::uint32_t* max_digit;  ///< [windows / lanes]: the largest size of a digit there
  std::uint64_t* prepared;         ///< [n][16], aligned to 64 bytes
  std::uint64_t* buckets;          ///< [lanes][largest max_digit + 1][24], aligned to 64 bytes
  point* sums;                     ///< [windows]: sum of digit * point in each window
};

/// One sum of multiples with shared doublings, for few points.
struct multiply_sum_job {
  const point* points;
  std::uint64_t n;
  const signed char* digits;  ///< [n][radix_16_digits]
  int digits_used;            ///< digits from here on are 0 for all points
  const unsigned char* used;  ///< [ceil(n / lanes)]: the same for the points of one batch
  std::uint64_t* tables;  ///< [ceil(n / lanes)][radix_16_entries][20][lanes], aligned to 64 bytes
  point* sums;            ///< [lanes]: the result is their sum
};

/// The field below a kernel, for tests: five digits of radix 2^51 each lane, [5][lanes].
struct field25519_probe {
  std::int64_t digit_bound;  ///< digits of results are at most this
  bool signed_digits;
  int most_left;   ///< the left factor of mul may have digits of so many times the bound
  int most_right;  ///< the right factor, and what carry takes
  void (*mul)(std::int64_t* out, const std::int64_t* a, const std::int64_t* b) noexcept;
  void (*square)(std::int64_t* out, const std::int64_t* a) noexcept;
  void (*carry)(std::int64_t* out, const std::int64_t* a) noexcept;
  /// The one form with digits in [0, 2^51) and a value below p.
  void (*canonical)(std::int64_t* out, const std::int64_t* a) noexcept;
};

/// The operations on ristretto255 of one kernel.
struct ristretto255_table {
  const char* name;
  unsigned lanes;
  bool needs_rounding_to_nearest;
  bool emulated;  ///< for tests: slow, and never chosen
  field25519_probe probe;
  void (*decode)(const decode_job& job) noexcept;
  void (*decode_hinted)(const decode_job& job, const unsigned char* hints) noexcept;
  void (*encode)(unsigned char* out, const point* in, std::uint64_t n) noexcept;
  /// sums[c] += in[row * columns + c] for all rows. Constant time.
  void (*sum_columns)(point* sums, const point* in, std::uint64_t rows,
                      std::uint64_t columns) noexcept;
  void (*bucket_sums)(const bucket_job& job) noexcept;
  /// out[i] = sum of digits[i * stride + k] * 16^k * in[i], radix_16_digits digits each; with a
  /// stride of 0 all scalars are one. Constant time.
  void (*multiply)(point* out, const signed char* digits, std::uint64_t stride, const point* in,
                   std::uint64_t n) noexcept;
  void (*multiply_sum)(const multiply_sum_job& job) noexcept;
  /// The total of sums[0..lanes) = sum of digits[i][k] * 16^k * in[i]. Constant time.
  /// by_digit: working memory of points_sum_words * lanes, aligned to 64 bytes; secret afterwards.
  void (*points_sum)(point* sums, const signed char* digits, const point* in, std::uint64_t n,
                     std::uint64_t* by_digit) noexcept;
  /// The table of a base out of comb_rows * comb_columns points with Z = 1: (column + 1) * 32^row *
  /// B.
  void (*pack_comb)(std::uint64_t* table, const point* entries) noexcept;
  /// out[i] = sum of digits[i][k] * 32^k * B, comb_rows digits each. Constant time.
  void (*multiply_base)(point* out, const signed char* digits, const std::uint64_t* table,
                        std::uint64_t n) noexcept;
  /// A table for several bases out of fixed_parts * radix_16_entries points with Z = 1 each:
  /// (entry + 1) * 2^(64 part) * B_i. Words: fixed_words times n rounded up to whole lanes.
  void (*pack_fixed)(std::uint64_t* table, const point* entries, std::uint64_t n) noexcept;
  /// The total of sums[0..lanes) = sum of digits[i][k] * 16^k * B_i. Constant time.
  void (*fixed_sum)(point* sums, const signed char* digits, const std::uint64_t* table,
                    std::uint64_t n) noexcept;
};

extern const ristretto255_table portable_ristretto255;
extern const ristretto255_table avx2_ristretto255;
extern const ristretto255_table avx512_ristretto255;
extern const ristretto255_table avx512_ifma_ristretto255;
extern const ristretto255_table emulated_fma_ristretto255;
extern const ristretto255_table emulated_ifma_ristretto255;

}  // namespace sandoq::kernels
