#include "sandoq/threshold/partial_decryption_secret.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "sandoq/core/contract.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/proofs/chaum_pedersen_prove.hpp"

namespace sandoq {
namespace {

using group = ristretto255;

std::vector<group::element> factors_of(const decoded_request& request,
                                       const secret_scalar<group>& share) {
  const auto alphas = request.alphas.elements();
  std::vector<group::element> out;
  out.reserve(alphas.size());
  for (const auto& factor : secret_ops<group>::mul_each(share, alphas)) {
    out.push_back(declassify<"a partial decryption that the boards have ordered">(factor));
  }
  return out;
}

}  // namespace

result<partial_decryption> prove_partial_decryption(const decoded_request& request,
                                                    const decryption_share& share,
                                                    const signing_key<group>& key,
                                                    random_source& source) {
  const encoded_elements<group> factors(factors_of(request, share.share));
  auto statement =
      make_partial_statement(request, share.board, share.trustee, share.share_key, factors);
  if (statement.alpha_sum.is_identity()) {
    return fail(errc::identity_element, "request " + std::to_string(request.number),
                "the weighted sum of its alphas is the identity, so nothing can be proved");
  }
  partial_decryption out;
  out.number = request.number;
  out.board = share.board;
  out.trustee = share.trustee;
  out.factors.resize(factors.size());
  std::copy(factors.octets().begin(), factors.octets().end(),
            std::as_writable_bytes(std::span(out.factors)).begin());
  auto proof = prove(
      chaum_pedersen_statement<group>{encoded_element<group>(group::generator()),
                                      statement.alpha_sum, share.share_key, statement.factor_sum},
      share.share, statement.context, source);
  if (!proof) {
    return fail_within("proof", std::move(proof.error()));
  }
  out.proof = *proof;
  const signed_message message{"partial", request.domain, request.election_hash,
                               out.signed_digest(request.hash)};
  auto signature = sign(key, message, source);
  if (!signature) {
    return fail_within("signature", std::move(signature.error()));
  }
  out.signature = *signature;
  return out;
}

}  // namespace sandoq
