#include "proofs/shuffle/prove.core.hpp"

namespace sandoq {

template class shuffle_prover_tables<ristretto255>;
template class shuffle_preparation<ristretto255>;
template result<shuffled_list<ristretto255>> shuffle(const shuffle_prover_tables<ristretto255>&,
                                                     const shuffle_context<ristretto255>&,
                                                     encoded_elements<ristretto255>,
                                                     shuffle_preparation<ristretto255>,
                                                     random_source&);
template result<shuffled_list<ristretto255>> shuffle_with_seed(
    const shuffle_prover_tables<ristretto255>&, const shuffle_context<ristretto255>&,
    encoded_elements<ristretto255>, shuffle_preparation<ristretto255>, const nonce_seed&);

}  // namespace sandoq
