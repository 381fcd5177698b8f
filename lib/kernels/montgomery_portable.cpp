// Montgomery products one at a time, by GMP's functions on limbs: the digits are the limbs.
//
// A product t < p^2 of 2n limbs is reduced in two halves of h = n/2 limbs. The lower one is folded:
// with k = -1/p mod B^h, B = 2^64, and F = (k*p + 1)/B^h <= p, t is congruent to B^h * (high +
// low*F) where low is t mod B^h: one multiplication that GMP does faster than by rows. What comes
// out is below p^2/B^h + B^h*p < 2*B^(n + h). The upper one takes h rows of Montgomery's reduction,
// since folding would not make it shorter: (B^n*p/B^h + B^h*p + B^h*p)/B^h <= 3p, so p comes off at
// most twice. Values are below p.

#include <gmp.h>

#include <algorithm>

#include "lib/kernels/montgomery_table.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq::kernels {
namespace {

using std::uint64_t;

void prepare(montgomery_modulus& m) noexcept {
  m.digits = m.limbs;
  m.row_words = m.limbs;
  uint64_t inverse = m.limb[0];  // right in 3 bits; each step doubles their number
  for (int i = 0; i < 5; ++i) {
    inverse *= 2 - m.limb[0] * inverse;
  }
  m.minus_inverse = uint64_t{0} - inverse;
  // Rows of Montgomery's reduction on the number 1 leave F, as (1 + k*p)/B^h.
  uint64_t number[2 * montgomery_most_limbs] = {1};
  for (int i = 0; i < m.limbs / 2; ++i) {
    const uint64_t carry = mpn_addmul_1(number + i, m.limb, m.limbs, number[i] * m.minus_inverse);
    mpn_add_1(number + i + m.limbs, number + i + m.limbs, m.limbs / 2 - i, carry);
  }
  std::copy_n(number + m.limbs / 2, m.limbs, m.words);
}

/// out = t/R mod p for the 2n limbs of t < p^2, which are used up.
void reduce(uint64_t* out, uint64_t* t, const montgomery_modulus& m) noexcept {
  const int n = m.limbs;
  const int h = n / 2;
  uint64_t folded[2 * montgomery_most_limbs];
  mpn_mul(folded, m.words, n, t, h);
  uint64_t* u = t + h;  // n + h limbs, and this carry
  uint64_t top = mpn_add_n(u, u, folded, n + h);
  for (int i = 0; i < h; ++i) {
    // Makes limb i zero; its place takes the carry, which belongs n limbs higher.
    u[i] = mpn_addmul_1(u + i, m.limb, n, u[i] * m.minus_inverse);
  }
  uint64_t* high = u + h;
  const uint64_t carry = mpn_add_n(high + n - h, high + n - h, u, h);
  top += carry;
  while (top != 0 || mpn_cmp(high, m.limb, n) >= 0) {
    top -= mpn_sub_n(high, high, m.limb, n);
  }
  std::copy_n(high, n, out);
}

void load(uint64_t* batch, const uint64_t* in, unsigned n, const montgomery_modulus& m) noexcept {
  SANDOQ_EXPECTS(n == 1, "there is one lane");
  std::copy_n(in, m.limbs, batch);
}
void store(uint64_t* out, const uint64_t* batch, unsigned n, const montgomery_modulus& m) noexcept {
  SANDOQ_EXPECTS(n == 1, "there is one lane");
  std::copy_n(batch, m.limbs, out);
}
void multiply(uint64_t* out, const uint64_t* a, const uint64_t* b,
              const montgomery_modulus& m) noexcept {
  uint64_t product[2 * montgomery_most_limbs];
  mpn_mul_n(product, a, b, m.limbs);
  reduce(out, product, m);
}
void square(uint64_t* out, const uint64_t* a, const montgomery_modulus& m) noexcept {
  uint64_t product[2 * montgomery_most_limbs];
  mpn_sqr(product, a, m.limbs);
  reduce(out, product, m);
}
void jacobi(signed char* out, const uint64_t* in, unsigned n,
            const montgomery_modulus& m) noexcept {
  SANDOQ_EXPECTS(n == 1, "there is one lane");
  mpz_t x;
  mpz_t p;
  out[0] = static_cast<signed char>(
      mpz_jacobi(mpz_roinit_n(x, in, m.limbs), mpz_roinit_n(p, m.limb, m.limbs)));
}
void gather(uint64_t* batch, const uint64_t* const* rows, const montgomery_modulus& m) noexcept {
  std::copy_n(rows[0], m.limbs, batch);
}
void scatter(uint64_t* const* rows, const uint64_t* batch, const montgomery_modulus& m) noexcept {
  std::copy_n(batch, m.limbs, rows[0]);
}
void choose(uint64_t* batch, const uint64_t* table, unsigned batches, const uint64_t* which,
            const montgomery_modulus& m) noexcept {
  SANDOQ_EXPECTS(which[0] < batches, "a batch of the table");
  std::copy_n(table + which[0] * static_cast<unsigned>(m.limbs), m.limbs, batch);
}

}  // namespace

const montgomery_table portable_montgomery = {"portable", 1,      false,   false,    64,
                                              prepare,    load,   store,   multiply, square,
                                              jacobi,     gather, scatter, choose};

}  // namespace sandoq::kernels
