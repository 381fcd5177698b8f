#pragma once

#include "sandoq/core/aead.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"

namespace sandoq {

/// ChaCha20-Poly1305 (RFC 8439) of 32 secret bytes, nonce of 12 zero bytes, no associated data.
/// \pre the key seals one message only, or equal messages would show. Constant time.
[[nodiscard]] byte_array<sealed_32_bytes> seal_32(const secret<byte_array<32>>& key,
                                                  const secret<byte_array<32>>& message) noexcept;

/// The message of a box; mismatch if the box was not made with this key. Only whether it was
/// becomes public. Constant time in key and message.
[[nodiscard]] result<secret<byte_array<32>>> open_32(const secret<byte_array<32>>& key,
                                                     const byte_array<sealed_32_bytes>& box);

}  // namespace sandoq
