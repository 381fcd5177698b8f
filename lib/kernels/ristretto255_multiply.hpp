#pragma once

// Multiples, each lane another scalar. Constant time in scalars and points: every digit costs the
// same additions, and every entry of a table is read.

#include "lib/kernels/point_memory.hpp"
#include "lib/kernels/table.hpp"

namespace sandoq::kernels {
namespace {

template <class F>
struct ristretto255_multiply {
  using L = typename F::lanes;
  using u64 = typename F::u64;
  using element = typename F::element;
  using curve = edwards25519_lanes<F>;
  using extended = typename curve::extended;
  using cached = typename curve::cached;
  using affine_cached = typename curve::affine_cached;
  using memory = point_memory<F>;

  /// out[i] = sum of digits[i * stride + k] * 16^k * in[i].
  static void points(point* out, const signed char* digits, uint64_t stride, const point* in,
                     uint64_t n) noexcept {
    for (uint64_t i = 0; i < n; i += L::count) {
      const int count = lanes_from(i, n);
      alignas(u64) uint64_t table[table_words];
      fill(table, memory::load(in + i, count));
      extended sum = curve::neutral();
      for (int k = radix_16_digits; k-- > 0;) {
        if (k + 1 < radix_16_digits) {
          curve::twice_times(sum, 4);
        }
        const u64 digit = digits_at(digits + stride * i + k, stride, count);
        curve::add_to(sum, pick<cached>(table, digit), k == 0);
      }
      memory::store(out + i, count, sum);
    }
  }

  /// Variable time in the digits.
  static void sum(const multiply_sum_job& job) noexcept {
    for (uint64_t i = 0; i < job.n; i += L::count) {
      fill(job.tables + table_words * (i / L::count),
           memory::load(job.points + i, lanes_from(i, job.n)));
    }
    extended total = curve::neutral();
    for (int k = job.digits_used; k-- > 0;) {
      curve::twice_times(total, 4);
      for (uint64_t i = 0; i < job.n; i += L::count) {
        if (k < job.used[i / L::count]) {
          const u64 d = digits_at(job.digits + radix_16_digits * i + k, radix_16_digits,
                                  lanes_from(i, job.n));
          total = curve::add(total, pick_kept(job.tables + table_words * (i / L::count), d));
        }
      }
    }
    memory::store(job.sums, L::count, total);
  }

  /// sums: [lanes], whose total is the sum of digits[i][k] * 16^k * in[i]. A sum for each digit, so
  /// that of all points at once only one batch's table is in use.
  static void points_sum(point* sums, const signed char* digits, const point* in, uint64_t n,
                         uint64_t* by_digit) noexcept {
    for (int k = 0; k < radix_16_digits; ++k) {
      keep_sum(by_digit, k, curve::neutral());
    }
    for (uint64_t i = 0; i < n; i += L::count) {
      const int count = lanes_from(i, n);
      alignas(u64) uint64_t table[table_words];
      fill(table, memory::load(in + i, count));
      for (int k = 0; k < radix_16_digits; ++k) {
        const u64 digit = digits_at(digits + radix_16_digits * i + k, radix_16_digits, count);
        extended sum = kept_sum(by_digit, k);
        curve::add_to(sum, pick<cached>(table, digit), true);
        keep_sum(by_digit, k, sum);
      }
    }
    memory::store(sums, L::count, joined(by_digit, radix_16_digits));
  }

  /// entries: comb_rows * comb_columns points with Z = 1.
  static void pack_comb(uint64_t* table, const point* entries) noexcept {
    for (int i = 0; i < comb_rows * comb_columns; i += L::count) {
      const extended p = memory::load(entries + i, L::count);
      const affine_cached q = curve::to_cached(typename curve::affine{p.x, p.y, p.t});
      for (int lane = 0; lane < L::count; ++lane) {
        const int row = (i + lane) / comb_columns;
        const int column = (i + lane) % comb_columns;
        uint64_t* out = table + row * comb_row_words + column;
        for (int w = 0; w < 5; ++w) {
          out[comb_columns * w] = L::get(F::bits(q.y_plus_x, w), lane);
          out[comb_columns * (5 + w)] = L::get(F::bits(q.y_minus_x, w), lane);
          out[comb_columns * (10 + w)] = L::get(F::bits(q.xy2d, w), lane);
        }
      }
    }
  }

  /// out[i] = sum of digits[i][k] * 32^k * B, B the base of the table.
  static void base(point* out, const signed char* digits, const uint64_t* table,
                   uint64_t n) noexcept {
    for (uint64_t i = 0; i < n; i += L::count) {
      const int count = lanes_from(i, n);
      extended sum = curve::neutral();
      for (int row = 0; row < comb_rows; ++row) {
        const u64 d = digits_at(digits + comb_rows * i + row, comb_rows, count);
        sum = curve::add(sum, pick_row(table + row * comb_row_words, d));
      }
      memory::store(out + i, count, sum);
    }
  }

