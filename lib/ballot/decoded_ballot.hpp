#pragma once

#include <span>
#include <variant>
#include <vector>

#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/bit_vector.hpp"
#include "sandoq/proofs/plaintext_knowledge.hpp"
#include "sandoq/proofs/slots.hpp"

namespace sandoq {

/// One contest of a ballot: its elements with their bytes, and scalars. A proof of knowledge is
/// bytes, of which W is known to be an element and z a scalar.
struct decoded_contest {
  using proof_form = std::variant<bit_vector_proof<ristretto255>, slots_proof<ristretto255>,
                                  plaintext_knowledge_proof<ristretto255>>;
  encoded_elements<ristretto255> ciphertexts;  ///< alpha_1, beta_1, ... of all ciphertexts
  proof_form proof;
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
