#include "sandoq/proofs/sigma/linear_relation.hpp"

#include "proofs/sigma/linear_relation.core.hpp"

namespace sandoq {

template class linear_relation<ristretto255>;

}  // namespace sandoq
