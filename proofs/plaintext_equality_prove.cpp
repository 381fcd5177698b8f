#include "sandoq/proofs/plaintext_equality_prove.hpp"

#include "proofs/plaintext_equality_prove.core.hpp"

namespace sandoq {

template result<plaintext_equality_proof<ristretto255>> prove_with_seed(
    const plaintext_equality_statement<ristretto255>&,
    const plaintext_equality_witness<ristretto255>&, transcript&, const nonce_seed&);
template result<plaintext_equality_proof<ristretto255>> prove(
    const plaintext_equality_statement<ristretto255>&,
    const plaintext_equality_witness<ristretto255>&, transcript&, random_source&);
template result<reencryption_proof<ristretto255>> prove_with_seed(
    const reencryption_statement<ristretto255>&, const secret_scalar<ristretto255>&, transcript&,
    const nonce_seed&);
template result<reencryption_proof<ristretto255>> prove(const reencryption_statement<ristretto255>&,
                                                        const secret_scalar<ristretto255>&,
                                                        transcript&, random_source&);

}  // namespace sandoq
