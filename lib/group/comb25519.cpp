#include "lib/group/comb25519.hpp"

#include <vector>

#include "lib/group/affine25519.hpp"
#include "lib/group/recode25519.hpp"
#include "lib/group/ristretto255_access.hpp"

namespace sandoq::edwards {
namespace {

comb make_comb(const extended& base) {
  std::vector<ristretto255::element> multiples;
  multiples.reserve(comb_rows * comb_columns);
  extended row_base = base;
  for (std::size_t row = 0; row < comb_rows; ++row) {
    const cached step = to_cached(row_base);
    extended multiple = row_base;
    for (std::size_t column = 0; column < comb_columns; ++column) {
      multiples.push_back(element_of_point(multiple));
      multiple = to_extended(add(multiple, step));
    }
    row_base = twice_times(row_base, 8);
  }
  const auto affine = made_affine(multiples);
  comb out;
  for (std::size_t i = 0; i < affine.size(); ++i) {
    const extended p = point_of(affine[i]);
    out.rows[i / comb_columns][i % comb_columns] = {carry(p.y + p.x), carry(p.y - p.x),
                                                    p.t * arith::constants::two_d};
  }
  return out;
}

}  // namespace

const comb& generator_comb() {
  static const comb table = make_comb(point_of(ristretto255::generator()));
  return table;
}

extended comb_mul_vartime(const comb& table, const arith::scalar_words& s) noexcept {
  const auto digits = radix_16_digits(s);
  extended r = neutral;
  const auto add_digit = [&](std::size_t i) {
    const int digit = digits[i];
    if (digit > 0) {
      r = to_extended(add(r, table.rows[i / 2][static_cast<std::size_t>(digit - 1)]));
    } else if (digit < 0) {
      r = to_extended(subtract(r, table.rows[i / 2][static_cast<std::size_t>(-digit - 1)]));
    }
  };
  for (std::size_t i = 1; i < 64; i += 2) {
    add_digit(i);
  }
  r = twice_times(r, 4);
  for (std::size_t i = 0; i < 64; i += 2) {
    add_digit(i);
  }
  return r;
}

}  // namespace sandoq::edwards
