#pragma once

#include "sandoq/core/executor.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/proofs/signature_prove.hpp"
#include "sandoq/threshold/factors_secret.hpp"
#include "sandoq/threshold/list_combine.hpp"

namespace sandoq {

/// One trustee's answer for a whole mixed list: D_i = s*alpha_i for every pair, one proof that all
/// have the same logarithm as Y, and the trustee's signature. Constant time in the share. Does not
/// ask whether the list may be opened: the caller's log and policy do.                 SPEC(55.11)
/// \return identity_element if the weighted sum of the alphas is the identity. Cost: prove_factors.
[[nodiscard]] result<list_answer> prove_list_answer(const decoded_request& request,
                                                    const decryption_share& share,
                                                    const signing_key<ristretto255>& key,
                                                    random_source& source, executor& workers);

}  // namespace sandoq
