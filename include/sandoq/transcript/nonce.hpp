#pragma once

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
///   nonce_i = SHA-512(frame("sandoq-1/nonce") || key || u32(i)) mod q
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
    return G::scalar_from_wide(wide(index).octets);
  }
  /// The 64 bytes that nonce_index is reduced from.
  [[nodiscard]] digest64 wide(std::uint32_t index) const noexcept;

 private:
  sha512 prefix_;  // has absorbed the frame and the key
};

}  // namespace sandoq
