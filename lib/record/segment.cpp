#include "sandoq/record/segment.hpp"

#include <algorithm>
#include <cstring>

#include "sandoq/core/contract.hpp"

namespace sandoq {

namespace {

// Tags of Item: field 1 as a varint, field 2 as length-delimited bytes.
constexpr std::byte kind_tag{0x08};
constexpr std::byte canonical_tag{0x12};

constexpr std::size_t first_buffer_bytes = std::size_t{64} << 10;

// 10 groups of 7 bits hold 64 bits; no length of ours needs more than 5, and longer forms of small
// values are refused anyway.
constexpr std::size_t max_varint_bytes = 5;

std::size_t varint_bytes(std::uint64_t value) noexcept {
  std::size_t length = 1;
  while (value >= 0x80) {
    value >>= 7;
    ++length;
  }
  return length;
}

void append_varint(bytes& out, std::uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<std::byte>(value & 0x7f) | std::byte{0x80});
    value >>= 7;
  }
  out.push_back(static_cast<std::byte>(value));
}

std::size_t message_bytes(std::uint32_t kind, std::size_t canonical_bytes) noexcept {
  return 1 + varint_bytes(kind) + 1 + varint_bytes(canonical_bytes) + canonical_bytes;
}

class view_source final : public segment_source {
 public:
  explicit view_source(byte_view data) noexcept : data_(data) {}
  result<std::size_t> read(byte_span out) override {
    const std::size_t length = std::min(out.size(), data_.size());
    std::copy_n(data_.begin(), length, out.begin());
    data_ = data_.subspan(length);
    return length;
  }

 private:
  byte_view data_;
};

}  // namespace

std::unique_ptr<segment_source> memory_source(byte_view data) {
  return std::make_unique<view_source>(data);
}

segment_reader::segment_reader(std::unique_ptr<segment_source> source, std::string_view name,
                               byte_taker taker)
    : source_(std::move(source)),
      name_(name),
      taker_(std::move(taker)),
      buffer_(first_buffer_bytes) {
  SANDOQ_EXPECTS(source_ != nullptr, "a segment reader needs a source");
}

tl::unexpected<error> segment_reader::failure(errc code, std::string_view reason) const {
  return fail(code, name_ + " item " + std::to_string(items_ + 1) + " @" + std::to_string(offset_),
              reason);
}

result<void> segment_reader::refill() {
  const auto got = source_->read(byte_span(buffer_).subspan(end_));
  if (!got) {
    return fail_within(name_, got.error());
  }
  const byte_view read = byte_view(buffer_).subspan(end_, *got);
  if (taker_) {
    taker_(read);
  } else {
    hash_.update(read);
  }
  read_bytes_ += *got;
  end_ += *got;
  at_end_ = *got == 0;
  return {};
}

// Makes size_bytes unread bytes stand in the buffer; false if the file has fewer.
result<bool> segment_reader::ensure(std::size_t size_bytes) {
  while (end_ - begin_ < size_bytes) {
    if (at_end_) {
      return false;
    }
    if (end_ == buffer_.size()) {
      if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
      } else {
        buffer_.resize(2 * buffer_.size());
      }
    }
    if (auto done = refill(); !done) {
      return tl::unexpected<error>(std::move(done.error()));
    }
  }
  return true;
}

result<segment_reader::varint> segment_reader::read_varint(std::size_t at, std::string_view what) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < max_varint_bytes; ++i) {
    const auto there = ensure(at + i + 1);
    if (!there) {
      return tl::unexpected<error>(there.error());
    }
    if (!*there) {
      return failure(errc::truncated, "the file ends inside the " + std::string(what));
    }
    const auto octet = std::to_integer<std::uint64_t>(buffer_[begin_ + at + i]);
    value |= (octet & 0x7f) << (7 * i);
    if (octet < 0x80) {
      if (octet == 0 && i > 0) {
        return failure(errc::bad_encoding, std::string(what) + " is not in its shortest form");
      }
      return varint{value, i + 1};
    }
  }
  return failure(errc::bad_encoding, std::string(what) + " has more than 5 bytes");
}

