#pragma once

#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/proofs/signature_prove.hpp"
#include "sandoq/threshold/factors_secret.hpp"
#include "sandoq/threshold/partial_decryption.hpp"

namespace sandoq {

/// D_i = s*alpha_i for every ciphertext of the request, one proof that all have the same logarithm
/// as Y, and the trustee's signature. Constant time in the share. Does not ask whether the request
/// may be answered: key_holder does.                                                   SPEC(55.8)
/// \return identity_element if the weighted sum of the alphas is the identity.
/// Cost: n variable-base multiplications and encodings, three more for the proof.
[[nodiscard]] result<partial_decryption> prove_partial_decryption(
    const decoded_request& request, const decryption_share& share,
    const signing_key<ristretto255>& key, random_source& source);

}  // namespace sandoq
