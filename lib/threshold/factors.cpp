#include "sandoq/threshold/factors.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "lib/group/blocks.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/transcript/weights.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using elements = encoded_elements<group>;

// Long enough for a sum's window to be wide, short enough for its scalars to stay in the cache.
constexpr std::size_t sum_block = 8192;

struct weighted_sums {
  group::element alphas;
  group::element factors;
};

weighted_sums sums_of(const weights& drawn, const elements& alphas, const elements& factors,
                      index_range range) {
  std::vector<group::scalar> scalars(range.end - range.begin);
  for (std::size_t i = 0; i < scalars.size(); ++i) {
    scalars[i] = drawn.at<group>(static_cast<std::uint32_t>(range.begin + i));
  }
  return {group::msm_vartime(scalars, alphas.elements().subspan(range.begin, scalars.size())),
          group::msm_vartime(scalars, factors.elements().subspan(range.begin, scalars.size()))};
}

// A proof says nothing about alphas that are the identity, so their factors are looked at.
verification check_identities(const elements& alphas, const elements& factors) {
  for (std::size_t i = 0; i < factors.size(); ++i) {
    if (group::is_identity(factors[i]) != group::is_identity(alphas[i])) {
      return verification::rejected("factor " + std::to_string(i) +
                                    " must be the identity exactly where its alpha is");
    }
  }
  return verification::ok();
}

}  // namespace

partial_statement make_partial_statement(const decoded_request& request, board_index board,
                                         trustee_index trustee,
                                         const encoded_element<group>& share_key,
                                         const elements& factors, executor& workers) {
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
  const std::vector<weighted_sums> parts = detail::by_blocks<weighted_sums>(
      workers, factors.size(), sum_block,
      [&](index_range range) { return sums_of(drawn, request.alphas, factors, range); });
  // G and Y keep the statement defined when every alpha is the identity.
  weighted_sums total{group::generator(), share_key.element()};
  for (const weighted_sums& part : parts) {
    total.alphas += part.alphas;
    total.factors += part.factors;
  }
  return {std::move(context), encoded_element<group>(total.alphas),
          encoded_element<group>(total.factors)};
}

verification emit(equation_sink<group>& sink, const decoded_request& request,
                  const answering_trustee& trustee, const factor_answer& answer,
                  executor& workers) {
  if (auto allowed = check_identities(request.alphas, answer.factors); !allowed) {
    return allowed;
  }
  auto statement = make_partial_statement(request, answer.board, answer.trustee, trustee.share_key,
                                          answer.factors, workers);
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
                               answer.signed_digest};
  if (auto was_signed = emit(sink, trustee.signing_key, message, answer.signature); !was_signed) {
    return verification::rejected("signature: " + was_signed.reason());
  }
  return verification::ok();
}

result<elements> decode_elements(byte_view octets, executor& workers) {
  auto decoded = detail::decode_by_blocks(octets, workers);
  if (!decoded) {
    return elements::decode(octets);  // names the first bad one among all
  }
  return std::move(*decoded);
}

}  // namespace sandoq
