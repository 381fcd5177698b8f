#include "sandoq/mixnet/element_list.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "lib/group/blocks.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/mixnet/mix_items.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using elements = encoded_elements<group>;

constexpr std::size_t part_elements = mix_elements::max_elements;

// The error of the first element that does not decode.
error first_error(byte_view list, std::size_t width) {
  for (std::size_t i = 0;; ++i) {
    SANDOQ_EXPECTS((i + 1) * group::element_bytes <= list.size(), "some element does not decode");
    const auto one = group::decode(list.subspan(i * group::element_bytes, group::element_bytes));
    if (!one) {
      const std::size_t step = 2 * width;
      const std::string place = "ciphertext " + std::to_string(i / step) +
                                (i % 2 == 0 ? "/alpha " : "/beta ") +
                                std::to_string(1 + i % step / 2);
      return {one.error().code, place, one.error().reason};
    }
  }
}

}  // namespace

std::size_t element_list_parts(std::size_t elements) {
  return (elements + part_elements - 1) / part_elements;
}

bytes element_list_part(byte_view list, std::size_t part) {
  constexpr std::size_t part_bytes = part_elements * group::element_bytes;
  SANDOQ_EXPECTS(part * part_bytes < list.size(), "a part of the list");
  const byte_view rest = list.subspan(part * part_bytes);
  const byte_view octets = rest.first(std::min(part_bytes, rest.size()));
  return mix_elements{{octets.begin(), octets.end()}}.encode();
}

std::size_t element_list_joiner::elements() const noexcept {
  return octets_.size() / group::element_bytes;
}

result<void> element_list_joiner::add(byte_view item) {
  const std::string place = "part " + std::to_string(parts_ + 1);
  const auto part = mix_elements::decode(item);
  if (!part) {
    return fail_within(place, part.error());
  }
  const std::size_t found = part->octets.size() / group::element_bytes;
  const std::size_t due = std::min(part_elements, expected_ - elements());
  if (found != due) {
    return fail(errc::mismatch, place,
                "it has " + std::to_string(found) + " elements and not " + std::to_string(due));
  }
  octets_.insert(octets_.end(), part->octets.begin(), part->octets.end());
  ++parts_;
  return {};
}

result<bytes> element_list_joiner::finish() && {
  if (!complete()) {
    return fail(errc::missing, "part " + std::to_string(parts_ + 1),
                "is not there: the list has " + std::to_string(elements()) + " elements and not " +
                    std::to_string(expected_));
  }
  return std::move(octets_);
}

result<elements> decode_ciphertexts(byte_view list, std::size_t width, executor& workers) {
  SANDOQ_EXPECTS(width > 0 && list.size() % (2 * width * group::element_bytes) == 0,
                 "whole ciphertexts");
  auto decoded = detail::decode_by_blocks(list, workers);
  if (!decoded) {
    return tl::unexpected(first_error(list, width));
  }
  return std::move(*decoded);
}

}  // namespace sandoq
