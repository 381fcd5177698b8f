#include "sandoq/proofs/disjunction.hpp"

#include "proofs/disjunction.core.hpp"

namespace sandoq {

template verification emit(equation_sink<ristretto255>&, const disjunction_statement<ristretto255>&,
                           byte_view, transcript&);
template verification verify(const disjunction_statement<ristretto255>&, byte_view, transcript&);

}  // namespace sandoq
