#include "lib/group/integer_arithmetic.hpp"

#include <gmp.h>

#include <algorithm>
#include <bit>
#include <type_traits>

#include "sandoq/core/contract.hpp"

namespace sandoq::integers {

static_assert(GMP_NUMB_BITS == 64 && std::is_same_v<mp_limb_t, unsigned long> &&
                  sizeof(mp_limb_t) == sizeof(limb),
              "the limbs of this GMP are those of the element");

namespace {

/// A result of GMP's mpz functions, which size their numbers themselves: public values only.
class number {
 public:
  number() { mpz_init(value_); }
  number(const number&) = delete;
  number& operator=(const number&) = delete;
  ~number() { mpz_clear(value_); }

  mpz_ptr get() noexcept { return value_; }
  void copy_to(limb_span out) const noexcept {
    const std::size_t size = mpz_size(value_);
    SANDOQ_EXPECTS(size <= out.size(), "the result fits");
    const mp_limb_t* from = mpz_limbs_read(value_);
    std::copy_n(from, size, out.begin());
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(size), out.end(), limb{0});
  }

 private:
  mpz_t value_;
};

/// Limbs as an integer of GMP that is only read.
class view_of {
 public:
  explicit view_of(limb_view a) noexcept {
    mpz_roinit_n(value_, a.data(), static_cast<mp_size_t>(a.size()));
  }
  mpz_srcptr get() const noexcept { return value_; }

 private:
  mpz_t value_;
};

mp_size_t length_of(limb_view a) noexcept {
  return static_cast<mp_size_t>(a.size());
}

}  // namespace

void from_little_endian(limb_span out, byte_view in) noexcept {
  std::fill(out.begin(), out.end(), limb{0});
  for (std::size_t i = 0; i < in.size(); ++i) {
    out[i / 8] |= std::to_integer<limb>(in[i]) << (8 * (i % 8));
  }
}

void from_big_endian(limb_span out, byte_view in) noexcept {
  std::fill(out.begin(), out.end(), limb{0});
  for (std::size_t i = 0; i < in.size(); ++i) {
    out[i / 8] |= std::to_integer<limb>(in[in.size() - 1 - i]) << (8 * (i % 8));
  }
}

void to_big_endian(byte_span out, limb_view in) noexcept {
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[out.size() - 1 - i] = static_cast<std::byte>((in[i / 8] >> (8 * (i % 8))) & 0xFFU);
  }
}

bool is_zero(limb_view a) noexcept {
  return std::all_of(a.begin(), a.end(), [](limb x) { return x == 0; });
}

bool less_vartime(limb_view a, limb_view b) noexcept {
  SANDOQ_EXPECTS(a.size() == b.size(), "numbers of one length");
  return mpn_cmp(a.data(), b.data(), length_of(a)) < 0;
}

std::size_t bit_length_vartime(limb_view a) noexcept {
  for (std::size_t i = a.size(); i-- > 0;) {
    if (a[i] != 0) {
      return 64 * i + static_cast<std::size_t>(std::bit_width(a[i]));
    }
  }
  return 0;
}

std::size_t digit_of_vartime(limb_view a, std::size_t at, std::size_t width) noexcept {
  const std::size_t i = at / 64;
  const std::size_t shift = at % 64;
  if (i >= a.size()) {
    return 0;
  }
  limb bits = a[i] >> shift;
  if (shift + width > 64 && i + 1 < a.size()) {
    bits |= a[i + 1] << (64 - shift);
  }
  return bits & ((limb{1} << width) - 1);
}

std::vector<limb> quotient_vartime(limb_view in, limb_view m) {
  SANDOQ_EXPECTS(in.size() >= m.size() && m.back() != 0, "a number of the divisor's length");
  std::vector<limb> quotient(in.size() - m.size() + 1);
  std::vector<limb> remainder(m.size());
  mpn_tdiv_qr(quotient.data(), remainder.data(), 0, in.data(), length_of(in), m.data(),
              length_of(m));
  return quotient;
}

void reduce_vartime(limb_span out, limb_view in, limb_view m) {
  SANDOQ_EXPECTS(out.size() == m.size() && m.back() != 0, "a remainder of the modulus' length");
  if (in.size() < m.size()) {
    std::copy(in.begin(), in.end(), out.begin());
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(in.size()), out.end(), limb{0});
    return;
  }
  std::vector<limb> quotient(in.size() - m.size() + 1);
  std::vector<limb> remainder(m.size());
  mpn_tdiv_qr(quotient.data(), remainder.data(), 0, in.data(), length_of(in), m.data(),
              length_of(m));
  std::copy(remainder.begin(), remainder.end(), out.begin());
}

void add_vartime(limb_span out, limb_view a, limb_view b, limb_view m) {
  const mp_size_t n = length_of(m);
  const limb carry = mpn_add_n(out.data(), a.data(), b.data(), n);
  if (carry != 0 || mpn_cmp(out.data(), m.data(), n) >= 0) {
    mpn_sub_n(out.data(), out.data(), m.data(), n);
  }
}

void subtract_vartime(limb_span out, limb_view a, limb_view b, limb_view m) {
  const mp_size_t n = length_of(m);
  if (mpn_sub_n(out.data(), a.data(), b.data(), n) != 0) {
    mpn_add_n(out.data(), out.data(), m.data(), n);
  }
}

void multiply_vartime(limb_span out, limb_view a, limb_view b, limb_view m) {
  std::vector<limb> product(2 * m.size());
  mpn_mul_n(product.data(), a.data(), b.data(), length_of(m));
  reduce_vartime(out, product, m);
}

void invert_vartime(limb_span out, limb_view a, limb_view m) {
  number inverse;
  if (mpz_invert(inverse.get(), view_of(a).get(), view_of(m).get()) == 0) {
    SANDOQ_EXPECTS(is_zero(a), "every other number has an inverse modulo a prime");
    std::fill(out.begin(), out.end(), limb{0});
    return;
  }
  inverse.copy_to(out);
}

void power_vartime(limb_span out, limb_view base, limb_view exponent, limb_view m) {
  number power;
  mpz_powm(power.get(), view_of(base).get(), view_of(exponent).get(), view_of(m).get());
  power.copy_to(out);
}

int jacobi_vartime(limb_view a, limb_view m) {
  return mpz_jacobi(view_of(a).get(), view_of(m).get());
}

}  // namespace sandoq::integers
