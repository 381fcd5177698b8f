#include "sandoq/core/canonical_secret.hpp"

#include <limits>

#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

constexpr std::size_t max_length = std::numeric_limits<std::uint32_t>::max();

template <class T>
byte_array<sizeof(T)> little_endian(T value) {
  byte_array<sizeof(T)> out{};
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    out[i] = static_cast<std::byte>((std::uint64_t{value} >> (8 * i)) & 0xFFU);
  }
  return out;
}

}  // namespace

void secret_writer::append(byte_view data) {
  if (data.size() > room_.size() - size_) {
    secret_bytes larger(std::max<std::size_t>(256, 2 * (size_ + data.size())));
    const byte_view held = expose_for_secret_ops(std::as_const(room_)).first(size_);
    std::copy(held.begin(), held.end(), expose_for_secret_ops(larger).begin());
    room_ = std::move(larger);  // wipes what it held
  }
  std::copy(data.begin(), data.end(), expose_for_secret_ops(room_).subspan(size_).begin());
  size_ += data.size();
}

void secret_writer::u8(std::uint8_t value) {
  append(little_endian(value));
}
void secret_writer::u16(std::uint16_t value) {
  append(little_endian(value));
}
void secret_writer::u32(std::uint32_t value) {
  append(little_endian(value));
}
void secret_writer::u64(std::uint64_t value) {
  append(little_endian(value));
}

void secret_writer::count(std::size_t items) {
  SANDOQ_EXPECTS(items <= max_length, "a list of 2^32 items or more cannot be encoded");
  u32(static_cast<std::uint32_t>(items));
}

void secret_writer::fixed(byte_view data) {
  append(data);
}

void secret_writer::var(byte_view data) {
  count(data.size());
  append(data);
}

void secret_writer::var(const secret_bytes& data) {
  count(data.size());
  append(expose_for_secret_ops(data));
}

secret_bytes secret_writer::take() && {
  secret_bytes out(expose_for_secret_ops(std::as_const(room_)).first(size_));
  room_ = secret_bytes();
  size_ = 0;
  return out;
}

void secret_reader::keep(error e) {
  if (!error_) {
    error_ = fail_within(item_, std::move(e)).value();
  }
}

byte_view secret_reader::next(std::size_t size_bytes, std::string_view field) {
  if (error_) {
    return {};
  }
  auto read = in_.fixed(size_bytes, field);
  if (!read) {
    keep(std::move(read.error()));
    return {};
  }
  return *read;
}

bytes secret_reader::released(std::size_t size_bytes, std::string_view field) {
  return declassify<"a field of stored bytes that is published or tells structure only">(
      secret_bytes(next(size_bytes, field)));
}

std::uint64_t secret_reader::integer(std::size_t size_bytes, std::string_view field) {
  std::uint64_t out = 0;
  const bytes read = released(size_bytes, field);
  for (std::size_t i = 0; i < read.size(); ++i) {
    out |= std::to_integer<std::uint64_t>(read[i]) << (8 * i);
  }
  return out;
}

std::uint8_t secret_reader::u8(std::string_view field) {
  return static_cast<std::uint8_t>(integer(1, field));
}
std::uint16_t secret_reader::u16(std::string_view field) {
  return static_cast<std::uint16_t>(integer(2, field));
}
std::uint32_t secret_reader::u32(std::string_view field) {
  return static_cast<std::uint32_t>(integer(4, field));
}
std::uint64_t secret_reader::u64(std::string_view field) {
  return integer(8, field);
}

std::size_t secret_reader::count(std::size_t least, std::size_t most, std::size_t min_item_bytes,
                                 std::string_view field) {
  const std::size_t items = u32(field);
  if (!good()) {
    return 0;
  }
  if (items < least || items > most) {
    refuse(items > most ? errc::too_large : errc::missing, field,
           "a list of " + std::to_string(items) + " items; there must be " + std::to_string(least) +
               " to " + std::to_string(most));
  } else if (min_item_bytes != 0 && items > in_.remaining() / min_item_bytes) {
    refuse(errc::truncated, field,
           "a list of " + std::to_string(items) + " items, " + std::to_string(in_.remaining()) +
               " bytes are left");
  }
  return good() ? items : 0;
}

bytes secret_reader::var(std::size_t max_bytes, std::string_view field) {
  const std::size_t size = count(0, max_bytes, 1, field);
  return released(size, field);
}

secret_bytes secret_reader::secret_var(std::size_t max_bytes, std::string_view field) {
  const std::size_t size = count(0, max_bytes, 1, field);
  return secret_bytes(next(size, field));
}

void secret_reader::refuse(errc code, std::string_view field, std::string_view reason) {
  keep(in_.failure(code, field, reason).value());
}

result<void> secret_reader::finish() {
  if (!error_) {
    if (auto end = in_.finish(); !end) {
      keep(std::move(end.error()));
    }
  }
  if (error_) {
    return tl::unexpected<error>(*error_);
  }
  return {};
}

}  // namespace sandoq
