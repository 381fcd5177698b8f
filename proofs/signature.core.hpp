#pragma once

#include "proofs/schnorr.core.hpp"
#include "sandoq/proofs/signature.hpp"

namespace sandoq {

namespace detail {

/// The context of a signature; the Schnorr proof follows.                               SPEC(40.8)
inline transcript signature_transcript(const signed_message& message) noexcept {
  transcript tr("sandoq-1/signature");
  tr.absorb_bytes("purpose", bytes_of(message.purpose.view()));
  tr.absorb_integer("domain", static_cast<std::uint64_t>(message.domain));
  tr.absorb_bytes("election", message.election.view());
  tr.absorb_bytes("digest", message.digest.view());
  return tr;
}

template <prime_order_group G>
schnorr_statement<G> signature_statement(const verification_key<G>& key) {
  return {encoded_generator<G>(), key.element, key.shared};
}

}  // namespace detail

template <prime_order_group G>
verification emit(equation_sink<G>& sink, const verification_key<G>& key,
                  const signed_message& message, const signature<G>& sig) {
  transcript tr = detail::signature_transcript(message);
  return emit(sink, detail::signature_statement(key), sig, tr);
}

template <prime_order_group G>
verification verify(const verification_key<G>& key, const signed_message& message,
                    const signature<G>& sig) {
  transcript tr = detail::signature_transcript(message);
  return verify(detail::signature_statement(key), sig, tr);
}

}  // namespace sandoq
