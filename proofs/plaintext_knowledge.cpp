#include "sandoq/proofs/plaintext_knowledge.hpp"

#include "proofs/plaintext_knowledge.core.hpp"

namespace sandoq {

template verification emit(equation_sink<ristretto255>&,
                           const plaintext_knowledge_statement<ristretto255>&,
                           const plaintext_knowledge_proof<ristretto255>&, transcript&);
template verification verify(const plaintext_knowledge_statement<ristretto255>&,
                             const plaintext_knowledge_proof<ristretto255>&, transcript&);

}  // namespace sandoq
