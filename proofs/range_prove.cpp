#include "sandoq/proofs/range_prove.hpp"

#include "proofs/range_prove.core.hpp"

namespace sandoq {

template result<bytes> prove_with_seed(const range_statement<ristretto255>&,
                                       const encrypted_value_witness<ristretto255>&, transcript&,
                                       const nonce_seed&);
template result<bytes> prove(const range_statement<ristretto255>&,
                             const encrypted_value_witness<ristretto255>&, transcript&,
                             random_source&);

}  // namespace sandoq
