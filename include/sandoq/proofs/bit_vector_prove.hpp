#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"
#include "sandoq/elgamal/encrypt_secret.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/group/secret_ops.hpp"
#include "sandoq/proofs/bit_vector.hpp"
#include "sandoq/proofs/prover_tables_secret.hpp"
#include "sandoq/transcript/nonce_secret.hpp"

namespace sandoq {

/// b_1 ... b_N, one byte each: the choices m_1 ... m_n (and m_0), followed by the canonical slack
/// bits. Constant time in the choices; only whether they are permitted becomes public.
/// \param choices  n' bytes, each 0 or 1
/// \return bad_witness if a byte is neither 0 nor 1 or the weighted sum is not in Lmin..L.
/// \pre choices.size() == shape.ciphertexts()                                          SPEC(45.1)
[[nodiscard]] result<secret_bytes> complete_bits(const bit_vector_shape& shape,
                                                 const secret_bytes& choices);

/// What the prover of a contest knows.
template <proving_group G>
struct bit_vector_witness {
  secret_bytes bits;                ///< b_1 ... b_N, one byte each (complete_bits)
  std::vector<secret_scalar<G>> r;  ///< r_1 ... r_n'
};

/// The ciphertexts of a contest and what proving them needs.
template <proving_group G>
struct encrypted_choices {
  encoded_elements<G> ciphertexts;  ///< alpha_1, beta_1, ..., alpha_n', beta_n'
  bit_vector_witness<G> witness;
};

/// Encrypts the choices of one contest, C_i = Enc(b_i; r_i), with the nonces of 52.4:
/// r_i = nonce_{i-1} of transcript("sandoq-1/encrypt") after the ballot context.
/// Constant time in choices and seed.
/// \return bad_witness as complete_bits; bad_witness if some r_i is 0 (the device that meets it
///         stops: the seed is committed, and every retry would meet it again).
/// \pre context.election is the tables' election
/// Cost: 2n' fixed-base multiplications, 2n' encodings.                                SPEC(52.4)
template <proving_group G>
[[nodiscard]] result<encrypted_choices<G>> encrypt_choices(const prover_tables<G>& tables,
                                                           const bit_vector_context<G>& context,
                                                           const secret_bytes& choices,
                                                           const nonce_seed& ballot_seed);

/// Proves the statement. Constant time in witness and seed. A witness that does not fit gives a
/// proof that does not verify.
/// \return bad_statement for wrong sizes, bad_proof if a challenge is 0.
/// \pre statement.context.election is the tables' election
/// Cost: N + 9 fixed-base multiplications, N masked additions, 6 encodings.            SPEC(45.4)
template <proving_group G>
[[nodiscard]] result<bit_vector_proof<G>> prove(const prover_tables<G>& tables,
                                                const bit_vector_statement<G>& statement,
                                                const bit_vector_witness<G>& witness,
                                                const nonce_seed& ballot_seed);

extern template result<encrypted_choices<ristretto255>> encrypt_choices(
    const prover_tables<ristretto255>&, const bit_vector_context<ristretto255>&,
    const secret_bytes&, const nonce_seed&);
extern template result<bit_vector_proof<ristretto255>> prove(
    const prover_tables<ristretto255>&, const bit_vector_statement<ristretto255>&,
    const bit_vector_witness<ristretto255>&, const nonce_seed&);

}  // namespace sandoq
