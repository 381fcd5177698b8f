#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "sandoq/core/contract.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/secret.hpp"

namespace sandoq {

namespace detail {

/// Sorts records by their first two words, the first counting more, with a network of exchanges
/// that is the same for every content (Batcher, odd-even merge sort): addresses and time depend on
/// sizes only. Records with equal keys end in any order.
/// Cost: about n*log2(n)^2/4 exchanges of record_words words.
void sort_records(std::span<std::uint64_t> words, std::size_t record_words) noexcept;

/// Words that are wiped at their end.
class secret_words {
 public:
  explicit secret_words(std::size_t count) : words_(count) {}
  secret_words(secret_words&& other) noexcept : words_(std::exchange(other.words_, {})) {}
  secret_words& operator=(secret_words&& other) noexcept {
    std::swap(words_, other.words_);
    return *this;
  }
  secret_words(const secret_words&) = delete;
  secret_words& operator=(const secret_words&) = delete;
  ~secret_words() { wipe(words_.data(), words_.size() * sizeof(std::uint64_t)); }
  [[nodiscard]] std::span<std::uint64_t> all() noexcept { return words_; }
  [[nodiscard]] std::span<const std::uint64_t> all() const noexcept { return words_; }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace detail

/// A secret order of n things: the (i+1)-th of the new list is the thing pi(i) of the old one. It
/// is kept as a key for each thing, and applied by sorting along the keys, so that no address ever
/// depends on it.                                                         SPEC(48.1) SPEC(48.13)
class secret_permutation {
 public:
  /// Uniform but for 2^-88 with n <= 2^20: 128 random bits a key. Cost: one sorting.
  [[nodiscard]] static secret_permutation random(std::size_t n, random_source& source);
  /// The one that puts thing j at ranks[j]. \pre ranks are 0 ... n-1, each once
  [[nodiscard]] static secret_permutation of_ranks(std::span<const secret<std::uint32_t>> ranks);

  /// The order in which this one puts the first n things; uniform if this one is. Cost: one sorting
  /// of n. \pre n <= size()
  [[nodiscard]] secret_permutation of_first(std::size_t n) const;

  [[nodiscard]] std::size_t size() const noexcept { return order_.size(); }
  /// pi(0) ... pi(n-1).
  [[nodiscard]] std::span<const secret<std::uint32_t>> order() const noexcept { return order_; }

  /// Shows every thing in the new order, `step` items each: each(i, items of the (i+1)-th), good
  /// until the next. Constant time in the permutation. Cost: one sorting of all of them, in memory
  /// of their size and 16 bytes each. \param items  those of the first things; the others are made
  /// of `rest` \pre items.size() <= step * size(), and a multiple of step
  template <class T, class Each>
  void arrange(std::span<const T> items, std::size_t step, const T& rest, Each&& each) const {
    static_assert(std::is_trivially_copyable_v<T>, "moved as plain memory");
    SANDOQ_EXPECTS(items.size() <= step * size() && items.size() % step == 0, "whole things");
    const std::size_t record = 2 + (step * sizeof(T) + 7) / 8;
    detail::secret_words words(record * size());
    for (std::size_t j = 0; j < size(); ++j) {
      std::uint64_t* at = words.all().data() + record * j;
      at[0] = keys_.all()[2 * j];
      at[1] = keys_.all()[2 * j + 1];
      for (std::size_t k = 0; k < step; ++k) {
        const T& item = step * j < items.size() ? items[step * j + k] : rest;
        std::memcpy(reinterpret_cast<std::byte*>(at + 2) + k * sizeof(T), &item, sizeof(T));
      }
    }
    detail::sort_records(words.all(), record);
    std::vector<secret<T>> thing(step);
    for (std::size_t i = 0; i < size(); ++i) {
      const auto* from = reinterpret_cast<const std::byte*>(words.all().data() + record * i + 2);
      for (std::size_t k = 0; k < step; ++k) {
        std::memcpy(&expose_for_secret_ops(thing[k]), from + k * sizeof(T), sizeof(T));
      }
      each(i, std::span<const secret<T>>(thing));
    }
  }

 private:
  explicit secret_permutation(detail::secret_words keys);

  detail::secret_words keys_;  // two words for each thing of the old list
  std::vector<secret<std::uint32_t>> order_;
};

}  // namespace sandoq
