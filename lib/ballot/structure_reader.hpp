#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sandoq/core/canonical.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/elgamal/wire.hpp"

namespace sandoq::detail {

/// Reads the fields of an item one after another and keeps the first failure: after it, every read
/// gives an empty value and every list is empty, so a decoder reads straight through and asks once
/// at its end. Names of list items stand in front of the field's ("contest 2/option 5/id @1234").
class structure_reader {
 public:
  structure_reader(byte_view data, std::string_view item) : in_(data), item_(item) {}

  /// While it lives, failures are placed inside item `number` of a list.
  class scope {
   public:
    scope(structure_reader& reader, std::string_view name, std::size_t number) : reader_(reader) {
      reader_.path_.emplace_back(name, number);
    }
    ~scope() { reader_.path_.pop_back(); }
    scope(const scope&) = delete;
    scope& operator=(const scope&) = delete;

   private:
    structure_reader& reader_;
  };

  [[nodiscard]] bool good() const noexcept { return !error_.has_value(); }
  [[nodiscard]] byte_reader& input() noexcept { return in_; }

  /// The value of a read, or an empty one after keeping its failure.
  template <class T>
  T take(result<T> read) {
    if (read) {
      return std::move(*read);
    }
    keep(std::move(read.error()));
    return T{};
  }

  std::uint8_t u8(std::string_view field) { return good() ? take(in_.u8(field)) : 0; }
  std::uint16_t u16(std::string_view field) {
    return good() ? take(in_.u16(field)) : std::uint16_t{0};
  }
  std::uint32_t u32(std::string_view field) { return good() ? take(in_.u32(field)) : 0; }
  std::uint64_t u64(std::string_view field) { return good() ? take(in_.u64(field)) : 0; }

  template <std::size_t N>
  byte_array<N> fixed(std::string_view field) {
    return good() ? take(in_.fixed<N>(field)) : byte_array<N>{};
  }
  digest32 digest(std::string_view field) { return digest32{fixed<32>(field)}; }
  wire_element element(std::string_view field) { return wire_element{fixed<32>(field)}; }

  std::string text(std::size_t max_bytes, std::string_view field) {
    return good() ? std::string(take(in_.text(max_bytes, field))) : std::string();
  }
  byte_view var(std::size_t max_bytes, std::string_view field) {
    return good() ? take(in_.var(max_bytes, field)) : byte_view();
  }

  /// The count of a list of 1 to max_items items.
  std::size_t count(std::size_t max_items, std::size_t min_item_bytes, std::string_view field) {
    const std::size_t items = count_or_none(max_items, min_item_bytes, field);
    if (good() && items == 0) {
      refuse(errc::missing, field, "the list must have at least one item");
    }
    return items;
  }
  /// The count of a list that may be empty.
  std::size_t count_or_none(std::size_t max_items, std::size_t min_item_bytes,
                            std::string_view field) {
    return good() ? take(in_.count(max_items, min_item_bytes, field)) : 0;
  }

  /// Refuses a value that was read and is not allowed. The first refusal counts.
  void refuse(errc code, std::string_view field, std::string_view reason) {
    keep(in_.failure(code, field, reason).value());
  }

  /// Everything was read and nothing refused.
  [[nodiscard]] result<void> finish() {
    if (good()) {
      if (auto end = in_.finish(); !end) {
        keep(std::move(end.error()));
      }
    }
    if (good()) {
      return {};
    }
    return tl::unexpected<error>(std::move(*error_));
  }

 private:
  void keep(error e) {
    if (error_.has_value()) {
      return;
    }
    std::string place(item_);
    for (const auto& [name, number] : path_) {
      place += '/';
      place += name;
      place += ' ';
      place += std::to_string(number);
    }
    place += '/';
    place += e.place;
    error_ = error{e.code, std::move(place), std::move(e.reason)};
  }

  byte_reader in_;
  std::string_view item_;
  std::vector<std::pair<std::string_view, std::size_t>> path_;
  std::optional<error> error_;
};

}  // namespace sandoq::detail
