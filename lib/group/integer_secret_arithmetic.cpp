#include "lib/group/integer_secret_arithmetic.hpp"

#include <gmp.h>

#include <algorithm>
#include <vector>

#include "sandoq/core/contract.hpp"
#include "sandoq/core/secret.hpp"

namespace sandoq::integers {

namespace {

/// Room for intermediate values, wiped at its end. Its size is public.
class scratch {
 public:
  explicit scratch(std::size_t limbs) : limbs_(limbs) {}
  explicit scratch(mp_size_t limbs) : scratch(static_cast<std::size_t>(limbs)) {}
  scratch(const scratch&) = delete;
  scratch& operator=(const scratch&) = delete;
  ~scratch() { sandoq::detail::wipe(limbs_.data(), limbs_.size() * sizeof(limb)); }

  limb* data() noexcept { return limbs_.data(); }
  limb_span span() noexcept { return limbs_; }

 private:
  std::vector<limb> limbs_;
};

mp_size_t length_of(limb_view a) noexcept {
  return static_cast<mp_size_t>(a.size());
}

/// number mod m, in place: the remainder is in the lowest limbs. \pre at least the length of m
void reduce_in_place(limb_span number, limb_view m) {
  scratch room(mpn_sec_div_r_itch(length_of(number), length_of(m)));
  mpn_sec_div_r(number.data(), length_of(number), m.data(), length_of(m), room.data());
}

}  // namespace

void reduce(limb_span out, limb_view in, limb_view m) {
  SANDOQ_EXPECTS(out.size() == m.size() && m.back() != 0, "a remainder of the modulus' length");
  if (in.size() < m.size()) {
    std::copy(in.begin(), in.end(), out.begin());
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(in.size()), out.end(), limb{0});
    return;
  }
  scratch number(in.size());
  std::copy(in.begin(), in.end(), number.data());
  reduce_in_place(number.span(), m);
  std::copy_n(number.data(), m.size(), out.begin());
}

void add(limb_span out, limb_view a, limb_view b, limb_view m) noexcept {
  const mp_size_t n = length_of(m);
  const limb carry = mpn_cnd_add_n(1, out.data(), a.data(), b.data(), n);
  const limb borrow = mpn_cnd_sub_n(1, out.data(), out.data(), m.data(), n);
  // The sum was below m iff taking m away borrowed from nowhere.
  mpn_cnd_add_n(value_barrier(borrow & (carry ^ 1U)), out.data(), out.data(), m.data(), n);
}

void subtract(limb_span out, limb_view a, limb_view b, limb_view m) noexcept {
  const mp_size_t n = length_of(m);
  const limb borrow = mpn_cnd_sub_n(1, out.data(), a.data(), b.data(), n);
  mpn_cnd_add_n(value_barrier(borrow), out.data(), out.data(), m.data(), n);
}

void multiply(limb_span out, limb_view a, limb_view b, limb_view m) {
  const mp_size_t n = length_of(m);
  scratch product(2 * m.size());
  {
    scratch room(mpn_sec_mul_itch(n, n));
    mpn_sec_mul(product.data(), a.data(), n, b.data(), n, room.data());
  }
  reduce_in_place(product.span(), m);
  std::copy_n(product.data(), m.size(), out.begin());
}

void invert(limb_span out, limb_view a, limb_view m) {
  const mp_size_t n = length_of(m);
  scratch number(m.size());
  scratch inverse(m.size());
  scratch room(mpn_sec_invert_itch(n));
  std::copy(a.begin(), a.end(), number.data());
  const int found = mpn_sec_invert(inverse.data(), number.data(), m.data(), n,
                                   static_cast<mp_bitcnt_t>(128 * m.size()), room.data());
  const limb mask = choice::from_bit(static_cast<limb>(found)).mask();
  for (std::size_t i = 0; i < m.size(); ++i) {
    out[i] = inverse.data()[i] & mask;
  }
}

void power(limb_span out, limb_view base, limb_view exponent, std::size_t exponent_bits,
           limb_view m) {
  SANDOQ_EXPECTS(exponent_bits != 0 && exponent_bits <= 64 * exponent.size(),
                 "the bits of the exponent");
  const mp_size_t n = length_of(m);
  const auto bits = static_cast<mp_bitcnt_t>(exponent_bits);
  scratch room(mpn_sec_powm_itch(n, bits, n));
  mpn_sec_powm(out.data(), base.data(), n, exponent.data(), bits, m.data(), n, room.data());
}

choice less(limb_view a, limb_view b) {
  SANDOQ_EXPECTS(a.size() == b.size(), "numbers of one length");
  scratch difference(a.size());
  return choice::from_bit(mpn_cnd_sub_n(1, difference.data(), a.data(), b.data(), length_of(a)));
}

}  // namespace sandoq::integers
