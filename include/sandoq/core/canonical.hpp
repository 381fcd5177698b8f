#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq {

/// Appends values in the canonical encoding: integers little-endian at fixed width, `var` = u32
/// length and bytes, text = var holding UTF-8, list = u32 count and items. SPEC(00.2)
class byte_writer {
 public:
  byte_writer() = default;

  /// One byte.
  void u8(std::uint8_t value);
  /// Two bytes, little-endian.
  void u16(std::uint16_t value);
  /// Four bytes, little-endian.
  void u32(std::uint32_t value);
  /// Eight bytes, little-endian.
  void u64(std::uint64_t value);

  /// Bytes whose number both sides know.
  void fixed(byte_view data);

  /// u32 length, then the bytes. \pre data.size() < 2^32
  void var(byte_view data);

  /// Like var. \pre text is valid UTF-8
  void text(std::string_view text);

  /// The count that stands before the items of a list. \pre items < 2^32
  void count(std::size_t items);

  /// Makes room for so many bytes in all.
  void reserve(std::size_t size_bytes) { out_.reserve(size_bytes); }
  [[nodiscard]] std::size_t size() const noexcept { return out_.size(); }
  [[nodiscard]] byte_view view() const noexcept { return out_; }
  [[nodiscard]] bytes take() && noexcept { return static_cast<bytes&&>(out_); }

 private:
  bytes out_;
};

/// Reads the canonical encoding from a buffer that must outlive it. Every call names its field;
/// every failure carries that name and the byte offset. Nothing is ever read past the end, and no
/// length or count is believed before it was compared with the bytes that are left.
class byte_reader {
 public:
  /// Begins with the first byte.
  explicit byte_reader(byte_view data) noexcept : data_(data) {}

  /// One byte; truncated if there is none.
  [[nodiscard]] result<std::uint8_t> u8(std::string_view field);
  /// Two bytes, little-endian; truncated if they are not there.
  [[nodiscard]] result<std::uint16_t> u16(std::string_view field);
  /// Four bytes, little-endian; truncated if they are not there.
  [[nodiscard]] result<std::uint32_t> u32(std::string_view field);
  /// Eight bytes, little-endian; truncated if they are not there.
  [[nodiscard]] result<std::uint64_t> u64(std::string_view field);

  /// A view of the next size_bytes bytes.
  [[nodiscard]] result<byte_view> fixed(std::size_t size_bytes, std::string_view field);

  /// The next N bytes, copied.
  template <std::size_t N>
  [[nodiscard]] result<byte_array<N>> fixed(std::string_view field) {
    byte_array<N> out{};
    if (auto done = fixed_into(out, field); !done) {
      return tl::unexpected<error>(std::move(done.error()));
    }
    return out;
  }

  /// The next out.size() bytes, copied.
  [[nodiscard]] result<void> fixed_into(byte_span out, std::string_view field);

  /// u32 length and bytes; a length above max_bytes is too_large.
  [[nodiscard]] result<byte_view> var(std::size_t max_bytes, std::string_view field);

  /// Like var, and the bytes must be valid UTF-8.
  [[nodiscard]] result<std::string_view> text(std::size_t max_bytes, std::string_view field);

  /// The count before the items of a list; above max_items it is too_large, and so is a count whose
  /// items, min_item_bytes each, could not fit into what is left.
  [[nodiscard]] result<std::uint32_t> count(std::size_t max_items, std::size_t min_item_bytes,
                                            std::string_view field);

  /// Fails with trailing_bytes unless everything was read.
  [[nodiscard]] result<void> finish() const;

  [[nodiscard]] std::size_t offset() const noexcept { return offset_; }
  [[nodiscard]] std::size_t remaining() const noexcept { return data_.size() - offset_; }

  /// A failure at the present offset, for rules that the caller checks.
  [[nodiscard]] tl::unexpected<error> failure(errc code, std::string_view field,
                                              std::string_view reason) const;

 private:
  template <class T>
  result<T> integer(std::string_view field);

  byte_view data_;
  std::size_t offset_ = 0;
};

}  // namespace sandoq
