#include "proofs/proof_election.core.hpp"

namespace sandoq {

template class proof_election<ristretto255>;

}  // namespace sandoq
