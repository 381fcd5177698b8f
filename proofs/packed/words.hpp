#pragma once

// Natural numbers of a fixed count of 64-bit words, least significant first. All but `less_vartime`
// take the same time for all values.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sandoq::packed {

using words = std::vector<std::uint64_t>;
using word_view = std::span<const std::uint64_t>;

/// a += b & mask; the carry out of the last word is lost. \pre b is not longer than a
inline void add_masked(std::span<std::uint64_t> a, word_view b, std::uint64_t mask) noexcept {
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::uint64_t addend = i < b.size() ? b[i] & mask : 0;
    const std::uint64_t sum = a[i] + addend;
    const std::uint64_t total = sum + carry;
    carry = static_cast<std::uint64_t>(sum < addend) | static_cast<std::uint64_t>(total < carry);
    a[i] = total;
  }
}
inline void add(std::span<std::uint64_t> a, word_view b) noexcept {
  add_masked(a, b, ~std::uint64_t{0});
}

/// a -= b. \pre a >= b, equal sizes
inline void subtract(std::span<std::uint64_t> a, word_view b) noexcept {
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::uint64_t difference = a[i] - b[i];
    const std::uint64_t total = difference - borrow;
    borrow =
        static_cast<std::uint64_t>(a[i] < b[i]) | static_cast<std::uint64_t>(difference < borrow);
    a[i] = total;
  }
}

/// a = a*by + plus. \pre the product fits
inline void multiply_add(std::span<std::uint64_t> a, std::uint64_t by,
                         std::uint64_t plus) noexcept {
  __extension__ using uint128 = unsigned __int128;
  uint128 carry = plus;
  for (std::uint64_t& word : a) {
    carry += static_cast<uint128>(word) * by;
    word = static_cast<std::uint64_t>(carry);
    carry >>= 64U;
  }
}

/// Divides a and returns the remainder. \pre by > 0
inline std::uint64_t divide_vartime(std::span<std::uint64_t> a, std::uint64_t by) noexcept {
  __extension__ using uint128 = unsigned __int128;
  uint128 rest = 0;
  for (std::size_t i = a.size(); i-- > 0;) {
    rest = rest << 64U | a[i];
    a[i] = static_cast<std::uint64_t>(rest / by);
    rest %= by;
  }
  return static_cast<std::uint64_t>(rest);
}

/// a < b. \pre equal sizes
[[nodiscard]] inline bool less_vartime(word_view a, word_view b) noexcept {
  for (std::size_t i = a.size(); i-- > 0;) {
    if (a[i] != b[i]) {
      return a[i] < b[i];
    }
  }
  return false;
}

/// The binomial coefficients C(i, t), i = 0..n, t = 0..k, of which every subset's number is a sum.
class binomials {
 public:
  binomials(std::size_t n, std::size_t k, std::size_t size) : k_(k), size_(size) {
    table_.resize((n + 1) * (k + 1) * size);
    for (std::size_t i = 0; i <= n; ++i) {
      row(i, 0)[0] = 1;
      for (std::size_t t = 1; t <= k && t <= i; ++t) {
        add(row(i, t), at(i - 1, t));
        add(row(i, t), at(i - 1, t - 1));
      }
    }
  }

  [[nodiscard]] word_view at(std::size_t i, std::size_t t) const noexcept {
    return word_view(table_).subspan((i * (k_ + 1) + t) * size_, size_);
  }

 private:
  [[nodiscard]] std::span<std::uint64_t> row(std::size_t i, std::size_t t) noexcept {
    return std::span(table_).subspan((i * (k_ + 1) + t) * size_, size_);
  }

  std::size_t k_;
  std::size_t size_;
  words table_;
};

}  // namespace sandoq::packed
