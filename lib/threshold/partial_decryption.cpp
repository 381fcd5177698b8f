#include "sandoq/threshold/partial_decryption.hpp"

#include <utility>

#include "lib/threshold/checked_answer.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

using group = ristretto255;

// The concatenated bytes of wire elements.
bytes octets_of(std::span<const wire_element> elements) {
  const auto view = std::as_bytes(elements);
  return {view.begin(), view.end()};
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
  return detail::emit_quorum(sink, context, boards, request);
}

verification emit(equation_sink<group>& sink, const decoded_request& request,
                  const answering_trustee& trustee, const partial_decryption& answer) {
  if (auto fits = detail::check_answer(request, answer.number, answer.factors.size()); !fits) {
    return fits;
  }
  auto factors = encoded_elements<group>::decode(octets_of(answer.factors));
  if (!factors) {
    return detail::rejected(factors.error());
  }
  sequential_executor here;
  const digest32 digest = answer.signed_digest(request.hash);
  return emit(sink, request, trustee,
              {answer.board, answer.trustee, *factors, answer.proof, digest, answer.signature},
              here);
}

verification verify(const decoded_request& request, const answering_trustee& trustee,
                    const partial_decryption& answer) {
  return detail::check_alone(trustee, [&](equation_sink<group>& sink, const auto& alone) {
    return emit(sink, request, alone, answer);
  });
}

}  // namespace sandoq