  /// entries: [n][fixed_parts][radix_16_entries] points with Z = 1.
  static void pack_fixed(uint64_t* table, const point* entries, uint64_t n) noexcept {
    for (uint64_t i = 0; i < n; i += L::count) {
      const int count = lanes_from(i, n);
      for (int e = 0; e < fixed_parts * radix_16_entries; ++e) {
        point here[L::count];
        for (int lane = 0; lane < count; ++lane) {
          here[lane] =
              entries[(i + static_cast<uint64_t>(lane)) * fixed_entries + static_cast<uint64_t>(e)];
        }
        const extended p = memory::load(here, count);
        const affine_cached q = curve::to_cached(typename curve::affine{p.x, p.y, p.t});
        uint64_t* out =
            table + (i / L::count * fixed_entries + static_cast<uint64_t>(e)) * 15 * L::count;
        for (int w = 0; w < 5; ++w) {
          put(out, w, F::bits(q.y_plus_x, w));
          put(out, 5 + w, F::bits(q.y_minus_x, w));
          put(out, 10 + w, F::bits(q.xy2d, w));
        }
      }
    }
  }

  /// sums: [lanes], whose total is the sum of digits[i][k] * 16^k * B_i. By digits as above: the
  /// table, larger than any cache, is read once.
  static void fixed_sum(point* sums, const signed char* digits, const uint64_t* table,
                        uint64_t n) noexcept {
    alignas(u64) uint64_t by_digit[digits_a_part * sum_words];
    for (int k = 0; k < digits_a_part; ++k) {
      keep_sum(by_digit, k, curve::neutral());
    }
    for (uint64_t i = 0; i < n; i += L::count) {
      const int count = lanes_from(i, n);
      const uint64_t* row = table + i / L::count * fixed_entries * 15 * L::count;
      for (int digit_at = 0; digit_at < radix_16_digits; ++digit_at) {
        const int k = digit_at % digits_a_part;
        const u64 digit =
            digits_at(digits + radix_16_digits * i + digit_at, radix_16_digits, count);
        keep_sum(by_digit, k, curve::add(kept_sum(by_digit, k), pick<affine_cached>(row, digit)));
        row += k + 1 == digits_a_part ? uint64_t{radix_16_entries} * 15 * L::count : 0;
      }
    }
    memory::store(sums, L::count, joined(by_digit, digits_a_part));
  }

 private:
  static constexpr uint64_t table_words = uint64_t{radix_16_entries} * 20 * L::count;

  static constexpr int digits_a_part = radix_16_digits / fixed_parts;
  static constexpr uint64_t fixed_entries = uint64_t{fixed_parts} * radix_16_entries;

  /// Words of one sum in lanes.
  static constexpr uint64_t sum_words = sizeof(extended) / 8;
  SANDOQ_KERNEL_INLINE void keep_sum(uint64_t* sums, int k, const extended& sum) noexcept {
    __builtin_memcpy(sums + static_cast<uint64_t>(k) * sum_words, &sum, sizeof sum);
  }
  SANDOQ_KERNEL_INLINE extended kept_sum(const uint64_t* sums, int k) noexcept {
    extended out;
    __builtin_memcpy(&out, sums + static_cast<uint64_t>(k) * sum_words, sizeof out);
    return out;
  }
  /// Sum of 16^k * sums[k].
  static extended joined(const uint64_t* sums, int count) noexcept {
    extended total = kept_sum(sums, count - 1);
    for (int k = count - 1; k-- > 0;) {
      curve::twice_times(total, 4);
      total = curve::add(total, curve::to_cached(kept_sum(sums, k)));
    }
    return total;
  }

  SANDOQ_KERNEL_INLINE void put(uint64_t* to, int w, u64 word) noexcept {
    __builtin_memcpy(to + w * L::count, &word, sizeof word);
  }
  SANDOQ_KERNEL_INLINE int lanes_from(uint64_t first, uint64_t n) noexcept {
    return n - first < L::count ? static_cast<int>(n - first) : L::count;
  }

  /// One digit of each lane, sign-extended; 0 in lanes beyond `count`.
  SANDOQ_KERNEL_INLINE u64 digits_at(const signed char* first, uint64_t stride,
                                     int count) noexcept {
    u64 out{};
    for (int lane = 0; lane < count; ++lane) {
      L::set(out, lane, static_cast<uint64_t>(static_cast<int64_t>(*first)));
      first += stride;
    }
    return out;
  }

  /// P, 2P, ..., 8P in memory, 20 vectors each.
  SANDOQ_KERNEL_INLINE void fill(uint64_t* table, const extended& p) noexcept {
    const cached first = curve::to_cached(p);
    keep(table, first);
    extended multiple = p;
#pragma GCC unroll 1
    for (int j = 1; j < radix_16_entries; ++j) {
      multiple = curve::add(multiple, first);
      keep(table + j * 20 * L::count, curve::to_cached(multiple));
    }
  }

