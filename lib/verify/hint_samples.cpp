#include "lib/verify/hint_samples.hpp"

#include <algorithm>

#include "sandoq/ballot/ballot_elements.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/record/hints_file.hpp"

namespace sandoq {
namespace {

constexpr std::size_t size = hints_file::hint_bytes;

// a + b = 2^255 - 19 for little-endian octets.
bool add_up_to_p(byte_view a, byte_view b) {
  unsigned carry = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const unsigned sum = std::to_integer<unsigned>(a[i]) + std::to_integer<unsigned>(b[i]) + carry;
    const unsigned expected = i == 0 ? 0xed : i + 1 == size ? 0x7f : 0xff;
    if ((sum & 0xff) != expected) {
      return false;
    }
    carry = sum >> 8;
  }
  return carry == 0;
}

bool fits(byte_view hint, byte_view element) {
  byte_array<size> root;
  ristretto255::make_hints(root, element);
  return std::ranges::equal(hint, root) || add_up_to_p(hint, root);
}

bytes elements_of(const ballot_item& ballot) {
  byte_writer out;
  write_elements(out, ballot);
  return std::move(out).take();
}

}  // namespace

bool first_hint_fits(byte_view hints, const ballot_item& ballot) {
  const bytes elements = elements_of(ballot);
  return elements.empty() || fits(hints.first(size), byte_view(elements).first(size));
}

bool last_hint_fits(byte_view hints, const ballot_item& ballot) {
  const bytes elements = elements_of(ballot);
  return elements.empty() || fits(hints.last(size), byte_view(elements).last(size));
}

}  // namespace sandoq
