#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "proofs/packed/words.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/packed.hpp"

namespace sandoq {

namespace {

using G = ristretto255;
using part = byte_array<packed_shape::part_bytes>;

/// v = m - 1 of a readable element.
std::optional<part> part_of(const G::element& e) {
  const auto m = number_of(e);
  if (!m) {
    return std::nullopt;
  }
  part out;  // m <= 2^240, so that v has 30 bytes
  unsigned borrow = 1;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const unsigned digit = std::to_integer<unsigned>((*m)[i]);
    out[i] = static_cast<std::byte>(digit - borrow);
    borrow = digit < borrow ? 1 : 0;
  }
  return out;
}

/// The number that parts of a choice make together.
packed::words joined(std::span<const part> parts, std::size_t size) {
  packed::words out(size);
  for (std::size_t i = 0; i < parts.size() * packed_shape::part_bytes; ++i) {
    const auto octet = std::to_integer<std::uint64_t>(
        parts[i / packed_shape::part_bytes][i % packed_shape::part_bytes]);
    out[i / 8] |= octet << (8 * (i % 8));
  }
  return out;
}

/// c_1 < ... < c_s of a number below M.                                                SPEC(47.1)
std::vector<std::uint32_t> subset_of(const packed_shape& shape, const packed::binomials& table,
                                     packed::words number) {
  std::size_t size = 0;
  while (!packed::less_vartime(number, table.at(shape.options(), size))) {
    packed::subtract(number, table.at(shape.options(), size));
    ++size;
  }
  std::vector<std::uint32_t> codes(size);
  std::uint32_t above = shape.options();
  for (std::size_t j = size; j > 0; --j) {
    std::uint32_t low = static_cast<std::uint32_t>(j);  // the largest c with C(c - 1, j) <= number
    std::uint32_t high = above;
    while (low < high) {
      const std::uint32_t middle = (low + high + 1) / 2;
      if (packed::less_vartime(number, table.at(middle - 1, j))) {
        high = middle - 1;
      } else {
        low = middle;
      }
    }
    codes[j - 1] = low;
    packed::subtract(number, table.at(low - 1, j));
    above = low - 1;
  }
  return codes;
}

/// The codes of the used ranks; nothing if one stands twice or behind an unused rank.
std::optional<std::vector<std::uint32_t>> ranking_of(const packed_shape& shape,
                                                     packed::words number) {
  std::vector<std::uint32_t> codes;
  bool ended = false;
  for (std::uint32_t rank = 0; rank < shape.choices(); ++rank) {
    const auto code = static_cast<std::uint32_t>(
        packed::divide_vartime(number, std::uint64_t{shape.options()} + 1));
    if (code == 0) {
      ended = true;
    } else if (ended || std::find(codes.begin(), codes.end(), code) != codes.end()) {
      return std::nullopt;
    } else {
      codes.push_back(code);
    }
  }
  return codes;
}

/// UTF-8 in front of zero bytes, none of them inside.
std::optional<std::string> text_of(const packed_shape& shape, std::span<const part> parts) {
  std::string out;
  for (std::size_t i = 0; i < parts.size() * packed_shape::part_bytes; ++i) {
    const std::byte octet = parts[i / packed_shape::part_bytes][i % packed_shape::part_bytes];
    if (i < shape.text_bytes()) {
      out.push_back(static_cast<char>(octet));
    } else if (octet != std::byte{0}) {
      return std::nullopt;
    }
  }
  out.erase(out.find_last_not_of('\0') + 1);
  if (out.find('\0') != std::string::npos || !is_utf8(bytes_of(out))) {
    return std::nullopt;
  }
  return out;
}

}  // namespace

std::optional<byte_array<31>> number_of(const G::element& e) {
  byte_array<32> octets = G::encode(e);
  byte_array<31> m;
  for (std::size_t i = 0; i < m.size(); ++i) {
    m[i] = octets[i + 1] >> 1;
    if (i + 2 < octets.size()) {
      m[i] |= octets[i + 2] << 7;
    }
  }
  const bool is_zero =
      std::all_of(m.begin(), m.end(), [](std::byte b) { return b == std::byte{0}; });
  const bool is_below = m[30] == std::byte{0};
  const bool is_largest =
      m[30] == std::byte{1} &&
      std::all_of(m.begin(), m.begin() + 30, [](std::byte b) { return b == std::byte{0}; });
  if (is_zero || !(is_below || is_largest)) {
    return std::nullopt;
  }
  const unsigned counter =
      std::to_integer<unsigned>(octets[0] >> 1) | (std::to_integer<unsigned>(octets[1]) & 1U) << 7U;
  for (unsigned smaller = 0; smaller < counter; ++smaller) {
    octets[0] = static_cast<std::byte>((smaller << 1U) & 0xFFU);
    octets[1] = (octets[1] & std::byte{0xFE}) | static_cast<std::byte>(smaller >> 7U);
    if (G::decode(octets)) {
      return std::nullopt;
    }
  }
  return m;
}

packed_numbers::packed_numbers(const packed_shape& shape) : shape_(shape) {
  if (shape.order() == packed_order::subset) {
    table_ =
        std::make_shared<const packed::binomials>(shape.options(), shape.choices(), shape.words());
  }
}

std::optional<packed_choice> packed_numbers::read(std::span<const G::element> elements) const {
  SANDOQ_EXPECTS(elements.size() == shape_.width(), "the elements of one ballot");
  std::vector<part> parts;
  for (const G::element& e : elements) {
    const auto one = part_of(e);
    if (!one) {
      return std::nullopt;
    }
    parts.push_back(*one);
  }
  const auto of_choice = std::span<const part>(parts).first(shape_.choice_parts());
  packed::words number = joined(of_choice, shape_.words());
  if (!packed::less_vartime(number, shape_.values())) {
    return std::nullopt;
  }
  auto text = text_of(shape_, std::span<const part>(parts).subspan(shape_.choice_parts()));
  auto codes = table_ ? std::optional(subset_of(shape_, *table_, std::move(number)))
                      : ranking_of(shape_, std::move(number));
  if (!text || !codes) {
    return std::nullopt;
  }
  const bool enough = codes->size() >= shape_.minimum();
  if (!enough && !(codes->empty() && shape_.counts_blank())) {
    return std::nullopt;
  }
  return packed_choice{std::move(*codes), std::move(*text)};
}

}  // namespace sandoq
