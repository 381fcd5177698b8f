#pragma once

// Who owns which branches, for the policy of opening.

#include <cstddef>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "sandoq/threshold/opening_policy.hpp"

namespace sandoq::detail {

inline constexpr std::size_t nobody = ~std::size_t{0};

/// Memory that is zero at first. The standard library's own code links the nodes of a tree, and a
/// memory checker that does not see that code takes them for uninitialised.
template <class T>
struct zeroed_allocator {
  using value_type = T;
  zeroed_allocator() = default;
  template <class U>
  explicit zeroed_allocator(const zeroed_allocator<U>& /*other*/) noexcept {}
  [[nodiscard]] T* allocate(std::size_t n) {
    T* out = std::allocator<T>{}.allocate(n);
    std::memset(static_cast<void*>(out), 0, n * sizeof(T));
    return out;
  }
  void deallocate(T* p, std::size_t n) noexcept { std::allocator<T>{}.deallocate(p, n); }
  friend bool operator==(zeroed_allocator, zeroed_allocator) noexcept { return true; }
};

/// The branches in a row, each with the smallest set so far that holds it. Neighbours with one
/// owner are one piece, so that taking a set costs what it adds and removes, however large it is.
class owner_map {
 public:
  using range = opening_grounds::branch_range;

  explicit owner_map(std::size_t branches) : pieces_{{0, nobody}, {branches, nobody}} {}

  /// The owners of all branches of the set: one, or the first two that differ. \pre not empty
  [[nodiscard]] std::pair<std::size_t, std::optional<std::size_t>> owners(
      std::span<const range> set) const {
    const std::size_t first = std::prev(pieces_.upper_bound(set.front().first))->second;
    for (const range& r : set) {
      for (auto piece = std::prev(pieces_.upper_bound(r.first));
           piece != pieces_.end() && piece->first < r.last; ++piece) {
        if (piece->second != first) {
          return {first, piece->second};
        }
      }
    }
    return {first, std::nullopt};
  }

  /// \pre the ranges do not touch each other, here and above
  void give(std::span<const range> set, std::size_t owner) {
    for (const range& r : set) {
      split(r.last);
      split(r.first);
      pieces_.erase(pieces_.upper_bound(r.first), pieces_.lower_bound(r.last));
      pieces_[r.first] = owner;
    }
  }

 private:
  void split(std::size_t at) {
    const auto piece = std::prev(pieces_.upper_bound(at));
    pieces_.emplace(at, piece->second);
  }

  // begin -> owner, up to the next begin
  std::map<std::size_t, std::size_t, std::less<>,
           zeroed_allocator<std::pair<const std::size_t, std::size_t>>>
      pieces_;
};

}  // namespace sandoq::detail
