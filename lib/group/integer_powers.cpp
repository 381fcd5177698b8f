#include "lib/group/integer_powers.hpp"

#include <algorithm>

#include "lib/group/integer_power_table.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq::integers {

namespace {

/// The width with the fewest products for one exponent.
std::size_t window_for(std::size_t bits) noexcept {
  const auto cost = [&](std::size_t w) { return (std::size_t{1} << w) + bits / w; };
  std::size_t best = 1;
  for (std::size_t w = 2; w <= 7; ++w) {
    if (cost(w) < cost(best)) {
      best = w;
    }
  }
  return best;
}

/// out[i] = bases[i]^exponent(i) for i < n <= lanes.
template <class Exponent>
void powers_of_batch(limb* out, const lane_ring& ring, const limb* bases, std::size_t n,
                     Exponent&& exponent) {
  std::size_t bits = 0;
  for (std::size_t i = 0; i < n; ++i) {
    bits = std::max(bits, bit_length_vartime(exponent(i)));
  }
  const std::size_t w = window_for(bits);
  const power_table table(ring, bases, n, w);
  const kernels::aligned_words power(ring.batch_words());
  const kernels::aligned_words factor(ring.batch_words());
  std::copy_n(ring.one(), ring.batch_words(), power.data());
  const std::size_t windows = (bits + w - 1) / w;
  for (std::size_t window = windows; window-- > 0;) {
    for (std::size_t j = 0; j < w && window + 1 != windows; ++j) {
      ring.square(power.data(), power.data());
    }
    lane_rows rows(ring.one_row());
    for (std::size_t i = 0; i < n; ++i) {
      rows[i] = table.row(digit_of_vartime(exponent(i), window * w, w), i);
    }
    ring.gather(factor.data(), rows.data());
    ring.multiply(power.data(), power.data(), factor.data());
  }
  ring.leave(out, power.data(), n);
}

/// out = base^exponent in a ring of one lane, by odd powers of the base at windows that begin and
/// end with a 1: fewer products than windows of fixed places, which only one lane can choose.
void power_of_one(limb* out, const lane_ring& ring, const limb* base, limb_view exponent) {
  const std::size_t bits = bit_length_vartime(exponent);
  const std::size_t w = window_for(bits) + 1;
  const std::size_t words = ring.batch_words();
  const kernels::aligned_words odd_powers(words << (w - 1));
  const kernels::aligned_words power(words);
  ring.enter(odd_powers.data(), base, 1);
  ring.square(power.data(), odd_powers.data());
  for (std::size_t j = 1; j < std::size_t{1} << (w - 1); ++j) {
    limb* next = odd_powers.data() + j * words;
    ring.multiply(next, next - words, power.data());
  }
  std::copy_n(ring.one(), words, power.data());
  for (std::size_t end = bits; end > 0;) {
    std::size_t begin = end - 1;
    if (digit_of_vartime(exponent, begin, 1) != 0) {
      begin = end > w ? end - w : 0;
      while (digit_of_vartime(exponent, begin, 1) == 0) {
        ++begin;
      }
    }
    const std::size_t digit = digit_of_vartime(exponent, begin, end - begin);
    for (std::size_t j = begin; j < end && end != bits; ++j) {
      ring.square(power.data(), power.data());
    }
    if (digit != 0) {
      ring.multiply(power.data(), power.data(), odd_powers.data() + digit / 2 * words);
    }
    end = begin;
  }
  ring.leave(out, power.data(), 1);
}

template <class Exponent>
void powers(limb_span out, limb_view bases, limb_view m, const kernels::montgomery_table& kernel,
            Exponent&& exponent) {
  SANDOQ_EXPECTS(bases.size() % m.size() == 0 && out.size() == bases.size(), "whole numbers");
  const std::size_t count = bases.size() / m.size();
  std::size_t done = 0;
  if (count > 1) {
    const lane_ring ring(kernel, m);
    for (; ring.lanes() == 1 && done < count; ++done) {
      power_of_one(&out[done * m.size()], ring, &bases[done * m.size()], exponent(done));
    }
    while (count - done > 1) {
      const std::size_t n = std::min(ring.lanes(), count - done);
      powers_of_batch(&out[done * m.size()], ring, &bases[done * m.size()], n,
                      [&](std::size_t i) { return exponent(done + i); });
      done += n;
    }
  }
  for (; done < count; ++done) {
    const std::size_t at = done * m.size();
    power_vartime(out.subspan(at, m.size()), bases.subspan(at, m.size()), exponent(done), m);
  }
}

constexpr std::size_t fixed_width = 4;

}  // namespace

