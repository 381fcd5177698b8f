#include "sandoq/transcript/nonce.hpp"

#include "lib/transcript/octets.hpp"

namespace sandoq {

revealed_nonces::revealed_nonces(const transcript& statement, byte_view witness,
                                 const byte_array<32>& seed) noexcept {
  sha512 key;
  update_framed(key, bytes_of("sandoq-1"));
  update_framed(key, bytes_of("nonce"));
  update_framed(key, statement.fork("nonce").view());
  update_framed(key, witness);
  update_framed(key, seed);
  update_framed(prefix_, bytes_of("sandoq-1/nonce"));
  prefix_.update(key.finish().view());
}

digest64 revealed_nonces::block(std::uint32_t index, std::uint32_t j) const noexcept {
  sha512 state = prefix_;
  state.update(detail::u32_octets(index));
  if (j != 0) {
    state.update(detail::u32_octets(j));
  }
  return state.finish();
}

}  // namespace sandoq
