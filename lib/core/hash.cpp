#include "sandoq/core/hash.hpp"

#include <algorithm>
#include <limits>

#include "sandoq/core/contract.hpp"

namespace sandoq {

digest64 sha512::finish() const noexcept {
  digest64 out;
  finish_into(out.octets);
  return out;
}

digest64 sha512::of(byte_view data) noexcept {
  return sha512().update(data).finish();
}

void update_framed(sha512& state, byte_view data) noexcept {
  SANDOQ_EXPECTS(data.size() <= std::numeric_limits<std::uint32_t>::max(),
                 "a frame of 4 GiB or more cannot be hashed");
  byte_array<4> length;
  for (std::size_t i = 0; i < length.size(); ++i) {
    length[i] = static_cast<std::byte>((data.size() >> (8 * i)) & 0xFFU);
  }
  state.update(length).update(data);
}

framed_hash::framed_hash(literal tag) noexcept {
  update_framed(state_, bytes_of("sandoq-1"));
  update_framed(state_, bytes_of(tag.view()));
}

framed_hash& framed_hash::update(byte_view data) noexcept {
  state_.update(data);
  return *this;
}

digest64 framed_hash::digest_wide() const noexcept {
  return state_.finish();
}

digest32 framed_hash::digest() const noexcept {
  const digest64 wide = digest_wide();
  digest32 out;
  std::copy_n(wide.octets.begin(), out.octets.size(), out.octets.begin());
  return out;
}

}  // namespace sandoq
