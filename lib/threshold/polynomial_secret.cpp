#include "lib/threshold/polynomial_secret.core.hpp"

namespace sandoq {

template class secret_polynomial<ristretto255>;

}  // namespace sandoq
