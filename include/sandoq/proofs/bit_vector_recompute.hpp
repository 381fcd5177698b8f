#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/group/concept.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/bit_vector.hpp"
#include "sandoq/proofs/contest_context.hpp"
#include "sandoq/proofs/equation_sink.hpp"

namespace sandoq {

/// The ciphertexts and the proof of one contest.
template <prime_order_group G>
struct bit_vector_ballot {
  encoded_elements<G> ciphertexts;  ///< alpha_1, beta_1, ..., alpha_n', beta_n'
  bit_vector_proof<G> proof;
};

/// b_1 ... b_N of public choices m_1 ... m_n (and m_0): appends the canonical slack bits.
/// bad_witness if the number of choices is not n', one is neither 0 nor 1, or their weighted sum is
/// not in Lmin..L.                                                                     SPEC(45.1)
[[nodiscard]] result<std::vector<std::uint8_t>> complete_bits_vartime(
    const bit_vector_shape& shape, std::span<const std::uint8_t> choices);

/// What a device must have published for these choices and this ballot seed, every byte of it: the
/// nonces of 52.4 and 45.4 leave no freedom. For a challenged ballot, whose choices and seeds are
/// public; it is also the oracle of the prover, with which it shares no arithmetic.
/// \param choices  n' values, 0 or 1
/// \return bad_witness as complete_bits_vartime, bad_proof if a challenge or nonce is 0.
/// Cost: 2n' + 8 multiplications and one multi-scalar multiplication of N terms.
/// SPEC(52.6) SPEC(45.4)
template <prime_order_group G>
[[nodiscard]] result<bit_vector_ballot<G>> recompute_vartime(const bit_vector_context<G>& context,
                                                             std::span<const std::uint8_t> choices,
                                                             const byte_array<32>& ballot_seed);

/// Emits the equations that say that a published ballot is the one of recompute_vartime, element by
/// element: alpha_i - r_i G, beta_i - r_i K - m_i G and those of the six commitments. Together with
/// thousands of others they cost a term each. Responses are compared at once.
/// \return rejected for what recompute_vartime refuses, for other responses and for wrong numbers
/// of elements. \pre the sink's table is published.context.election.bases(), and the weights are
/// drawn after ballot, choices and seed.                                     SPEC(52.6) SPEC(40.9)
template <prime_order_group G>
verification emit_recomputed(equation_sink<G>& sink, const bit_vector_statement<G>& published,
                             const bit_vector_proof<G>& proof,
                             std::span<const std::uint8_t> choices,
                             const byte_array<32>& ballot_seed);

extern template verification emit_recomputed(equation_sink<ristretto255>&,
                                             const bit_vector_statement<ristretto255>&,
                                             const bit_vector_proof<ristretto255>&,
                                             std::span<const std::uint8_t>, const byte_array<32>&);
extern template result<bit_vector_ballot<ristretto255>> recompute_vartime(
    const bit_vector_context<ristretto255>&, std::span<const std::uint8_t>, const byte_array<32>&);

}  // namespace sandoq
