#pragma once

#include <span>

#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/group/secret_ops.hpp"
#include "sandoq/proofs/plaintext_knowledge.hpp"
#include "sandoq/transcript/nonce_secret.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// Proves knowledge of the plaintexts from r_1 ... r_w; bad_statement, identity_element, or
/// bad_witness if their number is not w. Constant time in r and seed.
/// \param tr has absorbed the context; it is used up. Cost: 1 fixed-base multiplication. SPEC(40.7)
template <proving_group G>
[[nodiscard]] result<plaintext_knowledge_proof<G>> prove_with_seed(
    const plaintext_knowledge_statement<G>& statement, std::span<const secret_scalar<G>> r,
    transcript& tr, const nonce_seed& seed);
/// The same with a fresh seed.
template <proving_group G>
[[nodiscard]] result<plaintext_knowledge_proof<G>> prove(
    const plaintext_knowledge_statement<G>& statement, std::span<const secret_scalar<G>> r,
    transcript& tr, random_source& random);

extern template result<plaintext_knowledge_proof<ristretto255>> prove_with_seed(
    const plaintext_knowledge_statement<ristretto255>&,
    std::span<const secret_scalar<ristretto255>>, transcript&, const nonce_seed&);
extern template result<plaintext_knowledge_proof<ristretto255>> prove(
    const plaintext_knowledge_statement<ristretto255>&,
    std::span<const secret_scalar<ristretto255>>, transcript&, random_source&);

}  // namespace sandoq
