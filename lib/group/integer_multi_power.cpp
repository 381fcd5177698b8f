#include <algorithm>
#include <limits>

#include "lib/group/integer_arithmetic.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq::integers {

namespace {

/// What a multi-power works on: n bases and exponents.
struct factors {
  limb_view bases;
  limb_view exponents;
  std::size_t limbs;           // of a base
  std::size_t exponent_limbs;  // of an exponent
  std::size_t count;

  [[nodiscard]] const limb* base(std::size_t i) const noexcept { return &bases[i * limbs]; }
  [[nodiscard]] limb_view exponent(std::size_t i) const noexcept {
    return exponents.subspan(i * exponent_limbs, exponent_limbs);
  }
};

factors factors_of(limb_view bases, limb_view exponents, std::size_t exponent_limbs, limb_view m) {
  SANDOQ_EXPECTS(exponent_limbs != 0 && bases.size() % m.size() == 0, "whole numbers");
  const std::size_t count = bases.size() / m.size();
  SANDOQ_EXPECTS(exponents.size() == count * exponent_limbs, "an exponent for each base");
  return {bases, exponents, m.size(), exponent_limbs, count};
}

bool bit_of(limb_view a, std::size_t i) noexcept {
  return ((a[i / 64] >> (i % 64)) & 1U) != 0;
}

/// `width` bits from bit `at` on; bits beyond the number are 0.
std::size_t digit_of(limb_view a, std::size_t at, std::size_t width) noexcept {
  std::size_t out = 0;
  for (std::size_t j = 0; j < width && at + j < 64 * a.size(); ++j) {
    out |= static_cast<std::size_t>(bit_of(a, at + j)) << j;
  }
  return out;
}

/// The window with the fewest products for one exponent: 2^(w-1) odd powers, bits/(w+1) uses.
std::size_t straus_window(std::size_t bits) noexcept {
  std::size_t best = 1;
  for (std::size_t w = 2; w <= 7; ++w) {
    if ((std::size_t{1} << (w - 1)) + bits / (w + 1) <
        (std::size_t{1} << (best - 1)) + bits / (best + 1)) {
      best = w;
    }
  }
  return best;
}

std::size_t straus_cost(const factors& f) noexcept {
  std::size_t cost = 0;
  std::size_t longest = 0;
  for (std::size_t i = 0; i < f.count; ++i) {
    const std::size_t bits = bit_length_vartime(f.exponent(i));
    const std::size_t w = straus_window(bits);
    cost += (std::size_t{1} << (w - 1)) + bits / (w + 1) + 1;
    longest = std::max(longest, bits);
  }
  return cost + longest;
}

struct pippenger_plan {
  std::size_t window;
  std::size_t cost;
};

pippenger_plan plan_pippenger(const factors& f) noexcept {
  std::size_t longest = 0;
  std::size_t all_bits = 0;
  for (std::size_t i = 0; i < f.count; ++i) {
    const std::size_t bits = bit_length_vartime(f.exponent(i));
    longest = std::max(longest, bits);
    all_bits += bits;
  }
  pippenger_plan best{1, std::numeric_limits<std::size_t>::max()};
  for (std::size_t w = 1; w <= 14; ++w) {
    const std::size_t columns = (longest + w - 1) / w;
    const std::size_t cost = f.count + all_bits / w + columns * ((std::size_t{2} << w) + w);
    if (cost < best.cost) {
      best = {w, cost};
    }
  }
  return best;
}

/// Odd powers of one base, and where they are used.
struct straus_row {
  std::vector<limb> odd_powers;      // base^1, base^3, ..., in Montgomery form
  std::vector<std::uint8_t> digits;  // at each bit 0 or an odd digit that begins there
};

straus_row make_row(montgomery& ring, const limb* base, limb_view exponent) {
  const std::size_t n = ring.size();
  const std::size_t bits = bit_length_vartime(exponent);
  const std::size_t w = straus_window(bits);
  straus_row row;
  row.digits.assign(bits, 0);
  for (std::size_t i = 0; i < bits;) {
    if (!bit_of(exponent, i)) {
      ++i;
      continue;
    }
    row.digits[i] = static_cast<std::uint8_t>(digit_of(exponent, i, w));
    i += w;
  }
  const std::size_t powers = std::size_t{1} << (w - 1);
  row.odd_powers.resize(powers * n);
  ring.enter(row.odd_powers.data(), base);
  std::vector<limb> squared(n);
  ring.square(squared.data(), row.odd_powers.data());
  for (std::size_t j = 1; j < powers; ++j) {
    ring.multiply(&row.odd_powers[j * n], &row.odd_powers[(j - 1) * n], squared.data());
  }
  return row;
}

void straus(limb_span out, const factors& f, limb_view m) {
  montgomery ring(m);
  std::vector<straus_row> rows;
  rows.reserve(f.count);
  std::size_t longest = 0;
  for (std::size_t i = 0; i < f.count; ++i) {
    rows.push_back(make_row(ring, f.base(i), f.exponent(i)));
    longest = std::max(longest, rows.back().digits.size());
  }
  std::vector<limb> r(ring.one().begin(), ring.one().end());
  for (std::size_t bit = longest; bit-- > 0;) {
    if (bit + 1 != longest) {
      ring.square(r.data(), r.data());
    }
    for (const straus_row& row : rows) {
      if (bit < row.digits.size() && row.digits[bit] != 0) {
        ring.multiply(r.data(), r.data(), &row.odd_powers[(row.digits[bit] / 2U) * f.limbs]);
      }
    }
  }
  ring.leave(out.data(), r.data());
}

/// r *= product of bucket[d]^d.
void multiply_by_buckets(montgomery& ring, limb* r, const std::vector<limb>& buckets,
                         const std::vector<bool>& used) {
  const std::size_t n = ring.size();
  std::vector<limb> running(ring.one().begin(), ring.one().end());
  bool any = false;
  for (std::size_t d = used.size(); d-- > 1;) {
    if (used[d]) {
      ring.multiply(running.data(), running.data(), &buckets[d * n]);
      any = true;
    }
    if (any) {
      ring.multiply(r, r, running.data());
    }
  }
}

void pippenger(limb_span out, const factors& f, limb_view m, std::size_t w) {
  montgomery ring(m);
  const std::size_t n = f.limbs;
  std::vector<limb> bases(f.count * n);
  std::size_t longest = 0;
  for (std::size_t i = 0; i < f.count; ++i) {
    ring.enter(&bases[i * n], f.base(i));
    longest = std::max(longest, bit_length_vartime(f.exponent(i)));
  }
  std::vector<limb> r(ring.one().begin(), ring.one().end());
  std::vector<limb> buckets(n << w);
  for (std::size_t column = (longest + w - 1) / w; column-- > 0;) {
    for (std::size_t j = 0; j < w; ++j) {
      ring.square(r.data(), r.data());
    }
    std::vector<bool> used(std::size_t{1} << w);
    for (std::size_t i = 0; i < f.count; ++i) {
      const std::size_t d = digit_of(f.exponent(i), column * w, w);
      if (d == 0) {
        continue;
      }
      if (used[d]) {
        ring.multiply(&buckets[d * n], &buckets[d * n], &bases[i * n]);
      } else {
        std::copy_n(&bases[i * n], n, &buckets[d * n]);
        used[d] = true;
      }
    }
    multiply_by_buckets(ring, r.data(), buckets, used);
  }
  ring.leave(out.data(), r.data());
}

}  // namespace

void multi_power_straus_vartime(limb_span out, limb_view bases, limb_view exponents,
                                std::size_t exponent_limbs, limb_view m) {
  straus(out, factors_of(bases, exponents, exponent_limbs, m), m);
}

void multi_power_pippenger_vartime(limb_span out, limb_view bases, limb_view exponents,
                                   std::size_t exponent_limbs, limb_view m) {
  const factors f = factors_of(bases, exponents, exponent_limbs, m);
  pippenger(out, f, m, plan_pippenger(f).window);
}

void multi_power_vartime(limb_span out, limb_view bases, limb_view exponents,
                         std::size_t exponent_limbs, limb_view m) {
  const factors f = factors_of(bases, exponents, exponent_limbs, m);
  if (f.count == 1) {
    power_vartime(out, bases, exponents, m);
    return;
  }
  const pippenger_plan buckets = plan_pippenger(f);
  if (straus_cost(f) <= buckets.cost) {
    straus(out, f, m);
  } else {
    pippenger(out, f, m, buckets.window);
  }
}

}  // namespace sandoq::integers
