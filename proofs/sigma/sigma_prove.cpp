#include "sandoq/proofs/sigma/sigma_prove.hpp"

#include "proofs/sigma/sigma_prove.core.hpp"

namespace sandoq {

template class sigma_prover<ristretto255>;
template result<bytes> prove_sigma(const linear_relation<ristretto255>&,
                                   std::span<const secret_scalar<ristretto255>>, transcript&,
                                   const nonce_seed&);

}  // namespace sandoq
