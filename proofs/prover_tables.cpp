#include "proofs/prover_tables.core.hpp"

namespace sandoq {

template class prover_tables<ristretto255>;

}  // namespace sandoq
