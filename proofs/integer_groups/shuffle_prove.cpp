// The prover of the shuffle argument over the residues of 3,072 bits.

#include "proofs/shuffle/prove.core.hpp"
#include "sandoq/group/integer_group_secret.hpp"

namespace sandoq {

extern template class shuffle_election<swisspost3072>;
extern template class shuffle_lists<swisspost3072>;

template class shuffle_prover_tables<swisspost3072>;
template class shuffle_preparation<swisspost3072>;
template result<shuffled_list<swisspost3072>> shuffle(const shuffle_prover_tables<swisspost3072>&,
                                                      const shuffle_context<swisspost3072>&,
                                                      encoded_elements<swisspost3072>,
                                                      shuffle_preparation<swisspost3072>,
                                                      random_source&);
template result<shuffled_list<swisspost3072>> shuffle_with_seed(
    const shuffle_prover_tables<swisspost3072>&, const shuffle_context<swisspost3072>&,
    encoded_elements<swisspost3072>, shuffle_preparation<swisspost3072>, const nonce_seed&);

}  // namespace sandoq
