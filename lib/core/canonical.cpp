#include "sandoq/core/canonical.hpp"

#include <algorithm>
#include <limits>

#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

constexpr std::size_t max_length = std::numeric_limits<std::uint32_t>::max();

template <class T>
void append_little_endian(bytes& out, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    out.push_back(static_cast<std::byte>((value >> (8 * i)) & 0xFFU));
  }
}

}  // namespace

void byte_writer::u8(std::uint8_t value) {
  append_little_endian(out_, value);
}
void byte_writer::u16(std::uint16_t value) {
  append_little_endian(out_, value);
}
void byte_writer::u32(std::uint32_t value) {
  append_little_endian(out_, value);
}
void byte_writer::u64(std::uint64_t value) {
  append_little_endian(out_, value);
}

void byte_writer::fixed(byte_view data) {
  out_.insert(out_.end(), data.begin(), data.end());
}

void byte_writer::var(byte_view data) {
  SANDOQ_EXPECTS(data.size() <= max_length, "a field of 4 GiB or more cannot be encoded");
  u32(static_cast<std::uint32_t>(data.size()));
  fixed(data);
}

void byte_writer::text(std::string_view text) {
  SANDOQ_EXPECTS(is_utf8(bytes_of(text)), "a text field must be valid UTF-8");
  var(bytes_of(text));
}

void byte_writer::count(std::size_t items) {
  SANDOQ_EXPECTS(items <= max_length, "a list of 2^32 items or more cannot be encoded");
  u32(static_cast<std::uint32_t>(items));
}

tl::unexpected<error> byte_reader::failure(errc code, std::string_view field,
                                           std::string_view reason) const {
  std::string place(field);
  place += " @";
  place += std::to_string(offset_);
  return fail(code, place, reason);
}

result<byte_view> byte_reader::fixed(std::size_t size_bytes, std::string_view field) {
  if (size_bytes > remaining()) {
    return failure(errc::truncated, field,
                   "needs " + std::to_string(size_bytes) + " bytes, " +
                       std::to_string(remaining()) + " are left");
  }
  const byte_view out = data_.subspan(offset_, size_bytes);
  offset_ += size_bytes;
  return out;
}

result<void> byte_reader::fixed_into(byte_span out, std::string_view field) {
  auto view = fixed(out.size(), field);
  if (!view) {
    return tl::unexpected<error>(std::move(view.error()));
  }
  std::copy(view->begin(), view->end(), out.begin());
  return {};
}

template <class T>
result<T> byte_reader::integer(std::string_view field) {
  auto view = fixed(sizeof(T), field);
  if (!view) {
    return tl::unexpected<error>(std::move(view.error()));
  }
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    value |= std::to_integer<std::uint64_t>((*view)[i]) << (8 * i);
  }
  return static_cast<T>(value);
}

result<std::uint8_t> byte_reader::u8(std::string_view field) {
  return integer<std::uint8_t>(field);
}
result<std::uint16_t> byte_reader::u16(std::string_view field) {
  return integer<std::uint16_t>(field);
}
result<std::uint32_t> byte_reader::u32(std::string_view field) {
  return integer<std::uint32_t>(field);
}
result<std::uint64_t> byte_reader::u64(std::string_view field) {
  return integer<std::uint64_t>(field);
}

result<byte_view> byte_reader::var(std::size_t max_bytes, std::string_view field) {
  const std::size_t start = offset_;
  auto length = u32(field);
  if (!length) {
    return tl::unexpected<error>(std::move(length.error()));
  }
  if (*length > max_bytes) {
    offset_ = start;
    return failure(errc::too_large, field,
                   "length " + std::to_string(*length) + " is above the limit of " +
                       std::to_string(max_bytes) + " bytes");
  }
  return fixed(*length, field);
}

result<std::string_view> byte_reader::text(std::size_t max_bytes, std::string_view field) {
  const std::size_t start = offset_;
  auto view = var(max_bytes, field);
  if (!view) {
    return tl::unexpected<error>(std::move(view.error()));
  }
  if (!is_utf8(*view)) {
    offset_ = start;
    return failure(errc::bad_text, field, "the text is not valid UTF-8");
  }
  return std::string_view(reinterpret_cast<const char*>(view->data()), view->size());
}

result<std::uint32_t> byte_reader::count(std::size_t max_items, std::size_t min_item_bytes,
                                         std::string_view field) {
  const std::size_t start = offset_;
  auto items = u32(field);
  if (!items) {
    return items;
  }
  if (*items > max_items) {
    offset_ = start;
    return failure(errc::too_large, field,
                   "a list of " + std::to_string(*items) + " items is above the limit of " +
                       std::to_string(max_items));
  }
  if (min_item_bytes != 0 && *items > remaining() / min_item_bytes) {
    const std::size_t left = remaining();
    offset_ = start;
    return failure(errc::truncated, field,
                   "a list of " + std::to_string(*items) + " items of at least " +
                       std::to_string(min_item_bytes) + " bytes, " + std::to_string(left) +
                       " bytes are left");
  }
  return items;
}

result<void> byte_reader::finish() const {
  if (remaining() != 0) {
    return failure(errc::trailing_bytes, "end",
                   std::to_string(remaining()) + " bytes are left after the last field");
  }
  return {};
}

}  // namespace sandoq
