#include "sandoq/transcript/transcript.hpp"

#include <limits>

#include "lib/transcript/octets.hpp"

namespace sandoq {

transcript::transcript(literal label) noexcept {
  update_framed(state_, bytes_of("sandoq-1/transcript"));
  update_framed(state_, bytes_of(label.view()));
}

void transcript::absorb(record_type type, literal label, byte_view data) noexcept {
  const byte_array<1> type_octet{static_cast<std::byte>(type)};
  state_.update(type_octet);
  update_framed(state_, bytes_of(label.view()));
  update_framed(state_, data);
}

void transcript::open_list(record_type type, literal label, std::size_t count,
                           std::size_t item_bytes) noexcept {
  constexpr std::size_t limit = std::numeric_limits<std::uint32_t>::max();
  SANDOQ_EXPECTS(count <= (limit - 4) / item_bytes, "a list's record is below 4 GiB");
  const byte_array<1> type_octet{static_cast<std::byte>(type)};
  state_.update(type_octet);
  update_framed(state_, bytes_of(label.view()));
  state_.update(detail::u32_octets(static_cast<std::uint32_t>(4 + count * item_bytes)));
  state_.update(detail::u32_octets(static_cast<std::uint32_t>(count)));
}

void transcript::absorb_bytes(literal label, byte_view data) noexcept {
  absorb(record_type::octets, label, data);
}

void transcript::absorb_integer(literal label, std::uint64_t value) noexcept {
  absorb(record_type::integer, label, detail::u64_octets(value));
}

digest64 transcript::squeeze(literal label) noexcept {
  absorb(record_type::squeeze, label, {});
  const digest64 d = state_.finish();
  absorb(record_type::squeezed, label, d.view());
  return d;
}

digest64 transcript::fork(literal label) const noexcept {
  transcript branch = *this;
  branch.absorb(record_type::fork, label, {});
  return branch.state_.finish();
}

}  // namespace sandoq
