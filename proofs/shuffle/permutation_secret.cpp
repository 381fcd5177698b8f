#include "sandoq/proofs/permutation_secret.hpp"

#include <algorithm>

#include "sandoq/core/choice.hpp"

namespace sandoq {
namespace detail {
namespace {

/// Puts the two records into ascending order.
void exchange(std::uint64_t* a, std::uint64_t* b, std::size_t record_words) noexcept {
  const choice swap =
      choice::less(b[0], a[0]) | (choice::equal(b[0], a[0]) & choice::less(b[1], a[1]));
  const std::uint64_t mask = swap.mask();
  for (std::size_t i = 0; i < record_words; ++i) {
    const std::uint64_t difference = (a[i] ^ b[i]) & mask;
    a[i] ^= difference;
    b[i] ^= difference;
  }
}

}  // namespace

void sort_records(std::span<std::uint64_t> words, std::size_t record_words) noexcept {
  const std::size_t n = words.size() / record_words;
  const auto at = [&](std::size_t i) { return words.data() + record_words * i; };
  for (std::size_t p = 1; p < n; p *= 2) {  // merges sorted runs of p
    for (std::size_t k = p; k >= 1; k /= 2) {
      for (std::size_t j = k % p; j + k < n; j += 2 * k) {
        const std::size_t count = std::min(k, n - j - k);
        for (std::size_t i = j; i < j + count; ++i) {
          if (i / (2 * p) == (i + k) / (2 * p)) {  // never across two pairs of runs
            exchange(at(i), at(i + k), record_words);
          }
        }
      }
    }
  }
}

}  // namespace detail

secret_permutation::secret_permutation(detail::secret_words keys)
    : keys_(std::move(keys)), order_(keys_.all().size() / 2) {
  constexpr std::size_t record = 3;
  detail::secret_words words(record * order_.size());
  for (std::size_t j = 0; j < order_.size(); ++j) {
    std::uint64_t* at = words.all().data() + record * j;
    at[0] = keys_.all()[2 * j];
    at[1] = keys_.all()[2 * j + 1];
    at[2] = j;
  }
  detail::sort_records(words.all(), record);
  for (std::size_t i = 0; i < order_.size(); ++i) {
    order_[i] = secret<std::uint32_t>::made_by(
        [&]() noexcept { return static_cast<std::uint32_t>(words.all()[record * i + 2]); });
  }
}

secret_permutation secret_permutation::random(std::size_t n, random_source& source) {
  detail::secret_words keys(2 * n);
  const std::span<std::uint64_t> words = keys.all();
  source.fill(std::as_writable_bytes(words));
  detail::mark_secret(words.data(), words.size_bytes());
  return secret_permutation(std::move(keys));
}

secret_permutation secret_permutation::of_ranks(std::span<const secret<std::uint32_t>> ranks) {
  detail::secret_words keys(2 * ranks.size());
  for (std::size_t j = 0; j < ranks.size(); ++j) {
    keys.all()[2 * j] = expose_for_secret_ops(ranks[j]);
  }
  return secret_permutation(std::move(keys));
}

secret_permutation secret_permutation::of_first(std::size_t n) const {
  SANDOQ_EXPECTS(n <= size(), "no more things than there are");
  detail::secret_words keys(2 * n);
  const auto first = keys_.all().first(2 * n);
  std::copy(first.begin(), first.end(), keys.all().begin());
  return secret_permutation(std::move(keys));
}

}  // namespace sandoq
