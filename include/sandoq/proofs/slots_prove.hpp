#pragma once

#include <cstdint>
#include <vector>

#include "sandoq/core/choice.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/group/secret_ops.hpp"
#include "sandoq/proofs/prover_tables_secret.hpp"
#include "sandoq/proofs/slots.hpp"
#include "sandoq/transcript/nonce_secret.hpp"

namespace sandoq {

/// What a voter's choices come to: c_1 < ... < c_k and whether the ballot is blank. Secret.
struct slot_codes {
  std::vector<secret<std::uint64_t>> codes;  ///< k, each 1 to n + k
  choice blank = choice::no();               ///< z; no where blanks are not counted
};

/// The codes of the options that were chosen, ascending, then the dummies of unused slots. Constant
/// time in the choices; only whether they are permitted becomes public.
/// \param choices  n bytes, each 0 or 1, and one more for the blank ballot where blanks are counted
/// \return bad_witness if a byte is neither 0 nor 1, more than L or fewer than Lmin options are
/// chosen, or blank beside an option. \pre choices.size() == n, or n + 1 with blanks
/// Cost: about n*k masked moves.                                                       SPEC(46.1)
[[nodiscard]] result<slot_codes> codes_of(const slots_shape& shape, const secret_bytes& choices);

/// What the prover of a contest of slots knows.
template <proving_group G>
struct slots_witness {
  slot_codes codes;
  std::vector<secret_scalar<G>> r;  ///< r_1 ... r_k, and that of Z where blanks are counted
};

/// The ciphertexts of a contest and what proving them needs.
template <proving_group G>
struct encrypted_slots {
  encoded_elements<G> ciphertexts;  ///< alpha_1, beta_1, ..., then Z's
  slots_witness<G> witness;
};

/// Encrypts the choices of one contest, C_j = Enc(c_j; r_j) and Z, with the nonces of 52.4.
/// Constant time in choices and seed.
/// \return bad_witness as codes_of; bad_witness if some r is 0 (the device that meets it stops).
/// \pre context.election is the tables' election
/// Cost: 3(k + 1) fixed-base multiplications, 2(k + 1) encodings.                      SPEC(52.4)
template <proving_group G>
[[nodiscard]] result<encrypted_slots<G>> encrypt_slots(const prover_tables<G>& tables,
                                                       const slots_context<G>& context,
                                                       const secret_bytes& choices,
                                                       const nonce_seed& ballot_seed);

/// Proves the statement. Constant time in witness and seed up to the point from which all is as
/// good as public (46.8). A witness that does not fit gives a proof that does not verify. \return
/// bad_statement for wrong sizes, bad_proof if a challenge is 0. \pre statement.context.election is
/// the tables' election Cost: 2N fixed-base multiplications, N masked additions, log2(N) times two
/// multi-scalar multiplications of N public terms. SPEC(46.5)
template <proving_group G>
[[nodiscard]] result<slots_proof<G>> prove(const prover_tables<G>& tables,
                                           const slots_statement<G>& statement,
                                           const slots_witness<G>& witness,
                                           const nonce_seed& ballot_seed);

extern template result<encrypted_slots<ristretto255>> encrypt_slots(
    const prover_tables<ristretto255>&, const slots_context<ristretto255>&, const secret_bytes&,
    const nonce_seed&);
extern template result<slots_proof<ristretto255>> prove(const prover_tables<ristretto255>&,
                                                        const slots_statement<ristretto255>&,
                                                        const slots_witness<ristretto255>&,
                                                        const nonce_seed&);

}  // namespace sandoq
