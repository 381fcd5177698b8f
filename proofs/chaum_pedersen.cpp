#include "sandoq/proofs/chaum_pedersen.hpp"

#include "proofs/chaum_pedersen.core.hpp"

namespace sandoq {

template linear_relation<ristretto255> relation(const chaum_pedersen_statement<ristretto255>&);
template verification emit(equation_sink<ristretto255>&,
                           const chaum_pedersen_statement<ristretto255>&,
                           const chaum_pedersen_proof<ristretto255>&, transcript&);
template verification verify(const chaum_pedersen_statement<ristretto255>&,
                             const chaum_pedersen_proof<ristretto255>&, transcript&);

}  // namespace sandoq
