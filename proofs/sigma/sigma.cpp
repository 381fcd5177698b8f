#include "sandoq/proofs/sigma/sigma.hpp"

#include "proofs/sigma/sigma.core.hpp"

namespace sandoq {

template verification emit_sigma(equation_sink<ristretto255>&, const linear_relation<ristretto255>&,
                                 byte_view, transcript&);
template verification verify_sigma(const linear_relation<ristretto255>&, byte_view, transcript&);

}  // namespace sandoq
