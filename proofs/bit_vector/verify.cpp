#include "proofs/bit_vector/verify.core.hpp"

namespace sandoq {

template verification emit(equation_sink<ristretto255>&, const bit_vector_statement<ristretto255>&,
                           const bit_vector_proof<ristretto255>&);
template verification verify(const bit_vector_statement<ristretto255>&,
                             const bit_vector_proof<ristretto255>&);

}  // namespace sandoq
