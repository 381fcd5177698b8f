#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/elgamal/encoded_ciphertext.hpp"
#include "sandoq/group/encoded_element.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// "I know r and i with (alpha, beta) = (r*G, r*K + v_i*G)": the ciphertext holds one of the values
/// v_0 < v_1 < ... < v_{m-1}, 2 <= m <= 64. Neither K nor alpha is the identity.       SPEC(41.1)
/// Source: Cramer, Damgard, Schoenmakers, CRYPTO '94.
template <prime_order_group G>
struct disjunction_statement {
  encoded_element<G> K;
  encoded_ciphertext<G> ciphertext;
  std::vector<std::uint64_t> values;  ///< strictly ascending
  base_index shared_K = not_shared;   ///< the place of K among the shared bases, if it has one
};

/// The bytes of a proof about m values: 2m elements and 2m - 1 scalars.                SPEC(41.3)
template <prime_order_group G>
[[nodiscard]] constexpr std::size_t disjunction_proof_size(std::size_t values) {
  return 2 * values * G::element_bytes + (2 * values - 1) * G::scalar_bytes;
}

/// Emits 2m equations, two a value:
///   z_i*G - T_2i - c_i*alpha = 0,   z_i*K - T_2i+1 - c_i*(beta - v_i*G) = 0.
/// Rejects, before them, an invalid statement, a proof of another length, bytes that do not decode
/// and the challenge 0. \param tr has absorbed the context; it is used up.
/// Cost: 2m decodings, m encodings, 4m terms besides the shared bases.                 SPEC(41.4)
template <prime_order_group G>
verification emit(equation_sink<G>& sink, const disjunction_statement<G>& statement,
                  byte_view proof, transcript& tr);

/// The same, checked at once. Cost: 2m decodings, m encodings, 6m variable-time multiplications.
template <prime_order_group G>
verification verify(const disjunction_statement<G>& statement, byte_view proof, transcript& tr);

extern template verification emit(equation_sink<ristretto255>&,
                                  const disjunction_statement<ristretto255>&, byte_view,
                                  transcript&);
extern template verification verify(const disjunction_statement<ristretto255>&, byte_view,
                                    transcript&);

}  // namespace sandoq
