#include "sandoq/threshold/partial_decryption_secret.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace sandoq {

using group = ristretto255;

result<partial_decryption> prove_partial_decryption(const decoded_request& request,
                                                    const decryption_share& share,
                                                    const signing_key<group>& key,
                                                    random_source& source) {
  sequential_executor here;
  auto proved = prove_factors(request, share, source, here);
  if (!proved) {
    return tl::unexpected(std::move(proved.error()));
  }
  partial_decryption out;
  out.number = request.number;
  out.board = share.board;
  out.trustee = share.trustee;
  out.proof = proved->proof;
  out.factors.resize(proved->factors.size());
  std::copy(proved->factors.octets().begin(), proved->factors.octets().end(),
            std::as_writable_bytes(std::span(out.factors)).begin());
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
