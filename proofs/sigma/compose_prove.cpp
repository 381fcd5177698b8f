#include "sandoq/proofs/sigma/compose_prove.hpp"

#include "proofs/sigma/compose_prove.core.hpp"

namespace sandoq {

template result<bytes> prove_or(or_branches<ristretto255>, const or_witness<ristretto255>&,
                                transcript&, const nonce_seed&);
template result<bytes> prove_and_of_or(std::span<const or_branches<ristretto255>>,
                                       const and_of_or_witness<ristretto255>&, transcript&,
                                       const nonce_seed&);

}  // namespace sandoq
