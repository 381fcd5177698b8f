// Multiplication by one public scalar. Variable time.

#include <array>

#include "lib/group/comb25519.hpp"
#include "lib/group/odd_multiples.hpp"
#include "lib/group/recode25519.hpp"
#include "lib/group/ristretto255_access.hpp"
#include "sandoq/group/ristretto255.hpp"

namespace sandoq {

using scalar = ristretto255::scalar;
using element = ristretto255::element;

element ristretto255::mul_vartime(const scalar& s, const element& e) noexcept {
  std::array<std::int8_t, edwards::naf_digits> digits{};
  unsigned places = 0;
  edwards::for_each_naf_digit_vartime(words_of(s), edwards::odd_multiples_width,
                                      [&](unsigned place, std::int8_t digit) {
                                        digits[place] = digit;
                                        places = place + 1;
                                      });
  const auto table = edwards::make_odd_multiples(point_of(e));
  edwards::extended r = edwards::neutral;
  for (unsigned i = places; i-- > 0;) {
    // Between two digits only doublings follow, which need no T.
    const edwards::completed doubled = twice(to_projective(r));
    if (digits[i] == 0 && i != 0) {
      const edwards::projective p = to_projective(doubled);
      r = {p.x, p.y, p.z, arith::field_zero};
    } else {
      r = edwards::add_digit_vartime(to_extended(doubled), table, digits[i]);
    }
  }
  return element_of_point(r);
}

element ristretto255::mul_base_vartime(const scalar& s) noexcept {
  return element_of_point(edwards::comb_mul_vartime(edwards::generator_comb(), words_of(s)));
}

element ristretto255::double_mul_vartime(const scalar& a, const element& e,
                                         const scalar& b) noexcept {
  return mul_vartime(a, e) + mul_base_vartime(b);
}

}  // namespace sandoq