  SANDOQ_KERNEL_INLINE u64 word_of(const cached& c, int w) noexcept {
    return w < 5    ? F::bits(c.y_plus_x, w)
           : w < 10 ? F::bits(c.y_minus_x, w - 5)
           : w < 15 ? F::bits(c.z2, w - 10)
                    : F::bits(c.t2d, w - 15);
  }
  SANDOQ_KERNEL_INLINE void keep(uint64_t* to, const cached& c) noexcept {
    for (int w = 0; w < 20; ++w) {
      put(to, w, word_of(c, w));
    }
  }

  /// The words of entry |digit| out of radix_16_entries, for secret digits: every entry is read.
  /// Word by word, so that masks and sums stay in registers.
  template <int Words>
  SANDOQ_KERNEL_INLINE void pick_words(u64 (&out)[Words], u64 size, const uint64_t* rows) noexcept {
    u64 here[radix_16_entries];
    for (int j = 0; j < radix_16_entries; ++j) {
      here[j] = L::equal(size, u64{} + static_cast<uint64_t>(j + 1));
    }
    for (int w = 0; w < Words; ++w) {
      u64 word{};
#pragma GCC unroll 8
      for (int j = 0; j < radix_16_entries; ++j) {
        u64 entry_word;
        __builtin_memcpy(&entry_word, rows + (j * Words + w) * L::count, sizeof entry_word);
        word |= entry_word & here[j];
      }
      out[w] = word;
    }
  }
  SANDOQ_KERNEL_INLINE element element_at(const u64* words) noexcept {
    element out;
    for (int w = 0; w < 5; ++w) {
      F::set_bits(out, w, words[w]);
    }
    return out;
  }

  /// digit * P out of the table of P, whose entries are `cached` or, with Z = 1, `affine_cached`.
  template <class Entry>
  SANDOQ_KERNEL_INLINE Entry pick(const uint64_t* rows, u64 digit) noexcept {
    constexpr int words_each = 5 * static_cast<int>(sizeof(Entry) / sizeof(element));
    const u64 negative = u64{} - (digit >> 63U);
    const u64 size = (digit ^ negative) - negative;
    u64 words[words_each];
    pick_words(words, size, rows);
    const u64 none = L::equal(size, u64{});
    words[0] |= F::bits(F::constant(radix51::one), 0) & none;
    words[5] |= F::bits(F::constant(radix51::one), 0) & none;
    const element plus = element_at(words);
    const element minus = element_at(words + 5);
    const element t = F::negate_where(negative, element_at(words + words_each - 5));
    if constexpr (words_each == 20) {
      words[10] |= F::bits(F::constant(radix51::two), 0) & none;
      return {F::select(negative, minus, plus), F::select(negative, plus, minus),
              element_at(words + 10), t};
    } else {
      return {F::select(negative, minus, plus), F::select(negative, plus, minus), t};
    }
  }
  /// Variable time where there is one lane only.
  SANDOQ_KERNEL_INLINE cached pick_kept(const uint64_t* table, u64 digit) noexcept {
    if constexpr (L::count == 1) {
      return entry(table, digit);
    }
    return pick<cached>(table, digit);
  }

  SANDOQ_KERNEL_INLINE cached entry(const uint64_t* table, uint64_t digit) noexcept {
    if (digit == 0) {
      const element one = F::constant(radix51::one);
      return {one, one, F::constant(radix51::two), element{}};
    }
    const bool negative = (digit >> 63U) != 0;
    const uint64_t* words = table + 20 * ((negative ? 0 - digit : digit) - 1);
    element c[4];
    for (int i = 0; i < 20; ++i) {
      F::set_bits(c[i / 5], i % 5, words[i]);
    }
    return negative ? cached{c[1], c[0], c[2], F::negate(c[3])} : cached{c[0], c[1], c[2], c[3]};
  }

  SANDOQ_KERNEL_INLINE affine_cached pick_row(const uint64_t* row, u64 digit) noexcept {
    const u64 negative = u64{} - (digit >> 63U);
    const u64 size = (digit ^ negative) - negative;
    const u64 none = L::equal(size, u64{});
    const u64 index = (size - 1) & (comb_columns - 1);  // of an entry that is not taken, for 0
    const u64 one = F::bits(F::constant(radix51::one), 0) & none;
    element plus, minus, xy2d;
    for (int w = 0; w < 5; ++w) {
      F::set_bits(plus, w, L::pick_16(row + comb_columns * w, index) & ~none);
      F::set_bits(minus, w, L::pick_16(row + comb_columns * (5 + w), index) & ~none);
      F::set_bits(xy2d, w, L::pick_16(row + comb_columns * (10 + w), index) & ~none);
    }
    F::set_bits(plus, 0, F::bits(plus, 0) | one);
    F::set_bits(minus, 0, F::bits(minus, 0) | one);
    return {F::select(negative, minus, plus), F::select(negative, plus, minus),
            F::negate_where(negative, xy2d)};
  }
};

}  // namespace
}  // namespace sandoq::kernels
