#pragma once

#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/group/secret_ops.hpp"
#include "sandoq/proofs/plaintext_equality.hpp"
#include "sandoq/transcript/nonce_secret.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// The nonces of both ciphertexts; the plaintext need not be known.
template <proving_group G>
struct plaintext_equality_witness {
  secret_scalar<G> r;
  secret_scalar<G> other_r;
};

/// Proves that both ciphertexts hold the same; identity_element if the statement is invalid.
/// Constant time in witness and seed. Wrong nonces, or unequal plaintexts, give a proof that does
/// not verify. \param tr has absorbed the context; it is used up. Cost: 4 multiplications.
/// SPEC(43.1)
template <proving_group G>
[[nodiscard]] result<plaintext_equality_proof<G>> prove_with_seed(
    const plaintext_equality_statement<G>& statement, const plaintext_equality_witness<G>& witness,
    transcript& tr, const nonce_seed& seed);
/// The same with a fresh seed.
template <proving_group G>
[[nodiscard]] result<plaintext_equality_proof<G>> prove(
    const plaintext_equality_statement<G>& statement, const plaintext_equality_witness<G>& witness,
    transcript& tr, random_source& random);

/// Proves that a ciphertext was encrypted anew with x; identity_element if the statement is
/// invalid. Constant time in x and seed. \param tr has absorbed the context; it is used up. Cost: 2
/// multiplications.                                                            SPEC(43.4)
template <proving_group G>
[[nodiscard]] result<reencryption_proof<G>> prove_with_seed(
    const reencryption_statement<G>& statement, const secret_scalar<G>& x, transcript& tr,
    const nonce_seed& seed);
/// The same with a fresh seed.
template <proving_group G>
[[nodiscard]] result<reencryption_proof<G>> prove(const reencryption_statement<G>& statement,
                                                  const secret_scalar<G>& x, transcript& tr,
                                                  random_source& random);

extern template result<plaintext_equality_proof<ristretto255>> prove_with_seed(
    const plaintext_equality_statement<ristretto255>&,
    const plaintext_equality_witness<ristretto255>&, transcript&, const nonce_seed&);
extern template result<plaintext_equality_proof<ristretto255>> prove(
    const plaintext_equality_statement<ristretto255>&,
    const plaintext_equality_witness<ristretto255>&, transcript&, random_source&);
extern template result<reencryption_proof<ristretto255>> prove_with_seed(
    const reencryption_statement<ristretto255>&, const secret_scalar<ristretto255>&, transcript&,
    const nonce_seed&);
extern template result<reencryption_proof<ristretto255>> prove(
    const reencryption_statement<ristretto255>&, const secret_scalar<ristretto255>&, transcript&,
    random_source&);

}  // namespace sandoq
