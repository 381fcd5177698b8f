#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "sandoq/core/canonical.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/protocol.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::detail {

/// How many items a list may have, and how long each is at least.
struct list_bounds {
  std::size_t max_items;
  std::size_t item_bytes;
};

/// Reads one field after another; after the first failure the others are left alone.
class field_reader {
 public:
  explicit field_reader(byte_view data) : in_(data) {}

  void u32(std::uint32_t& out, std::string_view field) {
    take(out, [&] { return in_.u32(field); });
  }
  void u64(std::uint64_t& out, std::string_view field) {
    take(out, [&] { return in_.u64(field); });
  }
  void digest(digest32& out, std::string_view field) {
    take(out.octets, [&] { return in_.fixed<32>(field); });
  }
  template <std::size_t N>
  void octets(byte_array<N>& out, std::string_view field) {
    take(out, [&] { return in_.fixed<N>(field); });
  }
  template <class Tag>
  void id(strong_id<Tag, std::uint32_t>& out, std::string_view field) {
    std::uint32_t value = 0;
    u32(value, field);
    out = strong_id<Tag, std::uint32_t>(value);
  }
  void domain(election_domain& out) {
    std::uint8_t value = 0;
    take(value, [&] { return in_.u8("domain"); });
    out = static_cast<election_domain>(value);
    if (!error_ && !is_known(out)) {
      error_ =
          in_.failure(errc::out_of_range, "domain", "is neither 1 (real) nor 2 (drill)").value();
    }
  }
  /// A list of at least one item.
  template <class T, class Read>
  void list(std::vector<T>& out, list_bounds bounds, std::string_view field, Read read) {
    std::uint32_t count = 0;
    take(count, [&] { return in_.count(bounds.max_items, bounds.item_bytes, field); });
    if (!error_ && count == 0) {
      error_ = in_.failure(errc::out_of_range, field, "the list is empty").value();
    }
    out.reserve(count);
    for (std::uint32_t i = 0; i < count && !error_; ++i) {
      T item;
      take(item, [&] { return read(in_, field); });
      out.push_back(item);
    }
  }
  template <class T, class Read>
  void with(T& out, Read read) {
    take(out, [&] { return read(in_); });
  }

  [[nodiscard]] result<void> finish() {
    if (error_) {
      return tl::unexpected(std::move(*error_));
    }
    return in_.finish();
  }

 private:
  template <class T, class Read>
  void take(T& out, Read read) {
    if (error_) {
      return;
    }
    auto value = read();
    if (value) {
      out = std::move(*value);
    } else {
      error_ = std::move(value.error());
    }
  }

  byte_reader in_;
  std::optional<error> error_;
};

}  // namespace sandoq::detail
