// The shuffle argument over the residues of 3,072 bits: for measuring, and for other systems'
// lists.

#include "proofs/shuffle/verify.core.hpp"
#include "sandoq/group/integer_group.hpp"

namespace sandoq {

extern template class checking_sink<swisspost3072>;

template class shuffle_election<swisspost3072>;
template class shuffle_lists<swisspost3072>;
template struct shuffle_proof<swisspost3072>;
template encoded_elements<swisspost3072> filled_up(const shuffle_shape&,
                                                   encoded_elements<swisspost3072>);
template transcript open_transcript(const shuffle_context<swisspost3072>&,
                                    const shuffle_lists<swisspost3072>&);
template verification emit(equation_sink<swisspost3072>&, const shuffle_context<swisspost3072>&,
                           const shuffle_lists<swisspost3072>&,
                           const shuffle_proof<swisspost3072>&);
template verification verify(const shuffle_context<swisspost3072>&,
                             const shuffle_lists<swisspost3072>&,
                             const shuffle_proof<swisspost3072>&);
template verification verify_folded(const shuffle_context<swisspost3072>&,
                                    const shuffle_lists<swisspost3072>&,
                                    const shuffle_proof<swisspost3072>&);

}  // namespace sandoq
