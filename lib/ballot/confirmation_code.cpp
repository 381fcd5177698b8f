#include "sandoq/ballot/confirmation_code.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace sandoq {
namespace {

constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t bits_per_character = 5;
constexpr std::byte last_byte_mask{0xC0};  // 130 bits = 16 bytes and 2 bits
static_assert(readable_code::bits == readable_code::characters * bits_per_character);

std::size_t bit_at(std::span<const std::byte> data, std::size_t bit) {
  return (std::to_integer<std::size_t>(data[bit / 8]) >> (7 - bit % 8)) & 1U;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::optional<std::size_t> value_of(char typed) {
  char c = lower(typed);
  if (c == 'o') {
    c = '0';
  } else if (c == 'i' || c == 'l') {
    c = '1';
  }
  const std::size_t value = alphabet.find(c);
  return value == std::string_view::npos ? std::nullopt : std::optional(value);
}

bool is_separator(char c) {
  return c == '-' || c == ' ';
}

// A decimal number of at most ten digits at the front of `text`, taken off it.
result<std::uint32_t> take_number(std::string_view& text, std::string_view field) {
  std::uint64_t value = 0;
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
    value = 10 * value + static_cast<std::uint64_t>(text[digits] - '0');
    if (++digits > 10) {
      return fail(errc::out_of_range, field, "the number is too long");
    }
  }
  if (digits == 0) {
    return fail(errc::bad_encoding, field, "a number must stand here, as in \"3-17 0123 ...\"");
  }
  if (value == 0 || value > 0xffffffffU || text[0] == '0') {
    return fail(errc::out_of_range, field,
                "the number must be 1 to 4294967295, without zeros in front");
  }
  text.remove_prefix(digits);
  return static_cast<std::uint32_t>(value);
}

}  // namespace

readable_code readable_code::of(device_index device, serial number, const digest32& code) noexcept {
  readable_code out;
  out.device = device;
  out.number = number;
  std::copy_n(code.octets.begin(), out.prefix.size(), out.prefix.begin());
  out.prefix.back() &= last_byte_mask;
  return out;
}

bool readable_code::matches(const digest32& code) const noexcept {
  return of(device, number, code).prefix == prefix;
}

std::string readable_code::to_text() const {
  std::string out = std::to_string(device.value()) + '-' + std::to_string(number.value()) + ' ';
  for (std::size_t i = 0; i < characters; ++i) {
    if (i > 0 && i % 4 == 0) {
      out += ' ';
    }
    std::size_t value = 0;
    for (std::size_t bit = 0; bit < bits_per_character; ++bit) {
      value = 2 * value + bit_at(prefix, bits_per_character * i + bit);
    }
    out += alphabet[value];
  }
  return out;
}

result<readable_code> readable_code::from_text(std::string_view text) {
  readable_code out;
  auto device = take_number(text, "device");
  if (!device) {
    return tl::unexpected<error>(std::move(device.error()));
  }
  if (text.empty() || text.front() != '-') {
    return fail(errc::bad_encoding, "code", "device and serial are written with '-' between them");
  }
  text.remove_prefix(1);
  auto number = take_number(text, "serial");
  if (!number) {
    return tl::unexpected<error>(std::move(number.error()));
  }
  if (text.empty() || text.front() != ' ') {
    return fail(errc::bad_encoding, "code", "a blank must stand between the serial and the code");
  }
  out.device = device_index(*device);
  out.number = serial(*number);
  std::size_t read = 0;
  for (const char c : text) {
    if (is_separator(c)) {
      continue;
    }
    const auto value = value_of(c);
    if (!value) {
      return fail(errc::bad_encoding, "code", "a character that codes do not use");
    }
    if (read == characters) {
      return fail(errc::trailing_bytes, "code", "more than 26 characters");
    }
    for (std::size_t bit = 0; bit < bits_per_character; ++bit) {
      const std::size_t at = bits_per_character * read + bit;
      if (((*value >> (bits_per_character - 1 - bit)) & 1U) != 0) {
        out.prefix[at / 8] |= std::byte{0x80} >> (at % 8);
      }
    }
    ++read;
  }
  if (read != characters) {
    return fail(errc::truncated, "code", "fewer than 26 characters");
  }
  return out;
}

}  // namespace sandoq
