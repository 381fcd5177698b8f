#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/record/items.hpp"

namespace sandoq {

/// Where the bytes of a segment come from.
class segment_source {
 public:
  virtual ~segment_source() = default;
  /// Fills a prefix of `out` and returns its length; 0 only at the end. \pre out is not empty
  [[nodiscard]] virtual result<std::size_t> read(byte_span out) = 0;

 protected:
  segment_source() = default;
  segment_source(const segment_source&) = default;
  segment_source& operator=(const segment_source&) = default;
};

/// A source over bytes that must outlive it.
[[nodiscard]] std::unique_ptr<segment_source> memory_source(byte_view data);

/// One item of a segment. The view holds until the next call of the reader.
struct segment_item {
  std::uint32_t kind = 0;    ///< 1..2^32-1; whether the number is in the table is asked elsewhere
  byte_view canonical;       ///< at most max_item_bytes
  std::uint64_t number = 0;  ///< from 1 inside the file
  std::uint64_t offset = 0;  ///< of the item's first byte in the file
};

/// Reads a segment item by item and hashes the file in the same pass. Only the one legal form of
/// the framing is taken: both fields, in order, once, every varint in its shortest form. Memory:
/// one buffer of 64 KiB that grows up to the largest item; it grows with bytes that were really
/// read, never on the word of a length. SPEC(80.2)
class segment_reader {
 public:
  /// Gets the bytes of a file in their order.
  using byte_taker = std::function<void(byte_view)>;
  /// \param name  stands in front of the place of every error
  /// \param taker gets all bytes that are read, to be hashed elsewhere; if there is none, the
  ///              reader hashes them
  segment_reader(std::unique_ptr<segment_source> source, std::string_view name,
                 byte_taker taker = {});

  /// The next item; false at the end of the file, which must fall between two items. After an
  /// error only finish() may be called. Errors: bad_encoding, truncated, too_large, io.
  [[nodiscard]] result<bool> next(segment_item& item);

  /// What a whole file came to.
  struct totals {
    std::uint64_t size_bytes = 0;
    digest64 hash;  ///< SHA-512 of the whole file
  };
  /// Reads some of what is left of the file, whatever it is; false at the end. Fails with io only.
  [[nodiscard]] result<bool> pass_over();
  /// Reads and hashes what is left of the file, whatever it is. Fails with io only. \pre no taker
  [[nodiscard]] result<totals> finish();

  [[nodiscard]] std::uint64_t items() const noexcept { return items_; }
  /// Read so far.
  [[nodiscard]] std::uint64_t size_bytes() const noexcept { return read_bytes_; }
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

 private:
  [[nodiscard]] result<bool> ensure(std::size_t size_bytes);
  [[nodiscard]] result<void> refill();
  [[nodiscard]] tl::unexpected<error> failure(errc code, std::string_view reason) const;
  struct varint {
    std::uint64_t value;
    std::size_t length_bytes;
  };
  [[nodiscard]] result<varint> read_varint(std::size_t at, std::string_view what);

  std::unique_ptr<segment_source> source_;
  std::string name_;
  byte_taker taker_;
  bytes buffer_;
  std::size_t begin_ = 0;  // the unread bytes are [begin_, end_)
  std::size_t end_ = 0;
  bool at_end_ = false;
  sha512 hash_;
  std::uint64_t read_bytes_ = 0;  // taken from the source
  std::uint64_t offset_ = 0;      // of the present item in the file
  std::uint64_t items_ = 0;
};

/// Appends one framed item. \pre canonical.size() <= max_item_bytes                   SPEC(80.2)
void append_item(bytes& out, item_kind kind, byte_view canonical);

/// Bytes of an item with its framing, as `append_item` makes them.
[[nodiscard]] std::size_t framed_item_bytes(item_kind kind, std::size_t canonical_bytes) noexcept;

}  // namespace sandoq
