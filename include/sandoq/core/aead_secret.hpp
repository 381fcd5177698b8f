#pragma once

#include <array>
#include <cstddef>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"

namespace sandoq {

/// 32 secret bytes under the ChaCha20 ciphertext and its 16-byte tag.
inline constexpr std::size_t sealed_32_bytes = 48;

/// ChaCha20-Poly1305 (RFC 8439) of 32 secret bytes, nonce of 12 zero bytes, no associated data.
/// \pre the key seals one message only, or equal messages would show. Constant time.
[[nodiscard]] byte_array<sealed_32_bytes> seal_32(const secret<byte_array<32>>& key,
                                                  const secret<byte_array<32>>& message) noexcept;

/// The message of a box; mismatch if the box was not made with this key. Only whether it was
/// becomes public. Constant time in key and message.
[[nodiscard]] result<secret<byte_array<32>>> open_32(const secret<byte_array<32>>& key,
                                                     const byte_array<sealed_32_bytes>& box);

}  // namespace sandoq
