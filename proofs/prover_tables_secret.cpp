#include "proofs/prover_tables_secret.core.hpp"

namespace sandoq {

template class prover_tables<ristretto255>;

}  // namespace sandoq
