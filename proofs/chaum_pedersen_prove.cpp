#include "sandoq/proofs/chaum_pedersen_prove.hpp"

#include "proofs/chaum_pedersen_prove.core.hpp"

namespace sandoq {

template result<chaum_pedersen_proof<ristretto255>> prove_with_seed(
    const chaum_pedersen_statement<ristretto255>&, const secret_scalar<ristretto255>&, transcript&,
    const nonce_seed&);
template result<chaum_pedersen_proof<ristretto255>> prove(
    const chaum_pedersen_statement<ristretto255>&, const secret_scalar<ristretto255>&, transcript&,
    random_source&);

}  // namespace sandoq
