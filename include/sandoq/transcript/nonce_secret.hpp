#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/secret.hpp"
#include "sandoq/core/secret_hash.hpp"
#include "sandoq/group/secret_ops.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// 32 secret bytes from which a prover's nonces are made.
using nonce_seed = secret<byte_array<32>>;

/// A prover's nonces: they depend on the statement, the witness and the seed together, so that even
/// a seed that occurs twice never gives equal nonces under two challenges, which would reveal the
/// witness. Formula as in nonce.hpp. Constant time in witness and seed; the length of the witness
/// is public.                                                                          SPEC(30.4)
class prover_nonces {
 public:
  /// \param statement  a transcript that has absorbed the whole statement
  /// \param witness    the witness bytes that the proof's section fixes
  prover_nonces(const transcript& statement, const secret_bytes& witness,
                const nonce_seed& seed) noexcept;
  prover_nonces(const prover_nonces&) = delete;
  prover_nonces& operator=(const prover_nonces&) = delete;

  /// nonce_index.
  template <proving_group G>
  [[nodiscard]] secret_scalar<G> at(std::uint32_t index) const noexcept {
    static_assert(G::nonce_bytes % 64 == 0, "whole blocks");
    if constexpr (G::nonce_bytes == 64) {
      return secret_ops<G>::scalar_from_nonce_bytes(block(index, 0));
    } else {
      secret<byte_array<G::nonce_bytes>> octets;
      auto& plain = expose_for_secret_ops(octets);
      for (std::uint32_t j = 0; j < G::nonce_bytes / 64; ++j) {
        const auto b = block(index, j);
        const auto& from = expose_for_secret_ops(b);
        std::copy(from.begin(), from.end(), plain.begin() + 64 * j);
      }
      return secret_ops<G>::scalar_from_nonce_bytes(octets);
    }
  }
  /// The j-th 64 bytes of those that nonce_index is reduced from.
  [[nodiscard]] secret<byte_array<64>> block(std::uint32_t index, std::uint32_t j) const noexcept;

 private:
  secret_sha512 prefix_;  // has absorbed the frame and the key
};

/// The default witness bytes: the scalars in order, G::scalar_bytes each.
template <proving_group G>
[[nodiscard]] secret_bytes witness_bytes(std::span<const secret_scalar<G>> witness) {
  secret_bytes out(witness.size() * G::scalar_bytes);
  byte_span rest = expose_for_secret_ops(out);
  for (const auto& x : witness) {
    const auto octets = secret_ops<G>::encode_scalar(x);
    const auto& plain = expose_for_secret_ops(octets);
    for (std::size_t i = 0; i < G::scalar_bytes; ++i) {
      rest[i] = plain[i];
    }
    rest = rest.subspan(G::scalar_bytes);
  }
  return out;
}

}  // namespace sandoq
