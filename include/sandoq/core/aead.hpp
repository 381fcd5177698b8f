#pragma once

#include <cstddef>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq {

/// 32 bytes under the ChaCha20 ciphertext and its 16-byte tag.
inline constexpr std::size_t sealed_32_bytes = 48;

/// The content of a box whose key has become public: ChaCha20-Poly1305 (RFC 8439), nonce of 12 zero
/// bytes, no associated data. \return mismatch if the box was not sealed under this key.
[[nodiscard]] result<byte_array<32>> open_32_vartime(const byte_array<32>& key,
                                                     const byte_array<sealed_32_bytes>& box);

}  // namespace sandoq
