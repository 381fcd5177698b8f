#include "sandoq/threshold/factors_secret.hpp"

#include <string>
#include <utility>
#include <vector>

#include "lib/group/blocks.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/proofs/chaum_pedersen_prove.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using elements = encoded_elements<group>;

// Products stay secret until a block is done; a block's memory is wiped before the next.
constexpr std::size_t multiply_block = 1024;

}  // namespace

elements make_factors(const decoded_request& request, const decryption_share& share,
                      executor& workers) {
  const auto multiples = [&](index_range range) {
    std::vector<group::element> out;
    out.reserve(range.end - range.begin);
    const auto alphas = request.alphas.elements().subspan(range.begin, range.end - range.begin);
    for (const auto& factor : secret_ops<group>::mul_each(share.share, alphas)) {
      out.push_back(declassify<"a partial decryption that the boards have ordered">(factor));
    }
    return elements(std::move(out));
  };
  return detail::joined(
      detail::by_blocks<elements>(workers, request.alphas.size(), multiply_block, multiples));
}

result<proved_factors> prove_factors(const decoded_request& request, const decryption_share& share,
                                     random_source& source, executor& workers) {
  proved_factors out;
  out.factors = make_factors(request, share, workers);
  auto statement = make_partial_statement(request, share.board, share.trustee, share.share_key,
                                          out.factors, workers);
  if (statement.alpha_sum.is_identity()) {
    return fail(errc::identity_element, "request " + std::to_string(request.number),
                "the weighted sum of its alphas is the identity, so nothing can be proved");
  }
  auto proof = prove(
      chaum_pedersen_statement<group>{encoded_element<group>(group::generator()),
                                      statement.alpha_sum, share.share_key, statement.factor_sum},
      share.share, statement.context, source);
  if (!proof) {
    return fail_within("proof", std::move(proof.error()));
  }
  out.proof = *proof;
  return out;
}

}  // namespace sandoq
