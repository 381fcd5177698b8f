#include "sandoq/proofs/sigma/compose.hpp"

#include "proofs/sigma/compose.core.hpp"

namespace sandoq {

template std::size_t or_proof_size<ristretto255>(or_branches<ristretto255>);
template verification emit_or<ristretto255>(equation_sink<ristretto255>&, or_branches<ristretto255>,
                                            byte_view, transcript&);
template verification verify_or<ristretto255>(or_branches<ristretto255>, byte_view, transcript&);
template std::size_t and_of_or_proof_size<ristretto255>(std::span<const or_branches<ristretto255>>);
template verification emit_and_of_or<ristretto255>(equation_sink<ristretto255>&,
                                                   std::span<const or_branches<ristretto255>>,
                                                   byte_view, transcript&);

}  // namespace sandoq
