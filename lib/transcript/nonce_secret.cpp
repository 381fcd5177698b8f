#include "sandoq/transcript/nonce_secret.hpp"

#include "lib/transcript/octets.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq {

namespace {

/// Feeds the length of a frame; its content follows.
void update_length(secret_sha512& state, std::size_t size_bytes) noexcept {
  SANDOQ_EXPECTS(size_bytes <= 0xFFFFFFFFU, "a frame is below 4 GiB");
  state.update(byte_view(detail::u32_octets(static_cast<std::uint32_t>(size_bytes))));
}

void update_public_frame(secret_sha512& state, byte_view data) noexcept {
  update_length(state, data.size());
  state.update(data);
}

}  // namespace

prover_nonces::prover_nonces(const transcript& statement, const secret_bytes& witness,
                             const nonce_seed& seed) noexcept {
  secret_sha512 state;
  update_public_frame(state, bytes_of("sandoq-1"));
  update_public_frame(state, bytes_of("nonce"));
  update_public_frame(state, statement.fork("nonce").view());
  update_length(state, witness.size());
  state.update(witness);
  update_length(state, 32);
  state.update(seed);
  update_public_frame(prefix_, bytes_of("sandoq-1/nonce"));
  prefix_.update(state.finish());
}

secret<byte_array<64>> prover_nonces::block(std::uint32_t index, std::uint32_t j) const noexcept {
  secret_sha512 state = prefix_.clone();
  state.update(byte_view(detail::u32_octets(index)));
  if (j != 0) {
    state.update(byte_view(detail::u32_octets(j)));
  }
  return state.finish();
}

}  // namespace sandoq
