#pragma once

#include <string_view>

#include "sandoq/core/canonical.hpp"
#include "sandoq/core/domain.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/literal.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/group/encoded_element.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/proofs/schnorr.hpp"

namespace sandoq {

/// What is signed. Each place of use names purpose, election (e0 before the joint key exists, e1
/// afterwards) and digest.                                                             SPEC(40.8)
struct signed_message {
  literal purpose;
  election_domain domain;
  digest32 election;
  digest32 digest;
};

/// A signature is a Schnorr proof of the key's logarithm, bound to the message.
template <prime_order_group G>
using signature = schnorr_proof<G>;
/// T || z, 64 bytes.
using wire_signature = signature<ristretto255>;

/// A public signing key and, where sinks share it, its place in their table.
template <prime_order_group G>
struct verification_key {
  encoded_element<G> element;
  base_index shared = not_shared;
};

/// Emits one equation; rejects, before it, the identity as key and bytes that do not decode.
template <prime_order_group G>
verification emit(equation_sink<G>& sink, const verification_key<G>& key,
                  const signed_message& message, const signature<G>& sig);

/// The same, checked at once. Cost: about 1 decoding and 3 variable-time multiplications.
template <prime_order_group G>
verification verify(const verification_key<G>& key, const signed_message& message,
                    const signature<G>& sig);

/// Structure only: 64 bytes.
[[nodiscard]] result<wire_signature> read_signature(byte_reader& in, std::string_view field);
inline void write(byte_writer& out, const wire_signature& sig) {
  out.fixed(sig.view());
}

extern template verification emit(equation_sink<ristretto255>&,
                                  const verification_key<ristretto255>&, const signed_message&,
                                  const wire_signature&);
extern template verification verify(const verification_key<ristretto255>&, const signed_message&,
                                    const wire_signature&);

}  // namespace sandoq
