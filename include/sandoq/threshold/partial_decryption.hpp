#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/hash.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/elgamal/ciphertext.hpp"
#include "sandoq/group/encoded_element.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/proofs/signature.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/opening.hpp"

namespace sandoq {

/// A request with its ciphertexts decoded and its hash computed once, for many answers.
struct decoded_request {
  digest32 hash;
  election_domain domain = election_domain::drill;
  digest32 election_hash;
  std::uint32_t number = 0;
  encoded_elements<ristretto255> alphas;
  std::vector<ristretto255::element> betas;
};

/// \return not_in_group or bad_encoding with the ciphertext. Membership only.
[[nodiscard]] result<decoded_request> decode_elements(const opening_request& request);

/// The request's own quorum: purpose "open", election e1, digest = request hash; e1 and domain are
/// the context's. Emits one equation a signature.                          SPEC(55.7) SPEC(52.1)
verification emit_request_signatures(equation_sink<ristretto255>& sink,
                                     const opening_context& context,
                                     std::span<const board_keys> boards,
                                     const opening_request& request);

/// Whose answer is checked.
struct answering_trustee {
  verification_key<ristretto255> signing_key;
  encoded_element<ristretto255> share_key;  ///< Y_{b,j}
};

/// Emits the equations of one answer: two of the proof that log_G(Y) = log_Abar(Dbar), then one of
/// the signature. Rejects before them: another request number, a wrong number of factors, bytes
/// that do not decode, a factor that is the identity where its alpha is not or the reverse, and
/// weights that make Abar the identity.
///   Abar = G + sum of w_i alpha_i, Dbar = Y + sum of w_i D_i, w_i drawn after all alpha_i and D_i
///   SPEC(55.8)
/// \param answer  of that trustee: the caller has checked board and trustee against the roster
verification emit(equation_sink<ristretto255>& sink, const decoded_request& request,
                  const answering_trustee& trustee, const partial_decryption& answer);

/// The same, checked at once. Cost: n decodings and two sums of n 128-bit multiples.
verification verify(const decoded_request& request, const answering_trustee& trustee,
                    const partial_decryption& answer);

/// The transcript of 55.8 up to the factors, and the sums that the proof is about.
struct partial_statement {
  transcript context;
  encoded_element<ristretto255> alpha_sum;   ///< Abar
  encoded_element<ristretto255> factor_sum;  ///< Dbar
};
/// \pre as many factors as alphas
[[nodiscard]] partial_statement make_partial_statement(
    const decoded_request& request, board_index board, trustee_index trustee,
    const encoded_element<ristretto255>& share_key, const encoded_elements<ristretto255>& factors);

}  // namespace sandoq
