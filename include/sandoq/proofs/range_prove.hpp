#pragma once

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/elgamal/encrypt_secret.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/group/secret_ops.hpp"
#include "sandoq/proofs/disjunction_prove.hpp"
#include "sandoq/proofs/range.hpp"
#include "sandoq/transcript/nonce_secret.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// Proves that the ciphertext holds an integer from low to high; bad_statement or identity_element
/// if the statement is invalid, identity_element also if the nonce of a bit is 0, which does not
/// occur in a large group. Constant time in value, r and seed. A wrong r, or a value out of range,
/// gives a proof that does not verify. \param tr has absorbed the context; it is used up.
/// Cost: 4(L + 1) multiplications for L <= 5; else 8k, k - 1 encryptions and a table of K.
/// SPEC(42.4)
template <proving_group G>
[[nodiscard]] result<bytes> prove_with_seed(const range_statement<G>& statement,
                                            const encrypted_value_witness<G>& witness,
                                            transcript& tr, const nonce_seed& seed);
/// The same with a fresh seed.
template <proving_group G>
[[nodiscard]] result<bytes> prove(const range_statement<G>& statement,
                                  const encrypted_value_witness<G>& witness, transcript& tr,
                                  random_source& random);

extern template result<bytes> prove_with_seed(const range_statement<ristretto255>&,
                                              const encrypted_value_witness<ristretto255>&,
                                              transcript&, const nonce_seed&);
extern template result<bytes> prove(const range_statement<ristretto255>&,
                                    const encrypted_value_witness<ristretto255>&, transcript&,
                                    random_source&);

}  // namespace sandoq
