#include "proofs/bit_vector/context.core.hpp"

namespace sandoq {

template class bit_vector_election<ristretto255>;
template void absorb_context(transcript&, const bit_vector_context<ristretto255>&);

}  // namespace sandoq
