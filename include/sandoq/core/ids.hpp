#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace sandoq {

/// An integer with a meaning of its own: ids of different tags neither mix nor convert.
template <class Tag, class Rep>
class strong_id {
 public:
  /// The integer inside.
  using rep = Rep;
  constexpr strong_id() = default;
  /// The id of that number.
  explicit constexpr strong_id(Rep value) : value_(value) {}
  [[nodiscard]] constexpr Rep value() const noexcept { return value_; }
  friend constexpr auto operator<=>(strong_id, strong_id) = default;

 private:
  Rep value_ = 0;
};

/// A branch: the index of its node in the tree of places.
using branch_index = strong_id<struct branch_index_tag, std::uint32_t>;
/// A device of a branch, from 1.
using device_index = strong_id<struct device_index_tag, std::uint32_t>;
/// A ballot of a device, from 1.
using serial = strong_id<struct serial_tag, std::uint32_t>;
/// A trustee of a board, from 1.
using trustee_index = strong_id<struct trustee_index_tag, std::uint32_t>;
/// A contest of the manifest, from 0.
using contest_index = strong_id<struct contest_index_tag, std::uint32_t>;
/// An option of a contest, from 0.
using option_index = strong_id<struct option_index_tag, std::uint32_t>;
/// A node of the tree of places, from 0 in pre-order.
using node_index = strong_id<struct node_index_tag, std::uint32_t>;
/// A ballot style of the manifest, from 0.
using style_index = strong_id<struct style_index_tag, std::uint32_t>;
/// A board of the manifest, from 0.
using board_index = strong_id<struct board_index_tag, std::uint32_t>;

}  // namespace sandoq

/// Ids may be keys of unordered containers.
template <class Tag, class Rep>
struct std::hash<sandoq::strong_id<Tag, Rep>> {
  std::size_t operator()(sandoq::strong_id<Tag, Rep> id) const noexcept {
    return std::hash<Rep>{}(id.value());
  }
};
