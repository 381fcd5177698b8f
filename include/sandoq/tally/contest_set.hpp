#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/contract.hpp"
#include "sandoq/core/ids.hpp"

namespace sandoq {

/// A set of contests, of which there are at most 1,024 (50.1): one bit each, up to the last that is
/// in it. Most places of a large election vote on few contests, but their sets reach up to the
/// highest index, so a set takes at most 128 bytes besides its own three words.
class contest_set {
 public:
  static constexpr std::uint32_t max_contests = 1'024;

  contest_set() = default;
  /// The set of these. \pre each value below max_contests
  explicit contest_set(std::span<const contest_index> contests) {
    for (const contest_index contest : contests) {
      insert(contest);
    }
  }

  /// \pre contest.value() < max_contests
  void insert(contest_index contest) {
    SANDOQ_EXPECTS(contest.value() < max_contests, "a manifest has at most 1,024 contests");
    const std::size_t word = contest.value() / word_bits;
    if (word >= words_.size()) {
      words_.resize(word + 1);
    }
    words_[word] |= std::uint64_t{1} << (contest.value() % word_bits);
  }
  /// True iff the contest is one of them.
  [[nodiscard]] bool contains(contest_index contest) const noexcept {
    const std::size_t word = contest.value() / word_bits;
    return word < words_.size() && ((words_[word] >> (contest.value() % word_bits)) & 1U) != 0;
  }
  [[nodiscard]] std::size_t size() const noexcept {
    std::size_t bits = 0;
    for (const std::uint64_t word : words_) {
      bits += static_cast<std::size_t>(std::popcount(word));
    }
    return bits;
  }
  /// Ascending.
  [[nodiscard]] std::vector<contest_index> contests() const {
    std::vector<contest_index> out;
    out.reserve(size());
    for (std::uint32_t w = 0; w < words_.size(); ++w) {
      for (std::uint64_t rest = words_[w]; rest != 0; rest &= rest - 1) {
        out.emplace_back(w * word_bits + static_cast<std::uint32_t>(std::countr_zero(rest)));
      }
    }
    return out;
  }

  contest_set& operator|=(const contest_set& other) {
    words_.resize(std::max(words_.size(), other.words_.size()));
    for (std::size_t w = 0; w < other.words_.size(); ++w) {
      words_[w] |= other.words_[w];
    }
    return *this;
  }
  friend contest_set operator|(contest_set a, const contest_set& b) { return a |= b; }
  friend bool operator==(const contest_set&, const contest_set&) = default;

 private:
  static constexpr std::uint32_t word_bits = 64;
  std::vector<std::uint64_t> words_;  // the last one is not 0, so equal sets have equal words
};

}  // namespace sandoq
