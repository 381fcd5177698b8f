#include "sandoq/proofs/sigma/compose.hpp"

#include "proofs/sigma/compose.core.hpp"

namespace sandoq {

template std::size_t or_proof_size(std::span<const linear_relation<ristretto255>>);
template verification emit_or(equation_sink<ristretto255>&,
                              std::span<const linear_relation<ristretto255>>, byte_view,
                              transcript&);
template verification verify_or(std::span<const linear_relation<ristretto255>>, byte_view,
                                transcript&);

}  // namespace sandoq
