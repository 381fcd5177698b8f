#include "sandoq/core/aead.hpp"

#include <sodium/crypto_aead_chacha20poly1305.h>

namespace sandoq {

result<byte_array<32>> open_32_vartime(const byte_array<32>& key,
                                       const byte_array<sealed_32_bytes>& box) {
  constexpr unsigned char zero_nonce[crypto_aead_chacha20poly1305_ietf_NPUBBYTES] = {};
  byte_array<32> message{};
  const int status = crypto_aead_chacha20poly1305_ietf_decrypt(
      reinterpret_cast<unsigned char*>(message.data()), nullptr, nullptr,
      reinterpret_cast<const unsigned char*>(box.data()), box.size(), nullptr, 0, zero_nonce,
      reinterpret_cast<const unsigned char*>(key.data()));
  if (status != 0) {
    return fail(errc::mismatch, "box", "was not sealed under this key, or was changed on the way");
  }
  return message;
}

}  // namespace sandoq
