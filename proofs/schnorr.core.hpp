#pragma once

#include "proofs/sigma/sigma.core.hpp"
#include "sandoq/proofs/schnorr.hpp"

namespace sandoq {

template <prime_order_group G>
linear_relation<G> relation(const schnorr_statement<G>& statement) {
  linear_relation<G> out;
  const scalar_index x = out.add_scalar();
  const element_index B = out.add_element(statement.B);
  const element_index Y = out.add_element(statement.Y, statement.shared_Y);
  out.add_row(Y, {{x, B}});
  return out;
}

template <prime_order_group G>
verification emit(equation_sink<G>& sink, const schnorr_statement<G>& statement,
                  const schnorr_proof<G>& proof, transcript& tr) {
  return emit_sigma(sink, relation(statement), proof.view(), tr);
}

template <prime_order_group G>
verification verify(const schnorr_statement<G>& statement, const schnorr_proof<G>& proof,
                    transcript& tr) {
  const schnorr_statement<G> alone{statement.B, statement.Y, not_shared};
  return verify_sigma(relation(alone), proof.view(), tr);
}

}  // namespace sandoq
