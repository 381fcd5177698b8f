// Sums of multiples with public scalars. Variable time.                                  SPEC(10.6)

#include <algorithm>
#include <limits>
#include <vector>

#include "lib/group/odd_multiples.hpp"
#include "lib/group/recode25519.hpp"
#include "lib/group/ristretto255_access.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/group/ristretto255.hpp"

namespace sandoq {
namespace {

using edwards::cached;
using edwards::extended;
using scalar = ristretto255::scalar;
using element = ristretto255::element;

constexpr unsigned max_window = 15;  // digits fit 16 bits, buckets fit the second-level cache
/// Longer sums are cut: beyond this the cost per element no longer falls, but memory would grow.
constexpr std::size_t max_chunk = std::size_t{1} << 16U;

struct plan {
  unsigned window = 0;  ///< the best for Pippenger
  unsigned bits = 0;    ///< of the longest scalar
  bool straus_is_cheaper = false;
};

unsigned digits_for(unsigned bits, unsigned window) noexcept {
  return bits / window + 1;
}

/// Counts the additions of both methods.
plan make_plan(std::span<const scalar> scalars) {
  plan out;
  std::vector<std::size_t> by_bits(257);
  for (const scalar& s : scalars) {
    const unsigned bits = edwards::bit_length_vartime(words_of(s));
    ++by_bits[bits];
    out.bits = std::max(out.bits, bits);
  }
  std::size_t best = std::numeric_limits<std::size_t>::max();
  for (unsigned window = 3; window <= max_window; ++window) {
    std::size_t additions = digits_for(out.bits, window) * (std::size_t{1} << window);
    for (unsigned bits = 1; bits <= out.bits; ++bits) {
      additions += by_bits[bits] * digits_for(bits, window);
    }
    if (additions < best) {
      best = additions;
      out.window = window;
    }
  }
  // Straus: a digit every sixth place, and eight additions for each table.
  std::size_t straus = 0;
  for (unsigned bits = 1; bits <= out.bits; ++bits) {
    straus += by_bits[bits] * (bits / 6 + 9);
  }
  out.straus_is_cheaper = straus <= best;
  return out;
}

/// Digits of radix 2^window in [-2^(window-1), 2^(window-1)], digit k of scalar i at [k*n + i].
std::vector<std::int16_t> window_digits(std::span<const scalar> scalars, unsigned window,
                                        unsigned count) {
  std::vector<std::int16_t> out(scalars.size() * count);
  const int half = 1 << (window - 1);
  for (std::size_t i = 0; i < scalars.size(); ++i) {
    int carried = 0;
    for (unsigned k = 0; k < count; ++k) {
      int digit =
          static_cast<int>(edwards::bits_at(words_of(scalars[i]), k * window, window)) + carried;
      // The last digit takes what is left: at most half, since the windows hold one bit more than
      // the longest scalar.
      carried = digit >= half && k + 1 < count ? 1 : 0;
      digit -= carried * 2 * half;
      out[k * scalars.size() + i] = static_cast<std::int16_t>(digit);
    }
  }
  return out;
}

/// Bucket b collects the elements whose digit is b+1 or -(b+1).
class buckets {
 public:
  explicit buckets(std::size_t count) : sums_(count), used_(count) {}

  void clear() { std::fill(used_.begin(), used_.end(), std::uint8_t{0}); }

  void put(int digit, const extended& p, const cached& prepared) {
    const auto b = static_cast<std::size_t>(digit > 0 ? digit : -digit) - 1;
    if (used_[b] == 0) {
      sums_[b] = digit > 0 ? p : edwards::negate(p);
      used_[b] = 1;
    } else {
      sums_[b] = to_extended(digit > 0 ? add(sums_[b], prepared) : subtract(sums_[b], prepared));
    }
  }

