#include "sandoq/proofs/disjunction_prove.hpp"

#include "proofs/disjunction_prove.core.hpp"

namespace sandoq {

template result<bytes> prove_with_seed(const disjunction_statement<ristretto255>&,
                                       const encrypted_value_witness<ristretto255>&, transcript&,
                                       const nonce_seed&);
template result<bytes> prove(const disjunction_statement<ristretto255>&,
                             const encrypted_value_witness<ristretto255>&, transcript&,
                             random_source&);

}  // namespace sandoq
