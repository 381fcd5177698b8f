#pragma once

// The table of one kernel with lanes: products of `M`, and the ways between limbs, batches and
// rows.

#include "lib/kernels/jacobi_lanes.hpp"
#include "lib/kernels/lanes/vectors.hpp"
#include "lib/kernels/montgomery_table.hpp"

namespace sandoq::kernels {
namespace {

template <class M>
struct montgomery_lanes {
  using L = typename M::lanes;
  using u64 = typename L::u64;
  static constexpr int radix = static_cast<int>(M::radix_bits);
  static constexpr uint64_t mask = (uint64_t{1} << M::radix_bits) - 1;

  static void prepare(montgomery_modulus& m) noexcept {
    m.digits = (64 * m.limbs + 4 + radix - 1) / radix;
    m.row_words = (m.digits + 7) / 8 * 8;
    uint64_t inverse = m.limb[0];  // right in 3 bits; each step doubles their number
    for (int i = 0; i < 5; ++i) {
      inverse *= 2 - m.limb[0] * inverse;
    }
    u64 carry{};
    m.minus_inverse = M::word_of(u64{} + ((uint64_t{0} - inverse) & mask), carry)[0];
    alignas(64) uint64_t batch[montgomery_batch_words];
    load(batch, m.limb, 1, m);
    for (int j = 0; j < m.digits; ++j) {
      m.words[j] = batch[j * L::count];
    }
  }

  static void load(uint64_t* batch, const uint64_t* in, unsigned n,
                   const montgomery_modulus& m) noexcept {
    static constexpr uint64_t zero[montgomery_most_limbs] = {};
    const uint64_t* rows[L::count];
    for (int lane = 0; lane < L::count; ++lane) {
      rows[lane] = static_cast<unsigned>(lane) < n ? in + lane * m.limbs : zero;
    }
    u64 digit[montgomery_most_words];
    digits_of(digit, rows, m);
    u64 carry{};
    for (int j = 0; j < m.digits; ++j) {
      const u64 word = M::word_of(digit[j], carry);
      __builtin_memcpy(batch + j * L::count, &word, sizeof word);
    }
  }

  static void store(uint64_t* out, const uint64_t* batch, unsigned n,
                    const montgomery_modulus& m) noexcept {
    for (unsigned lane = 0; lane < n; ++lane) {
      uint64_t number[montgomery_most_limbs + 2] = {};
      int64_t carry = 0;
      for (int j = 0; j < m.digits; ++j) {
        carry += M::digit_of(batch[j * L::count + static_cast<int>(lane)]);
        const uint64_t bits = static_cast<uint64_t>(carry) & mask;
        carry >>= radix;
        const int at = radix * j / 64;
        const int shift = radix * j % 64;
        number[at] |= bits << shift;
        if (shift > 64 - radix) {
          number[at + 1] |= bits >> (64 - shift);
        }
      }
      // Digits have signs, and the number may have one. It may be a secret.
      const auto negative = static_cast<uint64_t>(carry >> 63);
      number[m.limbs] |= negative << (radix * m.digits - 64 * m.limbs);
      add_masked(number, m, negative);
      take_off(number, m);
      __builtin_memcpy(out + lane * static_cast<unsigned>(m.limbs), number,
                       8 * static_cast<unsigned>(m.limbs));
    }
  }

  static void multiply(uint64_t* out, const uint64_t* a, const uint64_t* b,
                       const montgomery_modulus& m) noexcept {
    M::multiply(out, a, b, m.words, m.minus_inverse, m.digits);
  }
  static void square(uint64_t* out, const uint64_t* a, const montgomery_modulus& m) noexcept {
    M::square(out, a, m.words, m.minus_inverse, m.digits);
  }

  static void jacobi(signed char* out, const uint64_t* in, unsigned n,
                     const montgomery_modulus& m) noexcept {
    const uint64_t* own[L::count];
    const uint64_t* p[L::count];
    for (int lane = 0; lane < L::count; ++lane) {
      own[lane] = in + (static_cast<unsigned>(lane) < n ? lane * m.limbs : 0);
      p[lane] = m.limb;
    }
    typename jacobi_lanes<M>::numbers x;
    digits_of(x.f, p, m);
    digits_of(x.g, own, m);
    x.n = m.digits;
    signed char signs[L::count];
    jacobi_lanes<M>::run(signs, x);
    for (unsigned lane = 0; lane < n; ++lane) {
      out[lane] = signs[lane];
    }
  }

