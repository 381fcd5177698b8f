#pragma once

#include <cstdint>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/protocol.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/group/encoded_element.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/chaum_pedersen.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/proofs/signature.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// What a request of either kind orders opened, decoded, with the request's hash computed once, for
/// many answers. Memory: 352 bytes a pair.
struct decoded_request {
  digest32 hash;
  election_domain domain = election_domain::drill;
  digest32 election_hash;
  std::uint32_t number = 0;
  encoded_elements<ristretto255> alphas;
  std::vector<ristretto255::element> betas;
};

/// Whose answer is checked.
struct answering_trustee {
  verification_key<ristretto255> signing_key;
  encoded_element<ristretto255> share_key;  ///< Y_{b,j}
};

/// What an answer says, whichever item carries it. Refers to the factors.
struct factor_answer {
  board_index board;
  trustee_index trustee;
  const encoded_elements<ristretto255>& factors;  ///< D_i, one an alpha
  const chaum_pedersen_proof<ristretto255>& proof;
  const digest32& signed_digest;  ///< under purpose "partial"
  const wire_signature& signature;
};

/// Emits two equations of the proof that log_G(Y) = log_Abar(Dbar), then one of the signature.
/// Rejects before them: a factor that is the identity where its alpha is not or the reverse, and
/// weights that make Abar the identity.                                     SPEC(55.8) SPEC(55.11)
/// \pre as many factors as alphas; board and trustee have been checked against the roster
/// Cost: two sums of n 128-bit multiples, in blocks by all workers.
verification emit(equation_sink<ristretto255>& sink, const decoded_request& request,
                  const answering_trustee& trustee, const factor_answer& answer, executor& workers);

/// The transcript of 55.8 up to the factors, and the sums that the proof is about.
struct partial_statement {
  transcript context;
  encoded_element<ristretto255> alpha_sum;   ///< Abar
  encoded_element<ristretto255> factor_sum;  ///< Dbar
};
/// Abar = G + sum of w_i alpha_i, Dbar = Y + sum of w_i D_i, w_i drawn after all alpha_i and D_i.
/// SPEC(55.8) \pre as many factors as alphas
[[nodiscard]] partial_statement make_partial_statement(
    const decoded_request& request, board_index board, trustee_index trustee,
    const encoded_element<ristretto255>& share_key, const encoded_elements<ristretto255>& factors,
    executor& workers);

/// Reads octets.size() / 32 elements in blocks by all workers; the error names the first bad one
/// ("element 7"). \pre octets.size() is a multiple of 32. Cost: a decoding each.
[[nodiscard]] result<encoded_elements<ristretto255>> decode_elements(byte_view octets,
                                                                     executor& workers);

}  // namespace sandoq
