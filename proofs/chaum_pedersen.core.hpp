#pragma once

#include "proofs/sigma/sigma.core.hpp"
#include "sandoq/proofs/chaum_pedersen.hpp"

namespace sandoq {

template <prime_order_group G>
linear_relation<G> relation(const chaum_pedersen_statement<G>& statement) {
  linear_relation<G> out;
  const scalar_index x = out.add_scalar();
  const element_index B_1 = out.add_element(statement.B_1);
  const element_index B_2 = out.add_element(statement.B_2);
  const element_index Y_1 = out.add_element(statement.Y_1);
  const element_index Y_2 = out.add_element(statement.Y_2);
  out.add_row(Y_1, {{x, B_1}});
  // Y_1 is not the identity, so x is not 0, and then Y_2 cannot be it either: the equations say so.
  out.add_row(Y_2, {{x, B_2}}, image_rule::may_be_identity);
  return out;
}

template <prime_order_group G>
verification emit(equation_sink<G>& sink, const chaum_pedersen_statement<G>& statement,
                  const chaum_pedersen_proof<G>& proof, transcript& tr) {
  return emit_sigma(sink, relation(statement), proof.view(), tr);
}

template <prime_order_group G>
verification verify(const chaum_pedersen_statement<G>& statement,
                    const chaum_pedersen_proof<G>& proof, transcript& tr) {
  return verify_sigma(relation(statement), proof.view(), tr);
}

}  // namespace sandoq
