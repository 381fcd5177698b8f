#include "sandoq/proofs/schnorr_prove.hpp"

#include "proofs/schnorr_prove.core.hpp"

namespace sandoq {

template result<schnorr_proof<ristretto255>> prove_with_seed(const schnorr_statement<ristretto255>&,
                                                             const secret_scalar<ristretto255>&,
                                                             transcript&, const nonce_seed&);
template result<schnorr_proof<ristretto255>> prove(const schnorr_statement<ristretto255>&,
                                                   const secret_scalar<ristretto255>&, transcript&,
                                                   random_source&);

}  // namespace sandoq
