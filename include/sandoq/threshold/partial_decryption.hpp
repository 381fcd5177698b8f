#pragma once

#include <span>

#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/elgamal/ciphertext.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/factors.hpp"
#include "sandoq/threshold/opening.hpp"

namespace sandoq {

/// \return not_in_group or bad_encoding with the ciphertext. Membership only.
[[nodiscard]] result<decoded_request> decode_elements(const opening_request& request);

/// The request's own quorum: purpose "open", election e1, digest = request hash; e1 and domain are
/// the context's. Emits one equation a signature.                          SPEC(55.7) SPEC(52.1)
verification emit_request_signatures(equation_sink<ristretto255>& sink,
                                     const opening_context& context,
                                     std::span<const board_keys> boards,
                                     const opening_request& request);

/// Emits the equations of one answer: those of factors.hpp. Rejects before them also another
/// request number, a wrong number of factors, bytes that do not decode.                SPEC(55.8)
/// \param answer  of that trustee: the caller has checked board and trustee against the roster
verification emit(equation_sink<ristretto255>& sink, const decoded_request& request,
                  const answering_trustee& trustee, const partial_decryption& answer);

/// The same, checked at once. Cost: n decodings and two sums of n 128-bit multiples.
verification verify(const decoded_request& request, const answering_trustee& trustee,
                    const partial_decryption& answer);

}  // namespace sandoq
