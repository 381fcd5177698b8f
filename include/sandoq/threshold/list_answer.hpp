#pragma once

#include <cstddef>
#include <span>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/factors.hpp"
#include "sandoq/threshold/list_opening.hpp"

namespace sandoq {

/// What a request for a mixed list orders opened: the pairs of all ciphertexts in their order.
/// \param width  w of the contest's ciphertexts
/// \param list   the bytes of alpha_1, beta_1, ..., beta_w of each ciphertext: what the cascade's
///               last stage put out, which has been verified
/// \return mismatch for another length, or for a list whose hash is not the one in the request; the
/// decoder's error for what is no element; identity_element, naming the pair, for an alpha that no
/// shuffle puts out (48.2). Cost: one hash, and two decodings a pair by all workers.
[[nodiscard]] result<decoded_request> decode_elements(const list_request& request,
                                                      std::size_t width, byte_view list,
                                                      executor& workers);

/// The request's own quorum: purpose "open", election e1, digest = request hash; e1 and domain are
/// the context's. Emits one equation a signature.                         SPEC(55.11) SPEC(52.1)
verification emit_request_signatures(equation_sink<ristretto255>& sink,
                                     const opening_context& context,
                                     std::span<const board_keys> boards,
                                     const list_request& request);

/// Emits the equations of one answer: those of factors.hpp. Rejects before them also another
/// request number, a wrong number of factors, factors whose hash is not the answer's. SPEC(55.11)
/// \param answer   of that trustee: the caller has checked board and trustee against the roster
/// \param factors  as they stand beside the list
verification emit(equation_sink<ristretto255>& sink, const decoded_request& request,
                  const answering_trustee& trustee, const list_partial& answer,
                  const encoded_elements<ristretto255>& factors, executor& workers);

/// The same, checked at once, from the bytes of the factors, which are decoded first.
/// Cost: n decodings and two sums of n 128-bit multiples, by all workers.
verification verify(const decoded_request& request, const answering_trustee& trustee,
                    const list_partial& answer, byte_view factors, executor& workers);

}  // namespace sandoq
