#pragma once

#include <cstddef>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/elgamal/encoded_ciphertext.hpp"
#include "sandoq/group/encoded_element.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// "I know r_l with alpha_l = r_l*G for l = 1..w": so the plaintexts of all components, since alpha
/// fixes r and beta then fixes m. 1 <= w <= 64; neither K nor an alpha is the identity. SPEC(40.7)
template <prime_order_group G>
struct plaintext_knowledge_statement {
  static constexpr std::size_t max_width = 64;
  encoded_element<G> K;
  std::vector<encoded_ciphertext<G>> ciphertexts;
};

/// W || z as on the wire; 64 bytes in ristretto255, whatever the width.
template <prime_order_group G>
struct plaintext_knowledge_proof {
  static constexpr std::size_t size_bytes = G::element_bytes + G::scalar_bytes;
  byte_array<size_bytes> octets{};
  [[nodiscard]] byte_view view() const noexcept { return octets; }
  friend auto operator<=>(const plaintext_knowledge_proof&,
                          const plaintext_knowledge_proof&) = default;
};

/// Absorbs statement and commitment and emits one equation, zG - W - sum of c^l*alpha_l = 0.
/// Rejects, before it, an invalid statement, bytes that do not decode and the challenge 0. \param
/// tr has absorbed the context; it is used up.
template <prime_order_group G>
verification emit(equation_sink<G>& sink, const plaintext_knowledge_statement<G>& statement,
                  const plaintext_knowledge_proof<G>& proof, transcript& tr);

/// The same, checked at once. Cost: 1 decoding, w + 2 variable-time multiplications.
template <prime_order_group G>
verification verify(const plaintext_knowledge_statement<G>& statement,
                    const plaintext_knowledge_proof<G>& proof, transcript& tr);

extern template verification emit(equation_sink<ristretto255>&,
                                  const plaintext_knowledge_statement<ristretto255>&,
                                  const plaintext_knowledge_proof<ristretto255>&, transcript&);
extern template verification verify(const plaintext_knowledge_statement<ristretto255>&,
                                    const plaintext_knowledge_proof<ristretto255>&, transcript&);

}  // namespace sandoq
