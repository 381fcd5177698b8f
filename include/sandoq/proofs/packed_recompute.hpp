#pragma once

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/proofs/packed.hpp"

namespace sandoq {

/// Emits the equations that say that a published ballot is what a device must have published for
/// this choice and this seed: alpha_l - r_l G, beta_l - r_l K - element(m_l) and W - omega G; the
/// response is compared at once. For a challenged ballot, whose choice and seed are public.
/// \param numbers   of the shape of published.context
/// \param revealed  subset: codes 1..n, strictly ascending; ranking: codes, best first
/// \return rejected for a choice that 47.4 does not permit, another response, wrong numbers of
/// elements, bytes of the proof that do not decode, and where a nonce or the challenge is 0.
/// \pre the sink's table is published.context.election.bases(), and the weights are drawn after
/// ballot, choice and seed. Cost: w searches for an element, 3w + 1 terms.
/// SPEC(52.6) SPEC(47.3)
[[nodiscard]] verification emit_recomputed(equation_sink<ristretto255>& sink,
                                           const packed_statement<ristretto255>& published,
                                           const packed_numbers& numbers,
                                           const plaintext_knowledge_proof<ristretto255>& proof,
                                           const packed_choice& revealed,
                                           const byte_array<32>& ballot_seed);

/// v_1 ... v_w of a public choice, 30 bytes each, little-endian.                       SPEC(47.1)
/// \return bad_witness, with what is wrong, for a choice that 47.4 does not permit.
[[nodiscard]] result<bytes> parts_of_vartime(const packed_numbers& numbers,
                                             const packed_choice& choice);

/// element(v + 1). \param part  v, 30 bytes, little-endian
/// \return not_found if no counter gives an encoding (probability about 2^-106)         SPEC(47.2)
[[nodiscard]] result<ristretto255::element> element_of_vartime(byte_view part);

}  // namespace sandoq
