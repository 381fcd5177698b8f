#include <algorithm>
#include <bit>
#include <utility>

#include "proofs/packed/words.hpp"
#include "sandoq/proofs/packed_shape.hpp"

namespace sandoq {

namespace {

// More than any number of values takes: 64 ranks of 8,193 values have 832 bits.
constexpr std::size_t most_words = 14;

/// Sum of C(n, i), i = 0..k, row by row, without the table.
packed::words subsets(std::uint32_t n, std::uint32_t k) {
  std::vector<packed::words> row(k + 1, packed::words(most_words));
  row[0][0] = 1;
  for (std::uint32_t i = 1; i <= n; ++i) {
    for (std::uint32_t t = std::min(i, k); t > 0; --t) {
      packed::add(row[t], row[t - 1]);
    }
  }
  packed::words sum(most_words);
  for (const packed::words& each : row) {
    packed::add(sum, each);
  }
  return sum;
}

packed::words rankings(std::uint32_t n, std::uint32_t k) {
  packed::words out(most_words);
  out[0] = 1;
  for (std::uint32_t j = 0; j < k; ++j) {
    packed::multiply_add(out, std::uint64_t{n} + 1, 0);
  }
  return out;
}

/// bits(m - 1) for m >= 1.
std::size_t bits_below(packed::words m) {
  const packed::words one = [&m] {
    packed::words w(m.size());
    w[0] = 1;
    return w;
  }();
  packed::subtract(m, one);
  for (std::size_t i = m.size(); i-- > 0;) {
    if (m[i] != 0) {
      return 64 * i + static_cast<std::size_t>(std::bit_width(m[i]));
    }
  }
  return 0;
}

}  // namespace

result<packed_shape> packed_shape::derive(const choice_limits& limits, packed_order order,
                                          std::uint32_t text_bytes) {
  if (auto good = check(limits, max_options, max_choices); !good) {
    return tl::unexpected<error>(std::move(good.error()));
  }
  if (text_bytes > max_text_bytes) {
    return fail(errc::out_of_range, "write-in bytes", "there is room for at most 240 bytes");
  }
  packed_shape shape;
  shape.limits_ = limits;
  shape.order_ = order;
  shape.text_bytes_ = text_bytes;
  shape.values_ = order == packed_order::subset ? subsets(limits.options, limits.max_choices)
                                                : rankings(limits.options, limits.max_choices);
  constexpr std::size_t part_bits = 8 * part_bytes;
  shape.choice_parts_ =
      std::max<std::size_t>(1, (bits_below(shape.values_) + part_bits - 1) / part_bits);
  // One bit more than the parts hold, for M itself.
  shape.values_.resize(shape.choice_parts_ * part_bits / 64 + 1);
  return shape;
}

}  // namespace sandoq
