#include "sandoq/proofs/plaintext_knowledge_prove.hpp"

#include "proofs/plaintext_knowledge_prove.core.hpp"

namespace sandoq {

template result<plaintext_knowledge_proof<ristretto255>> prove_with_seed(
    const plaintext_knowledge_statement<ristretto255>&,
    std::span<const secret_scalar<ristretto255>>, transcript&, const nonce_seed&);
template result<plaintext_knowledge_proof<ristretto255>> prove(
    const plaintext_knowledge_statement<ristretto255>&,
    std::span<const secret_scalar<ristretto255>>, transcript&, random_source&);

}  // namespace sandoq