  /// Sum of (b+1) * bucket b, by adding up the partial sums from the top.
  [[nodiscard]] extended weighted_sum() const {
    extended partial = edwards::neutral;
    extended total = edwards::neutral;
    bool started = false;
    for (std::size_t b = sums_.size(); b-- > 0;) {
      if (used_[b] != 0) {
        partial = edwards::sum(partial, sums_[b]);
        started = true;
      }
      if (started) {
        total = edwards::sum(total, partial);
      }
    }
    return total;
  }

 private:
  std::vector<extended> sums_;
  std::vector<std::uint8_t> used_;
};

extended pippenger(std::span<const scalar> scalars, std::span<const element> elements,
                   unsigned window, unsigned bits) {
  const unsigned count = digits_for(bits, window);
  const std::vector<std::int16_t> digits = window_digits(scalars, window, count);
  std::vector<cached> prepared(elements.size());
  for (std::size_t i = 0; i < elements.size(); ++i) {
    prepared[i] = to_cached(point_of(elements[i]));
  }
  buckets all(std::size_t{1} << (window - 1));
  extended total = edwards::neutral;
  for (unsigned k = count; k-- > 0;) {
    all.clear();
    for (std::size_t i = 0; i < elements.size(); ++i) {
      const int digit = digits[k * elements.size() + i];
      if (digit != 0) {
        all.put(digit, point_of(elements[i]), prepared[i]);
      }
    }
    total = edwards::sum(edwards::twice_times(total, window), all.weighted_sum());
  }
  return total;
}

extended pippenger_in_chunks(std::span<const scalar> scalars, std::span<const element> elements) {
  extended total = edwards::neutral;
  for (std::size_t begin = 0; begin < scalars.size(); begin += max_chunk) {
    const std::size_t count = std::min(max_chunk, scalars.size() - begin);
    const auto some = scalars.subspan(begin, count);
    const plan how = make_plan(some);
    total =
        edwards::sum(total, pippenger(some, elements.subspan(begin, count), how.window, how.bits));
  }
  return total;
}

}  // namespace

element ristretto255::msm_straus_vartime(std::span<const scalar> scalars,
                                         std::span<const element> elements) {
  SANDOQ_EXPECTS(scalars.size() == elements.size(), "one scalar for each element");
  const std::size_t n = scalars.size();
  std::vector<edwards::odd_multiples> tables;
  tables.reserve(n);
  std::vector<std::int8_t> digits(n * edwards::naf_digits);  // place by place
  unsigned places = 0;
  for (std::size_t j = 0; j < n; ++j) {
    tables.push_back(edwards::make_odd_multiples(point_of(elements[j])));
    edwards::for_each_naf_digit_vartime(words_of(scalars[j]), edwards::odd_multiples_width,
                                        [&](unsigned place, std::int8_t digit) {
                                          digits[place * n + j] = digit;
                                          places = std::max(places, place + 1);
                                        });
  }
  extended r = edwards::neutral;
  for (unsigned i = places; i-- > 0;) {
    r = to_extended(twice(to_projective(r)));
    for (std::size_t j = 0; j < n; ++j) {
      r = edwards::add_digit_vartime(r, tables[j], digits[i * n + j]);
    }
  }
  return element_of_point(r);
}

element ristretto255::msm_pippenger_vartime(std::span<const scalar> scalars,
                                            std::span<const element> elements) {
  SANDOQ_EXPECTS(scalars.size() == elements.size(), "one scalar for each element");
  return element_of_point(pippenger_in_chunks(scalars, elements));
}

element ristretto255::msm_vartime(std::span<const scalar> scalars,
                                  std::span<const element> elements) {
  SANDOQ_EXPECTS(scalars.size() == elements.size(), "one scalar for each element");
  const std::size_t straus_limit = 4096;  // above it Pippenger always wins
  if (scalars.size() <= straus_limit && make_plan(scalars).straus_is_cheaper) {
    return msm_straus_vartime(scalars, elements);
  }
  return element_of_point(pippenger_in_chunks(scalars, elements));
}

}  // namespace sandoq
