#include <utility>

#include "proofs/packed/statement.core.hpp"

namespace sandoq {

template <prime_order_group G>
verification emit(equation_sink<G>& sink, const packed_statement<G>& statement,
                  const plaintext_knowledge_proof<G>& proof) {
  if (statement.ciphertexts.size() != 2 * statement.context.shape.width()) {
    return verification::rejected("the number of ciphertexts is not the contest's");
  }
  transcript tr = packed::open_transcript(statement);
  return emit(sink, packed::knowledge_of(statement), proof, tr);
}

template <prime_order_group G>
verification verify(const packed_statement<G>& statement,
                    const plaintext_knowledge_proof<G>& proof) {
  checking_sink<G> sink(statement.context.election.bases());
  if (auto emitted = emit(sink, statement, proof); !emitted) {
    return emitted;
  }
  return sink.holds() ? verification::ok() : verification::rejected("equation 0 does not hold");
}

template verification emit(equation_sink<ristretto255>&, const packed_statement<ristretto255>&,
                           const plaintext_knowledge_proof<ristretto255>&);
template verification verify(const packed_statement<ristretto255>&,
                             const plaintext_knowledge_proof<ristretto255>&);

}  // namespace sandoq
