#include "sandoq/proofs/plaintext_equality.hpp"

#include "proofs/plaintext_equality.core.hpp"

namespace sandoq {

template verification emit(equation_sink<ristretto255>&,
                           const plaintext_equality_statement<ristretto255>&,
                           const plaintext_equality_proof<ristretto255>&, transcript&);
template verification verify(const plaintext_equality_statement<ristretto255>&,
                             const plaintext_equality_proof<ristretto255>&, transcript&);
template verification emit(equation_sink<ristretto255>&,
                           const reencryption_statement<ristretto255>&,
                           const reencryption_proof<ristretto255>&, transcript&);
template verification verify(const reencryption_statement<ristretto255>&,
                             const reencryption_proof<ristretto255>&, transcript&);

}  // namespace sandoq
