#include "sandoq/threshold/partial_decryption.hpp"

#include <utility>

#include "sandoq/core/contract.hpp"
#include "sandoq/transcript/weights.hpp"

namespace sandoq {
namespace {

using group = ristretto255;

// The concatenated bytes of wire elements.
bytes octets_of(std::span<const wire_element> elements) {
  const auto view = std::as_bytes(elements);
  return {view.begin(), view.end()};
}

verification rejected(const error& e) {
  return verification::rejected(e.place.empty() ? e.reason : e.place + ": " + e.reason);
}

}  // namespace

result<decoded_request> decode_elements(const opening_request& request) {
  std::vector<ciphertext<group>> ciphertexts(request.ciphertexts.size());
  if (auto done = decode_batch(ciphertexts, request.ciphertexts); !done) {
    return fail_within("request " + std::to_string(request.number), std::move(done.error()));
  }
  decoded_request out;
  out.hash = request.hash();
  out.domain = request.domain;
  out.election_hash = request.election_hash;
  out.number = request.number;
  bytes alphas;
  alphas.reserve(request.ciphertexts.size() * group::element_bytes);
  for (const auto& c : request.ciphertexts) {
    alphas.insert(alphas.end(), c.alpha.octets.begin(), c.alpha.octets.end());
  }
  auto decoded = encoded_elements<group>::decode(alphas);
  SANDOQ_EXPECTS(decoded.has_value(), "these bytes were decoded a moment ago");
  out.alphas = std::move(*decoded);
  out.betas.reserve(ciphertexts.size());
  for (const auto& c : ciphertexts) {
    out.betas.push_back(c.beta);
  }
  return out;
}

verification emit_request_signatures(equation_sink<group>& sink, const opening_context& context,
                                     std::span<const board_keys> boards,
                                     const opening_request& request) {
  const signed_message message{"open", context.domain, context.election_hash, request.hash()};
  return emit(sink, boards, message, request.signatures);
}

partial_statement make_partial_statement(const decoded_request& request, board_index board,
                                         trustee_index trustee,
                                         const encoded_element<group>& share_key,
                                         const encoded_elements<group>& factors) {
  SANDOQ_EXPECTS(factors.size() == request.alphas.size(), "one factor a ciphertext");
  transcript context("sandoq-1/partial");
  context.absorb_bytes("request", request.hash.view());
  context.absorb_integer("board", board.value());
  context.absorb_integer("trustee", trustee.value());
  context.absorb_element<group>("share key", share_key);
  context.absorb_encoded_elements<group>("alphas", request.alphas.octets());
  context.absorb_encoded_elements<group>("factors", factors.octets());
  // Weights that were known before all factors are fixed would let two factors be altered so that
  // their errors cancel.
  const weights drawn(context.fork("weights"));
  std::vector<group::scalar> scalars(factors.size());
  for (std::uint32_t i = 0; i < scalars.size(); ++i) {
    scalars[i] = drawn.at<group>(i);
  }
  // G and Y keep the statement defined when every alpha is the identity.
  encoded_element<group> alpha_sum(group::generator() +
                                   group::msm_vartime(scalars, request.alphas.elements()));
  encoded_element<group> factor_sum(share_key.element() +
                                    group::msm_vartime(scalars, factors.elements()));
  return {std::move(context), alpha_sum, factor_sum};
}

verification emit(equation_sink<group>& sink, const decoded_request& request,
                  const answering_trustee& trustee, const partial_decryption& answer) {
  if (answer.number != request.number) {
    return verification::rejected("answers request " + std::to_string(answer.number) +
                                  ", not request " + std::to_string(request.number));
  }
  if (answer.factors.size() != request.alphas.size()) {
    return verification::rejected("has " + std::to_string(answer.factors.size()) + " factors for " +
                                  std::to_string(request.alphas.size()) + " ciphertexts");
  }
  auto factors = encoded_elements<group>::decode(octets_of(answer.factors));
  if (!factors) {
    return rejected(factors.error());
  }
  for (std::size_t i = 0; i < factors->size(); ++i) {
    if (group::is_identity((*factors)[i]) != group::is_identity(request.alphas[i])) {
      return verification::rejected("factor " + std::to_string(i) +
                                    " must be the identity exactly where its alpha is");
    }
  }
  auto statement =
      make_partial_statement(request, answer.board, answer.trustee, trustee.share_key, *factors);
  if (statement.alpha_sum.is_identity()) {
    return verification::rejected("the weighted sum of the alphas is the identity");
  }
  const chaum_pedersen_statement<group> equal_logs{encoded_element<group>(group::generator()),
                                                   statement.alpha_sum, trustee.share_key,
                                                   statement.factor_sum};
  if (auto proved = emit(sink, equal_logs, answer.proof, statement.context); !proved) {
    return verification::rejected("proof: " + proved.reason());
  }
  const signed_message message{"partial", request.domain, request.election_hash,
                               answer.signed_digest(request.hash)};
  if (auto was_signed = emit(sink, trustee.signing_key, message, answer.signature); !was_signed) {
    return verification::rejected("signature: " + was_signed.reason());
  }
  return verification::ok();
}

verification verify(const decoded_request& request, const answering_trustee& trustee,
                    const partial_decryption& answer) {
  // The key is shared with no other equation here, whatever table its index was made for.
  const answering_trustee alone{{trustee.signing_key.element, not_shared}, trustee.share_key};
  checking_sink<group> sink;
  if (auto emitted = emit(sink, request, alone, answer); !emitted) {
    return emitted;
  }
  if (!sink.holds()) {
    return verification::rejected(*sink.first_failure() < 2
                                      ? "the proof of equal logarithms does not hold"
                                      : "the signature does not hold");
  }
  return verification::ok();
}

}  // namespace sandoq
