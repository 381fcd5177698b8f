#pragma once

#include "sandoq/core/executor.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/secret_ops.hpp"
#include "sandoq/threshold/factors.hpp"

namespace sandoq {

/// Who answers, with what.
struct decryption_share {
  board_index board;
  trustee_index trustee;
  encoded_element<ristretto255> share_key;  ///< Y = s*G
  secret_scalar<ristretto255> share;        ///< s
};

/// The factors of a request, and the proof that all of them have the same logarithm as Y.
struct proved_factors {
  encoded_elements<ristretto255> factors;
  chaum_pedersen_proof<ristretto255> proof;
};

/// D_i = s*alpha_i for every pair of the request: whatever is asked, these are the factors of this
/// trustee's answer. Constant time in the share. Does not ask whether the request may be answered.
/// Cost a pair: a variable-base multiplication and an encoding; by all workers.
[[nodiscard]] encoded_elements<ristretto255> make_factors(const decoded_request& request,
                                                          const decryption_share& share,
                                                          executor& workers);

/// The factors, and one proof for all of them. Constant time in the share. Does not ask whether the
/// request may be answered.                             SPEC(55.8) SPEC(55.11) \return
/// identity_element if the weighted sum of the alphas is the identity. Cost a pair: a variable-base
/// multiplication, an encoding, two terms of 128-bit sums; all workers take part, and no more than
/// a block for each of them is secret at a time.
[[nodiscard]] result<proved_factors> prove_factors(const decoded_request& request,
                                                   const decryption_share& share,
                                                   random_source& source, executor& workers);

}  // namespace sandoq
