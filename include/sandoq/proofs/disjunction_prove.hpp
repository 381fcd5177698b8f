#pragma once

#include <cstdint>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/group/secret_ops.hpp"
#include "sandoq/proofs/disjunction.hpp"
#include "sandoq/transcript/nonce_secret.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// What is in a ciphertext Enc(value; r).
template <proving_group G>
struct encrypted_value_witness {
  secret<std::uint64_t> value;
  secret_scalar<G> r;
};

/// Proves that the ciphertext holds one of the statement's values; bad_statement or
/// identity_element if the statement is invalid. Constant time in value, r and seed: the same work
/// whichever value it is. A wrong r, or a value that is not in the list, gives a proof that does
/// not verify. \param tr has absorbed the context; it is used up. Cost: 4m multiplications.
/// SPEC(41.2)
template <proving_group G>
[[nodiscard]] result<bytes> prove_with_seed(const disjunction_statement<G>& statement,
                                            const encrypted_value_witness<G>& witness,
                                            transcript& tr, const nonce_seed& seed);
/// The same with a fresh seed.
template <proving_group G>
[[nodiscard]] result<bytes> prove(const disjunction_statement<G>& statement,
                                  const encrypted_value_witness<G>& witness, transcript& tr,
                                  random_source& random);

extern template result<bytes> prove_with_seed(const disjunction_statement<ristretto255>&,
                                              const encrypted_value_witness<ristretto255>&,
                                              transcript&, const nonce_seed&);
extern template result<bytes> prove(const disjunction_statement<ristretto255>&,
                                    const encrypted_value_witness<ristretto255>&, transcript&,
                                    random_source&);

}  // namespace sandoq