void powers_vartime(limb_span out, limb_view bases, limb_view exponents, std::size_t exponent_limbs,
                    limb_view m, const kernels::montgomery_table& kernel) {
  SANDOQ_EXPECTS(exponents.size() / exponent_limbs == bases.size() / m.size(),
                 "an exponent for each base");
  powers(out, bases, m, kernel,
         [&](std::size_t i) { return exponents.subspan(i * exponent_limbs, exponent_limbs); });
}
void powers_vartime(limb_span out, limb_view bases, limb_view exponent, limb_view m,
                    const kernels::montgomery_table& kernel) {
  powers(out, bases, m, kernel, [&](std::size_t) { return exponent; });
}

limb* fixed_base::entry(std::size_t window, std::size_t digit) const noexcept {
  return table_.data() + ((window << fixed_width) + digit) * ring_.row_words();
}

fixed_base::fixed_base(limb_view base, std::size_t exponent_bits, limb_view m,
                       const kernels::montgomery_table& kernel)
    : ring_(kernel, m),
      windows_((exponent_bits + fixed_width - 1) / fixed_width),
      table_((windows_ << fixed_width) * ring_.row_words()) {
  // The squarings stand in one chain, which lanes would not shorten.
  const lane_ring chain(kernels::portable_montgomery, m);
  const kernels::aligned_words power(chain.batch_words());
  chain.enter(power.data(), base.data(), 1);
  std::vector<limb> bases(windows_ * m.size());  // base^(16^k)
  for (std::size_t k = 0; k < windows_; ++k) {
    for (std::size_t j = 0; j < fixed_width && k != 0; ++j) {
      chain.square(power.data(), power.data());
    }
    chain.leave(&bases[k * m.size()], power.data(), 1);
  }
  for (std::size_t first = 0; first < windows_; first += ring_.lanes()) {
    const std::size_t n = std::min(ring_.lanes(), windows_ - first);
    const power_table powers(ring_, &bases[first * m.size()], n, fixed_width);
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t d = 0; d < std::size_t{1} << fixed_width; ++d) {
        std::copy_n(powers.row(d, k), ring_.row_words(), entry(first + k, d));
      }
    }
  }
}

void fixed_base::power_vartime(limb_span out, limb_view exponent) const {
  SANDOQ_EXPECTS(bit_length_vartime(exponent) <= fixed_width * windows_,
                 "an exponent that fits into the table");
  const kernels::aligned_words power(ring_.batch_words());
  const kernels::aligned_words factor(ring_.batch_words());
  std::copy_n(ring_.one(), ring_.batch_words(), power.data());
  for (std::size_t first = 0; first < windows_; first += ring_.lanes()) {
    lane_rows rows(ring_.one_row());
    for (std::size_t k = 0; k < std::min(ring_.lanes(), windows_ - first); ++k) {
      rows[k] =
          entry(first + k, digit_of_vartime(exponent, (first + k) * fixed_width, fixed_width));
    }
    ring_.gather(factor.data(), rows.data());
    ring_.multiply(power.data(), power.data(), factor.data());
  }
  ring_.leave_product(out, power.data());
}

void fixed_base::powers_vartime(limb_span out, limb_view exponents,
                                std::size_t exponent_limbs) const {
  const std::size_t size = ring_.modulus().size();
  const std::size_t count = exponents.size() / exponent_limbs;
  SANDOQ_EXPECTS(out.size() == count * size, "room for each power");
  const auto exponent = [&](std::size_t i) {
    return exponents.subspan(i * exponent_limbs, exponent_limbs);
  };
  const kernels::aligned_words power(ring_.batch_words());
  const kernels::aligned_words factor(ring_.batch_words());
  for (std::size_t done = 0; done < count; done += ring_.lanes()) {
    const std::size_t n = std::min(ring_.lanes(), count - done);
    std::copy_n(ring_.one(), ring_.batch_words(), power.data());
    for (std::size_t k = 0; k < windows_; ++k) {
      lane_rows rows(ring_.one_row());
      for (std::size_t i = 0; i < n; ++i) {
        rows[i] = entry(k, digit_of_vartime(exponent(done + i), k * fixed_width, fixed_width));
      }
      ring_.gather(factor.data(), rows.data());
      ring_.multiply(power.data(), power.data(), factor.data());
    }
    ring_.leave(&out[done * size], power.data(), n);
  }
}

}  // namespace sandoq::integers
