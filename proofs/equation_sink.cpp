#include "sandoq/proofs/equation_sink.hpp"

#include "proofs/equation_sink.core.hpp"

namespace sandoq {

template class checking_sink<ristretto255>;
template class collecting_sink<ristretto255>;

}  // namespace sandoq
