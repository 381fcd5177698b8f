#pragma once

#include <cstddef>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/elgamal/encoded_ciphertext.hpp"
#include "sandoq/group/encoded_element.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// "I know r and r' with alpha = r*G, alpha' = r'*G and beta - r*K = beta' - r'*K'": two
/// ciphertexts hold the same plaintext, under two keys or one. No key and no alpha is the identity.
/// SPEC(43.1)
template <prime_order_group G>
struct plaintext_equality_statement {
  encoded_element<G> K;
  encoded_ciphertext<G> ciphertext;
  encoded_element<G> other_K;
  encoded_ciphertext<G> other_ciphertext;
  base_index shared_K = not_shared;  ///< the places of the keys among the shared bases
  base_index shared_other_K = not_shared;
};

/// T_0 || T_1 || T_2 || z_0 || z_1 as on the wire; 160 bytes in ristretto255.
template <prime_order_group G>
struct plaintext_equality_proof {
  static constexpr std::size_t size_bytes = 3 * G::element_bytes + 2 * G::scalar_bytes;
  byte_array<size_bytes> octets{};
  [[nodiscard]] byte_view view() const noexcept { return octets; }
  friend auto operator<=>(const plaintext_equality_proof&,
                          const plaintext_equality_proof&) = default;
};

/// "I know x with (alpha', beta') = (alpha + x*G, beta + x*K)": the second ciphertext is the first,
/// encrypted anew under the same key. Another relation than the one above, and a weaker one:
/// nothing is said about the nonce of either. K, alpha, alpha' and alpha' - alpha are not the
/// identity. SPEC(43.4)
template <prime_order_group G>
struct reencryption_statement {
  encoded_element<G> K;
  encoded_ciphertext<G> ciphertext;
  encoded_ciphertext<G> reencrypted;
  base_index shared_K = not_shared;
};

/// T_1 || T_2 || z as on the wire; 96 bytes in ristretto255.
template <prime_order_group G>
struct reencryption_proof {
  static constexpr std::size_t size_bytes = 2 * G::element_bytes + G::scalar_bytes;
  byte_array<size_bytes> octets{};
  [[nodiscard]] byte_view view() const noexcept { return octets; }
  friend auto operator<=>(const reencryption_proof&, const reencryption_proof&) = default;
};

/// Emits three equations,
///   z_0*G - T_0 - c*alpha = 0,  z_1*G - T_1 + c*alpha' = 0,
///   z_0*K + z_1*K' - T_2 - c*(beta - beta') = 0.
/// Rejects, before them, an invalid statement, bytes that do not decode and the challenge 0.
/// \param tr has absorbed the context; it is used up.                                  SPEC(43.2)
template <prime_order_group G>
verification emit(equation_sink<G>& sink, const plaintext_equality_statement<G>& statement,
                  const plaintext_equality_proof<G>& proof, transcript& tr);
/// The same, checked at once. Cost: 3 decodings, 2 encodings, 10 variable-time multiplications.
template <prime_order_group G>
verification verify(const plaintext_equality_statement<G>& statement,
                    const plaintext_equality_proof<G>& proof, transcript& tr);

/// Emits two equations,
///   z*G - T_1 - c*(alpha' - alpha) = 0,  z*K - T_2 - c*(beta' - beta) = 0.
/// Rejects as above, and a ciphertext with the same alpha. \param tr has absorbed the context; it
/// is used up. SPEC(43.4)
template <prime_order_group G>
verification emit(equation_sink<G>& sink, const reencryption_statement<G>& statement,
                  const reencryption_proof<G>& proof, transcript& tr);
/// The same, checked at once. Cost: 2 decodings, 2 encodings, 6 variable-time multiplications.
template <prime_order_group G>
verification verify(const reencryption_statement<G>& statement, const reencryption_proof<G>& proof,
                    transcript& tr);

extern template verification emit(equation_sink<ristretto255>&,
                                  const plaintext_equality_statement<ristretto255>&,
                                  const plaintext_equality_proof<ristretto255>&, transcript&);
extern template verification verify(const plaintext_equality_statement<ristretto255>&,
                                    const plaintext_equality_proof<ristretto255>&, transcript&);
extern template verification emit(equation_sink<ristretto255>&,
                                  const reencryption_statement<ristretto255>&,
                                  const reencryption_proof<ristretto255>&, transcript&);
extern template verification verify(const reencryption_statement<ristretto255>&,
                                    const reencryption_proof<ristretto255>&, transcript&);

}  // namespace sandoq
