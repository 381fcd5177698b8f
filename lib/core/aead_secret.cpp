#include "sandoq/core/aead_secret.hpp"

#include <sodium/crypto_aead_chacha20poly1305.h>
#include <sodium/crypto_stream_chacha20.h>

#include "sandoq/core/choice.hpp"

namespace sandoq {
namespace {

static_assert(sealed_32_bytes == 32 + crypto_aead_chacha20poly1305_ietf_ABYTES);
static_assert(crypto_aead_chacha20poly1305_ietf_NPUBBYTES == 12);

const unsigned char* as_unsigned(const secret<byte_array<32>>& data) noexcept {
  return reinterpret_cast<const unsigned char*>(expose_for_secret_ops(data).data());
}

// A key is used once, so there is nothing that a nonce would have to tell apart.
constexpr unsigned char zero_nonce[crypto_aead_chacha20poly1305_ietf_NPUBBYTES] = {};

secret<byte_array<sealed_32_bytes>> sealed(const secret<byte_array<32>>& key,
                                           const secret<byte_array<32>>& message) noexcept {
  secret<byte_array<sealed_32_bytes>> box;
  auto& octets = expose_for_secret_ops(box);
  unsigned long long written = 0;
  crypto_aead_chacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(octets.data()),
                                            &written, as_unsigned(message), 32, nullptr, 0, nullptr,
                                            zero_nonce, as_unsigned(key));
  // libsodium is not built for the checkers, so what it wrote is marked by hand.
  detail::mark_secret(octets.data(), octets.size());
  return box;
}

}  // namespace

byte_array<sealed_32_bytes> seal_32(const secret<byte_array<32>>& key,
                                    const secret<byte_array<32>>& message) noexcept {
  return declassify<"an authenticated ciphertext under a one-time key">(sealed(key, message));
}

result<secret<byte_array<32>>> open_32(const secret<byte_array<32>>& key,
                                       const byte_array<sealed_32_bytes>& box) {
  // The stream of the cipher starts at block 1; block 0 keys the tag (RFC 8439, 2.8).
  secret<byte_array<32>> message;
  auto& octets = expose_for_secret_ops(message);
  crypto_stream_chacha20_ietf_xor_ic(reinterpret_cast<unsigned char*>(octets.data()),
                                     reinterpret_cast<const unsigned char*>(box.data()), 32,
                                     zero_nonce, 1, as_unsigned(key));
  detail::mark_secret(octets.data(), octets.size());
  // Sealing is a function of key and message, so the box is genuine iff sealing gives it back.
  // Unlike libsodium's own comparison, this one never branches on a tag that depends on the key.
  const auto expected = sealed(key, message);
  const choice same = ct_equal(expose_for_secret_ops(expected), box);
  if (!declassify<"whether a received box is genuine is reported to all">(same)) {
    return fail(errc::mismatch, "box", "was not sealed under this key, or was changed on the way");
  }
  return message;
}

}  // namespace sandoq
