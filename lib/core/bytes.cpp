#include "sandoq/core/bytes.hpp"

#include <algorithm>

namespace sandoq {
namespace {

int hex_digit_value(char c) noexcept {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  if (c >= 'a' && c <= 'f') {
    return c - 'a' + 10;
  }
  if (c >= 'A' && c <= 'F') {
    return c - 'A' + 10;
  }
  return -1;
}

/// What may follow a leading byte: how many bytes, and the bounds of the first of them (the others
/// are 80..BF). Unicode 15, table 3-7.
struct utf8_row {
  unsigned lead_low, lead_high, followers, second_low, second_high;
};
constexpr utf8_row utf8_rows[] = {
    {0x00, 0x7F, 0, 0, 0},       {0xC2, 0xDF, 1, 0x80, 0xBF}, {0xE0, 0xE0, 2, 0xA0, 0xBF},
    {0xE1, 0xEC, 2, 0x80, 0xBF}, {0xED, 0xED, 2, 0x80, 0x9F}, {0xEE, 0xEF, 2, 0x80, 0xBF},
    {0xF0, 0xF0, 3, 0x90, 0xBF}, {0xF1, 0xF3, 3, 0x80, 0xBF}, {0xF4, 0xF4, 3, 0x80, 0x8F},
};

/// The length of the well-formed sequence at the front of text, or 0.
std::size_t utf8_sequence_bytes(byte_view text) noexcept {
  const auto lead = std::to_integer<unsigned>(text.front());
  const auto* const row =
      std::find_if(std::begin(utf8_rows), std::end(utf8_rows),
                   [lead](const utf8_row& r) { return lead >= r.lead_low && lead <= r.lead_high; });
  if (row == std::end(utf8_rows) || text.size() <= row->followers) {
    return 0;
  }
  for (std::size_t i = 1; i <= row->followers; ++i) {
    const auto next = std::to_integer<unsigned>(text[i]);
    const unsigned low = i == 1 ? row->second_low : 0x80U;
    const unsigned high = i == 1 ? row->second_high : 0xBFU;
    if (next < low || next > high) {
      return 0;
    }
  }
  return row->followers + 1;
}

}  // namespace

std::string to_hex(byte_view data) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out;
  out.reserve(2 * data.size());
  for (const std::byte b : data) {
    const auto value = std::to_integer<unsigned>(b);
    out += digits[value >> 4U];
    out += digits[value & 15U];
  }
  return out;
}

result<void> from_hex_into(byte_span out, std::string_view text) {
  if (text.size() != 2 * out.size()) {
    return fail(errc::bad_encoding, "hex",
                "expected " + std::to_string(2 * out.size()) + " hexadecimal digits, found " +
                    std::to_string(text.size()));
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int high = hex_digit_value(text[2 * i]);
    const int low = hex_digit_value(text[2 * i + 1]);
    if (high < 0 || low < 0) {
      return fail(errc::bad_encoding, "hex @" + std::to_string(2 * i),
                  "not a hexadecimal digit; use 0-9 and a-f");
    }
    out[i] = static_cast<std::byte>(16 * high + low);
  }
  return {};
}

result<bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) {
    return fail(errc::bad_encoding, "hex", "an odd number of hexadecimal digits");
  }
  bytes out(text.size() / 2);
  if (auto done = from_hex_into(out, text); !done) {
    return tl::unexpected<error>(std::move(done.error()));
  }
  return out;
}

bool is_utf8(byte_view text) noexcept {
  while (!text.empty()) {
    const std::size_t length = utf8_sequence_bytes(text);
    if (length == 0) {
      return false;
    }
    text = text.subspan(length);
  }
  return true;
}

}  // namespace sandoq
