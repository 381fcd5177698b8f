#pragma once

#include <span>
#include <vector>

#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/bit_vector.hpp"

namespace sandoq {

/// One contest of a ballot: its elements with their bytes, and scalars.
struct decoded_contest {
  encoded_elements<ristretto255> ciphertexts;  ///< alpha_1, beta_1, ..., alpha_n', beta_n'
  bit_vector_proof<ristretto255> proof;
};
using decoded_ballot = std::vector<decoded_contest>;

/// A ballot by itself. \return what does not decode, by its place, or identity_element for an alpha
/// that is the identity.                                                     SPEC(10.3) SPEC(52.5)
[[nodiscard]] result<decoded_ballot> decode_ballot(const ballot_item& ballot);

/// The same of many, in order, as one batch. This is the one place where elements of ballots are
/// decoded in bulk. \param hints  none, or 32 bytes for each element of each ballot, from anywhere
[[nodiscard]] std::vector<result<decoded_ballot>> decode_ballots(
    std::span<const ballot_item* const> ballots, std::span<const byte_view> hints);

}  // namespace sandoq