result<bool> segment_reader::next(segment_item& item) {
  offset_ = read_bytes_ - (end_ - begin_);
  const auto more = ensure(1);
  if (!more || !*more) {
    return more;
  }
  const auto message = read_varint(0, "length of the item");
  if (!message) {
    return tl::unexpected<error>(message.error());
  }
  std::size_t at = message->length_bytes;
  const auto tag_is = [this](std::size_t place, std::byte tag) -> result<void> {
    const auto there = ensure(place + 1);
    if (!there) {
      return tl::unexpected<error>(there.error());
    }
    if (!*there) {
      return failure(errc::truncated, "the file ends inside the item");
    }
    if (buffer_[begin_ + place] != tag) {
      return failure(errc::bad_encoding,
                     tag == kind_tag ? "the item must begin with field 1, its kind"
                                     : "field 2, the canonical bytes, must follow the kind");
    }
    return {};
  };
  if (auto ok = tag_is(at, kind_tag); !ok) {
    return tl::unexpected<error>(std::move(ok.error()));
  }
  const auto kind = read_varint(at + 1, "kind");
  if (!kind) {
    return tl::unexpected<error>(kind.error());
  }
  if (kind->value == 0 || kind->value > 0xffff'ffff) {
    return failure(errc::out_of_range, "the kind must be in 1..2^32-1");
  }
  at += 1 + kind->length_bytes;
  if (auto ok = tag_is(at, canonical_tag); !ok) {
    return tl::unexpected<error>(std::move(ok.error()));
  }
  const auto length = read_varint(at + 1, "length of the canonical bytes");
  if (!length) {
    return tl::unexpected<error>(length.error());
  }
  if (length->value > max_item_bytes) {
    return failure(errc::too_large, "the canonical bytes of an item are at most 16 MiB");
  }
  at += 1 + length->length_bytes;
  const auto size = static_cast<std::size_t>(length->value);
  if (message->value != at - message->length_bytes + size) {
    return failure(errc::bad_encoding, "the length of the item is not that of its two fields");
  }
  const auto there = ensure(at + size);
  if (!there) {
    return tl::unexpected<error>(there.error());
  }
  if (!*there) {
    return failure(errc::truncated, "the file ends inside the canonical bytes");
  }
  item = {static_cast<std::uint32_t>(kind->value), byte_view(buffer_).subspan(begin_ + at, size),
          ++items_, offset_};
  begin_ += at + size;
  return true;
}

result<bool> segment_reader::pass_over() {
  if (at_end_) {
    return false;
  }
  begin_ = end_ = 0;
  if (auto done = refill(); !done) {
    return tl::unexpected<error>(std::move(done.error()));
  }
  return !at_end_;
}

result<segment_reader::totals> segment_reader::finish() {
  SANDOQ_EXPECTS(!taker_, "who takes the bytes hashes them");
  for (bool more = true; more;) {
    const auto read = pass_over();
    if (!read) {
      return tl::unexpected<error>(read.error());
    }
    more = *read;
  }
  return totals{read_bytes_, hash_.finish()};
}

void append_item(bytes& out, item_kind kind, byte_view canonical) {
  SANDOQ_EXPECTS(canonical.size() <= max_item_bytes, "an item holds at most 16 MiB");
  const auto number = static_cast<std::uint32_t>(kind);
  append_varint(out, message_bytes(number, canonical.size()));
  out.push_back(kind_tag);
  append_varint(out, number);
  out.push_back(canonical_tag);
  append_varint(out, canonical.size());
  out.insert(out.end(), canonical.begin(), canonical.end());
}

std::size_t framed_item_bytes(item_kind kind, std::size_t canonical_bytes) noexcept {
  const std::size_t message = message_bytes(static_cast<std::uint32_t>(kind), canonical_bytes);
  return varint_bytes(message) + message;
}

}  // namespace sandoq
