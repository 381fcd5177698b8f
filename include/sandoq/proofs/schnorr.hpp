#pragma once

#include <cstddef>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/group/encoded_element.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/proofs/sigma/linear_relation.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// "I know x with x*B = Y." B is G except in tests; neither is the identity.           SPEC(40.5)
template <prime_order_group G>
struct schnorr_statement {
  encoded_element<G> B;
  encoded_element<G> Y;
  base_index shared_Y = not_shared;  ///< its place among the shared bases, if it has one
};

/// T || z as on the wire; 64 bytes in ristretto255. Structure only: verifying decodes it.
template <prime_order_group G>
struct schnorr_proof {
  static constexpr std::size_t size_bytes = G::element_bytes + G::scalar_bytes;
  byte_array<size_bytes> octets{};
  [[nodiscard]] byte_view view() const noexcept { return octets; }
  friend auto operator<=>(const schnorr_proof&, const schnorr_proof&) = default;
};

/// The one row x*B = Y.
template <prime_order_group G>
[[nodiscard]] linear_relation<G> relation(const schnorr_statement<G>& statement);

/// Absorbs statement and commitment and emits one equation, zB - T - cY = 0. \param tr has absorbed
/// the context; it is used up. Rejects, before the equation, an invalid statement, bytes that do
/// not decode and the challenge 0.
template <prime_order_group G>
verification emit(equation_sink<G>& sink, const schnorr_statement<G>& statement,
                  const schnorr_proof<G>& proof, transcript& tr);

/// The same, checked at once. Cost: 1 decoding, 3 variable-time multiplications.
template <prime_order_group G>
verification verify(const schnorr_statement<G>& statement, const schnorr_proof<G>& proof,
                    transcript& tr);

extern template linear_relation<ristretto255> relation(const schnorr_statement<ristretto255>&);
extern template verification emit(equation_sink<ristretto255>&,
                                  const schnorr_statement<ristretto255>&,
                                  const schnorr_proof<ristretto255>&, transcript&);
extern template verification verify(const schnorr_statement<ristretto255>&,
                                    const schnorr_proof<ristretto255>&, transcript&);

}  // namespace sandoq
