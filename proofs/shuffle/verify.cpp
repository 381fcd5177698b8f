#include "proofs/shuffle/verify.core.hpp"

namespace sandoq {

digest32 shuffle_list_hash(std::size_t ciphertexts, byte_view octets) {
  byte_array<4> count;
  for (std::size_t i = 0; i < count.size(); ++i) {
    count[i] = static_cast<std::byte>((ciphertexts >> (8 * i)) & 0xFFU);
  }
  return framed_hash::of("shuffle/list", count, octets);
}

template class shuffle_election<ristretto255>;
template class shuffle_lists<ristretto255>;
template struct shuffle_proof<ristretto255>;
template encoded_elements<ristretto255> filled_up(const shuffle_shape&,
                                                  encoded_elements<ristretto255>);
template transcript open_transcript(const shuffle_context<ristretto255>&,
                                    const shuffle_lists<ristretto255>&);
template verification emit(equation_sink<ristretto255>&, const shuffle_context<ristretto255>&,
                           const shuffle_lists<ristretto255>&, const shuffle_proof<ristretto255>&);
template verification verify(const shuffle_context<ristretto255>&,
                             const shuffle_lists<ristretto255>&,
                             const shuffle_proof<ristretto255>&);
template verification verify_folded(const shuffle_context<ristretto255>&,
                                    const shuffle_lists<ristretto255>&,
                                    const shuffle_proof<ristretto255>&);

}  // namespace sandoq
