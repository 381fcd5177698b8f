#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/group/concept.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// The nonces of a prover whose seed and witness have been revealed (a challenged ballot), so that
/// anyone can recompute what it published. The same values as prover_nonces of nonce_secret.hpp,
/// for public data only.
///   key = H64("nonce"; frame(fork("nonce")) || frame(witness) || frame(seed))
///   block_{i,0} = SHA-512(frame("sandoq-1/nonce") || key || u32(i))
///   block_{i,j} = SHA-512(frame("sandoq-1/nonce") || key || u32(i) || u32(j)),   j >= 1
///   nonce_i     = as many blocks as G::nonce_bytes takes, little-endian, mod q
/// SPEC(30.4)
class revealed_nonces {
 public:
  /// \param statement  a transcript that has absorbed the whole statement
  /// \param witness    the witness bytes that the proof's section fixes
  revealed_nonces(const transcript& statement, byte_view witness,
                  const byte_array<32>& seed) noexcept;

  /// nonce_index.
  template <prime_order_group G>
  [[nodiscard]] scalar_of<G> at(std::uint32_t index) const noexcept {
    static_assert(G::nonce_bytes % 64 == 0, "whole blocks");
    byte_array<G::nonce_bytes> octets;
    for (std::uint32_t j = 0; j < G::nonce_bytes / 64; ++j) {
      const digest64 b = block(index, j);
      std::copy(b.octets.begin(), b.octets.end(), octets.begin() + 64 * j);
    }
    return G::scalar_from_nonce_bytes(octets);
  }
  /// The j-th 64 bytes of those that nonce_index is reduced from.
  [[nodiscard]] digest64 block(std::uint32_t index, std::uint32_t j) const noexcept;

 private:
  sha512 prefix_;  // has absorbed the frame and the key
};

}  // namespace sandoq
