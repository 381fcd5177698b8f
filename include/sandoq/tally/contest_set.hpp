#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/contract.hpp"
#include "sandoq/core/ids.hpp"

namespace sandoq {

/// A set of contests; there are at most 64 (50.1), so one bit each.
class contest_set {
 public:
  static constexpr std::uint32_t max_contests = 64;

  constexpr contest_set() = default;
  /// The set of these. \pre each value below 64
  explicit contest_set(std::span<const contest_index> contests) {
    for (const contest_index contest : contests) {
      insert(contest);
    }
  }

  /// \pre contest.value() < 64
  void insert(contest_index contest) {
    SANDOQ_EXPECTS(contest.value() < max_contests, "a manifest has at most 64 contests");
    bits_ |= std::uint64_t{1} << contest.value();
  }
  /// True iff the contest is one of them.
  [[nodiscard]] bool contains(contest_index contest) const noexcept {
    return contest.value() < max_contests && ((bits_ >> contest.value()) & 1U) != 0;
  }
  [[nodiscard]] std::size_t size() const noexcept {
    return static_cast<std::size_t>(std::popcount(bits_));
  }
  /// Ascending.
  [[nodiscard]] std::vector<contest_index> contests() const {
    std::vector<contest_index> out;
    out.reserve(size());
    for (std::uint64_t rest = bits_; rest != 0; rest &= rest - 1) {
      out.emplace_back(static_cast<std::uint32_t>(std::countr_zero(rest)));
    }
    return out;
  }

  friend contest_set operator|(contest_set a, contest_set b) noexcept {
    a.bits_ |= b.bits_;
    return a;
  }
  contest_set& operator|=(contest_set other) noexcept { return *this = *this | other; }
  friend bool operator==(contest_set, contest_set) = default;

 private:
  std::uint64_t bits_ = 0;
};

}  // namespace sandoq
