#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace sandoq {

/// An integer with a meaning of its own: ids of different tags neither mix nor convert.
template <class Tag, class Rep>
class strong_id {
 public:
  using rep = Rep;
  constexpr strong_id() = default;
  explicit constexpr strong_id(Rep value) : value_(value) {}
  [[nodiscard]] constexpr Rep value() const noexcept { return value_; }
  friend constexpr auto operator<=>(strong_id, strong_id) = default;

 private:
  Rep value_ = 0;
};

using branch_index = strong_id<struct branch_index_tag, std::uint32_t>;
using device_index = strong_id<struct device_index_tag, std::uint32_t>;
using serial = strong_id<struct serial_tag, std::uint32_t>;
using trustee_index = strong_id<struct trustee_index_tag, std::uint32_t>;
using contest_index = strong_id<struct contest_index_tag, std::uint32_t>;
using option_index = strong_id<struct option_index_tag, std::uint32_t>;
using node_index = strong_id<struct node_index_tag, std::uint32_t>;
using style_index = strong_id<struct style_index_tag, std::uint32_t>;
using board_index = strong_id<struct board_index_tag, std::uint32_t>;

}  // namespace sandoq

template <class Tag, class Rep>
struct std::hash<sandoq::strong_id<Tag, Rep>> {
  std::size_t operator()(sandoq::strong_id<Tag, Rep> id) const noexcept {
    return std::hash<Rep>{}(id.value());
  }
};
