#pragma once

#include <cstddef>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/proofs/sigma/linear_relation.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// A proof of a relation with r rows and s scalars is T_0 ... T_{r-1} || z_0 ... z_{s-1}.
/// SPEC(40.3)
template <prime_order_group G>
[[nodiscard]] std::size_t sigma_proof_size(const linear_relation<G>& relation) {
  return relation.rows().size() * G::element_bytes + relation.scalars() * G::scalar_bytes;
}

/// Absorbs statement and commitments, draws the challenge and emits one equation a row,
///   sum of z_a * E_b - T_k - c * E_y = 0.
/// Rejects, before any equation, an invalid relation, bytes that do not decode and the challenge 0.
/// \param tr has absorbed the context; it is used up.                                  SPEC(40.3)
template <prime_order_group G>
verification emit_sigma(equation_sink<G>& sink, const linear_relation<G>& relation, byte_view proof,
                        transcript& tr);

/// The same, checked at once. \pre no element of the relation but the generator is shared
template <prime_order_group G>
verification verify_sigma(const linear_relation<G>& relation, byte_view proof, transcript& tr);

extern template verification emit_sigma(equation_sink<ristretto255>&,
                                        const linear_relation<ristretto255>&, byte_view,
                                        transcript&);
extern template verification verify_sigma(const linear_relation<ristretto255>&, byte_view,
                                          transcript&);

}  // namespace sandoq
