#include "sandoq/proofs/sigma/compose_prove.hpp"

#include "proofs/sigma/compose_prove.core.hpp"

namespace sandoq {

template result<bytes> prove_or(std::span<const linear_relation<ristretto255>>,
                                const or_witness<ristretto255>&, transcript&, const nonce_seed&);

}  // namespace sandoq
