#include "sandoq/core/contract.hpp"
#include "sandoq/group/concept.hpp"

namespace sandoq {

digest64 base_derivation(literal label, const digest32& e0, std::uint32_t index) noexcept {
  SANDOQ_EXPECTS(index >= 1, "derived bases are counted from 1");
  sha512 state;
  update_framed(state, bytes_of("sandoq-1/base"));
  update_framed(state, e0.view());
  update_framed(state, bytes_of(label.view()));
  byte_array<4> little_endian;
  for (unsigned i = 0; i < 4; ++i) {
    little_endian[i] = static_cast<std::byte>((index >> (8 * i)) & 0xFFU);
  }
  return state.update(little_endian).finish();
}

}  // namespace sandoq
