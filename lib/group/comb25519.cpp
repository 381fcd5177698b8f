#include "lib/group/comb25519.hpp"

#include <vector>

#include "lib/group/recode25519.hpp"
#include "lib/group/ristretto255_access.hpp"

namespace sandoq::edwards {
namespace {

constexpr std::size_t comb_entries = comb_rows * comb_columns;
using entry_points = std::array<extended, comb_entries>;

/// 1/Z of every entry for the price of one inversion (Montgomery's trick). No Z is 0.
std::array<field_element, comb_entries> invert_all_z(const entry_points& points) noexcept {
  std::array<field_element, comb_entries> out;
  field_element product = arith::field_one;
  for (std::size_t i = 0; i < comb_entries; ++i) {
    out[i] = product;
    product = product * points[i].z;
  }
  field_element inverse = invert(product);
  for (std::size_t i = comb_entries; i-- > 0;) {
    out[i] = out[i] * inverse;
    inverse = inverse * points[i].z;
  }
  return out;
}

}  // namespace

void fill_comb(comb& out, const extended& base) noexcept {
  entry_points points;
  extended row_base = base;
  for (std::size_t row = 0; row < comb_rows; ++row) {
    const cached step = to_cached(row_base);
    extended multiple = row_base;
    for (std::size_t column = 0; column < comb_columns; ++column) {
      points[row * comb_columns + column] = multiple;
      multiple = to_extended(add(multiple, step));
    }
    row_base = twice_times(row_base, 8);
  }
  const auto inverses = invert_all_z(points);
  for (std::size_t i = 0; i < comb_entries; ++i) {
    const field_element x = points[i].x * inverses[i];
    const field_element y = points[i].y * inverses[i];
    out.rows[i / comb_columns][i % comb_columns] = {carry(y + x), carry(y - x),
                                                    (x * y) * arith::constants::two_d};
  }
}

const comb& generator_comb() noexcept {
  static const comb table = [] {
    comb out;
    fill_comb(out, point_of(ristretto255::generator()));
    return out;
  }();
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
