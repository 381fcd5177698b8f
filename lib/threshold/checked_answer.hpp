#pragma once

// What the two kinds of requests, and of answers, have in common when one of them is checked.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/proofs/signature.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/factors.hpp"

namespace sandoq::detail {

[[nodiscard]] inline verification rejected(const error& e) {
  return verification::rejected(e.place.empty() ? e.reason : e.place + ": " + e.reason);
}

/// Whether an answer has the request's number and as many factors as it has pairs.
[[nodiscard]] inline verification check_answer(const decoded_request& request, std::uint32_t number,
                                               std::size_t factors) {
  if (number != request.number) {
    return verification::rejected("answers request " + std::to_string(number) + ", not request " +
                                  std::to_string(request.number));
  }
  if (factors != request.alphas.size()) {
    return verification::rejected("has " + std::to_string(factors) + " factors for " +
                                  std::to_string(request.alphas.size()) + " ciphertexts");
  }
  return verification::ok();
}

/// Emits a request's own quorum, of either kind: one equation a signature.
template <class Request>
[[nodiscard]] verification emit_quorum(equation_sink<ristretto255>& sink,
                                       const opening_context& context,
                                       std::span<const board_keys> boards, const Request& request) {
  const signed_message message{"open", context.domain, context.election_hash, request.hash()};
  return emit(sink, boards, message, request.signatures);
}

/// Checks what emit_answer(sink, trustee) emits: the proof's two equations, then the signature's.
template <class EmitAnswer>
[[nodiscard]] verification check_alone(const answering_trustee& trustee, EmitAnswer&& emit_answer) {
  // The key is shared with no other equation here, whatever table its index was made for.
  const answering_trustee alone{{trustee.signing_key.element, not_shared}, trustee.share_key};
  checking_sink<ristretto255> sink;
  if (auto emitted = emit_answer(sink, alone); !emitted) {
    return emitted;
  }
  if (!sink.holds()) {
    return verification::rejected(*sink.first_failure() < 2
                                      ? "the proof of equal logarithms does not hold"
                                      : "the signature does not hold");
  }
  return verification::ok();
}

}  // namespace sandoq::detail
