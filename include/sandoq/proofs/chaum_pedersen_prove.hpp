#pragma once

#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/group/secret_ops.hpp"
#include "sandoq/proofs/chaum_pedersen.hpp"
#include "sandoq/transcript/nonce_secret.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// Proves log_{B_1} Y_1 = log_{B_2} Y_2 = x; bad_statement or identity_element if the statement is
/// invalid. Constant time in x and seed. A wrong x gives a proof that does not verify. \param tr
/// has absorbed the context; it is used up. Cost: 2 multiplications. SPEC(40.6)
template <proving_group G>
[[nodiscard]] result<chaum_pedersen_proof<G>> prove_with_seed(
    const chaum_pedersen_statement<G>& statement, const secret_scalar<G>& x, transcript& tr,
    const nonce_seed& seed);
/// The same with a fresh seed.
template <proving_group G>
[[nodiscard]] result<chaum_pedersen_proof<G>> prove(const chaum_pedersen_statement<G>& statement,
                                                    const secret_scalar<G>& x, transcript& tr,
                                                    random_source& random);

extern template result<chaum_pedersen_proof<ristretto255>> prove_with_seed(
    const chaum_pedersen_statement<ristretto255>&, const secret_scalar<ristretto255>&, transcript&,
    const nonce_seed&);
extern template result<chaum_pedersen_proof<ristretto255>> prove(
    const chaum_pedersen_statement<ristretto255>&, const secret_scalar<ristretto255>&, transcript&,
    random_source&);

}  // namespace sandoq
