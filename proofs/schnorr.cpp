#include "sandoq/proofs/schnorr.hpp"

#include "proofs/schnorr.core.hpp"

namespace sandoq {

template linear_relation<ristretto255> relation(const schnorr_statement<ristretto255>&);
template verification emit(equation_sink<ristretto255>&, const schnorr_statement<ristretto255>&,
                           const schnorr_proof<ristretto255>&, transcript&);
template verification verify(const schnorr_statement<ristretto255>&,
                             const schnorr_proof<ristretto255>&, transcript&);

}  // namespace sandoq
