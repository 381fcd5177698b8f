#include "proofs/slots/verify.core.hpp"

namespace sandoq {

template verification emit(equation_sink<ristretto255>&, const slots_statement<ristretto255>&,
                           const slots_proof<ristretto255>&);
template verification verify(const slots_statement<ristretto255>&,
                             const slots_proof<ristretto255>&);

}  // namespace sandoq