  static void gather(uint64_t* batch, const uint64_t* const* rows,
                     const montgomery_modulus& m) noexcept {
    u64 column[montgomery_most_words];
    const uint64_t* const* all = rows;
    const uint64_t* copies[L::count];
    for (int lane = 0; lane < L::count; ++lane) {
      copies[lane] = all[lane];
    }
    columns_of(column, copies, m.row_words);
    __builtin_memcpy(batch, column, sizeof(u64) * static_cast<unsigned>(m.digits));
  }
  static void scatter(uint64_t* const* rows, const uint64_t* batch,
                      const montgomery_modulus& m) noexcept {
    for (int first = 0; first < m.digits; first += L::count) {
      u64 columns[L::count] = {};
      uint64_t* at[L::count];
      for (int k = 0; k < L::count; ++k) {
        at[k] = rows[k] + first;
        if (first + k < m.digits) {
          __builtin_memcpy(&columns[k], batch + (first + k) * L::count, sizeof(u64));
        }
      }
      L::store_columns(at, columns);
    }
  }

  static void choose(uint64_t* batch, const uint64_t* table, unsigned batches,
                     const uint64_t* which, const montgomery_modulus& m) noexcept {
    u64 index;
    __builtin_memcpy(&index, which, sizeof index);
    const int words = m.digits * L::count;
    for (int at = 0; at < words; at += L::count) {
      u64 chosen{};
      for (unsigned i = 0; i < batches; ++i) {
        u64 word;
        __builtin_memcpy(&word, table + static_cast<int>(i) * words + at, sizeof word);
        chosen |= word & L::equal(index, u64{} + i);
      }
      __builtin_memcpy(batch + at, &chosen, sizeof chosen);
    }
  }

 private:
  /// digits[j] = bits radix*j to radix*(j + 1) of the number in every row.
  SANDOQ_KERNEL_INLINE void digits_of(u64* digits, const uint64_t* const (&rows)[L::count],
                                      const montgomery_modulus& m) noexcept {
    u64 limb[montgomery_most_limbs + 2];
    columns_of(limb, rows, m.limbs);
    limb[m.limbs] = limb[m.limbs + 1] = u64{};
    for (int j = 0; j < m.digits; ++j) {
      const int at = radix * j / 64;
      const int shift = radix * j % 64;
      u64 bits = limb[at] >> static_cast<uint64_t>(shift);
      if (shift > 64 - radix) {
        bits |= limb[at + 1] << static_cast<uint64_t>(64 - shift);
      }
      digits[j] = bits & mask;
    }
  }

  /// columns[i] = word i of every row. \pre size is a multiple of the lanes
  SANDOQ_KERNEL_INLINE void columns_of(u64* columns, const uint64_t* const (&rows)[L::count],
                                       int size) noexcept {
    for (int first = 0; first < size; first += L::count) {
      const uint64_t* at[L::count];
      for (int lane = 0; lane < L::count; ++lane) {
        at[lane] = rows[lane] + first;
      }
      u64 block[L::count];
      L::load_columns(block, at);
      for (int k = 0; k < L::count; ++k) {
        columns[first + k] = block[k];
      }
    }
  }

  /// Adds p where all bits of `wanted` are 1, and nothing where they are 0, modulo 2^(64*(limbs +
  /// 1)).
  static void add_masked(uint64_t* number, const montgomery_modulus& m, uint64_t wanted) noexcept {
    uint64_t carry = 0;
    for (int i = 0; i <= m.limbs; ++i) {
      const uint64_t addend = (i < m.limbs ? m.limb[i] : 0) & wanted;
      const uint64_t sum = number[i] + carry;
      carry = static_cast<uint64_t>(sum < carry);
      number[i] = sum + addend;
      carry += static_cast<uint64_t>(number[i] < addend);
    }
  }
  /// Subtracts p, and adds it again if the number was smaller. \pre below 2p
  static void take_off(uint64_t* number, const montgomery_modulus& m) noexcept {
    uint64_t borrow = 0;
    for (int i = 0; i <= m.limbs; ++i) {
      const uint64_t subtrahend = i < m.limbs ? m.limb[i] : 0;
      const uint64_t difference = number[i] - subtrahend;
      const uint64_t next = static_cast<uint64_t>(number[i] < subtrahend) |
                            static_cast<uint64_t>(difference < borrow);
      number[i] = difference - borrow;
      borrow = next;
    }
    add_masked(number, m, uint64_t{0} - borrow);
  }
};

template <class M>
constexpr montgomery_table make_montgomery_table(const char* name, bool rounds) noexcept {
  using all = montgomery_lanes<M>;
  return {name,         M::lanes::count, rounds,       M::lanes::emulated, M::radix_bits,
          all::prepare, all::load,       all::store,   all::multiply,      all::square,
          all::jacobi,  all::gather,     all::scatter, all::choose};
}

}  // namespace
}  // namespace sandoq::kernels
