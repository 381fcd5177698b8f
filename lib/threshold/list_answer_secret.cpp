#include "sandoq/threshold/list_answer_secret.hpp"

#include <utility>

namespace sandoq {

using group = ristretto255;

result<list_answer> prove_list_answer(const decoded_request& request, const decryption_share& share,
                                      const signing_key<group>& key, random_source& source,
                                      executor& workers) {
  const auto proved = prove_factors(request, share, source, workers);
  if (!proved) {
    return tl::unexpected(proved.error());
  }
  const byte_view octets = proved->factors.octets();
  list_answer out{{}, {octets.begin(), octets.end()}};
  out.item.number = request.number;
  out.item.board = share.board;
  out.item.trustee = share.trustee;
  out.item.factors = factors_hash(octets);
  out.item.proof = proved->proof;
  const signed_message message{"partial", request.domain, request.election_hash,
                               out.item.signed_digest(request.hash)};
  auto signature = sign(key, message, source);
  if (!signature) {
    return fail_within("signature", std::move(signature.error()));
  }
  out.item.signature = *signature;
  return out;
}

}  // namespace sandoq
