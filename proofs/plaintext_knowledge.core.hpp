#pragma once

#include <algorithm>
#include <string>

#include "proofs/sigma/sigma.core.hpp"
#include "sandoq/proofs/plaintext_knowledge.hpp"

namespace sandoq {

namespace detail {

template <prime_order_group G>
result<void> validate(const plaintext_knowledge_statement<G>& statement) {
  const auto& list = statement.ciphertexts;
  if (list.empty() || list.size() > plaintext_knowledge_statement<G>::max_width) {
    return fail(errc::bad_statement, "ciphertexts", "a ciphertext has 1 to 64 components");
  }
  if (statement.K.is_identity()) {
    return fail(errc::identity_element, "K", "a key is not the identity");
  }
  for (std::size_t l = 0; l < list.size(); ++l) {
    if (list[l].alpha.is_identity()) {
      return fail(errc::identity_element, "ciphertext " + std::to_string(l) + "/alpha",
                  "alpha is not the identity");
    }
  }
  return {};
}

template <prime_order_group G>
void absorb(const plaintext_knowledge_statement<G>& statement, transcript& tr) {
  bytes parts;
  parts.reserve(2 * G::element_bytes * statement.ciphertexts.size());
  for (const auto& c : statement.ciphertexts) {
    parts.insert(parts.end(), c.alpha.octets().begin(), c.alpha.octets().end());
    parts.insert(parts.end(), c.beta.octets().begin(), c.beta.octets().end());
  }
  tr.absorb_element("K", statement.K);
  tr.template absorb_encoded_elements<G>("ciphertexts", parts);
}

}  // namespace detail

template <prime_order_group G>
verification emit(equation_sink<G>& sink, const plaintext_knowledge_statement<G>& statement,
                  const plaintext_knowledge_proof<G>& proof, transcript& tr) {
  if (auto valid = detail::validate(statement); !valid) {
    return verification::rejected("statement: " + to_string(valid.error()));
  }
  const byte_view wire = proof.view().first(G::element_bytes);
  detail::absorb(statement, tr);
  tr.template absorb_encoded_element<G>("W", wire);
  const auto c = tr.template challenge<G>("c");
  if (!c) {
    return verification::rejected(to_string(c.error()));
  }
  const auto W = G::decode(wire);
  if (!W) {
    return verification::rejected("W/" + to_string(W.error()));
  }
  const auto z = G::decode_scalar(proof.view().subspan(wire.size()));
  if (!z) {
    return verification::rejected("z/" + to_string(z.error()));
  }
  sink.begin_equation();
  sink.add_base(generator_base, *z);
  sink.subtract(*W);
  scalar_of<G> power = *c;
  for (const auto& ciphertext : statement.ciphertexts) {
    sink.add(-power, ciphertext.alpha.element());
    power = power * *c;
  }
  return verification::ok();
}

template <prime_order_group G>
verification verify(const plaintext_knowledge_statement<G>& statement,
                    const plaintext_knowledge_proof<G>& proof, transcript& tr) {
  checking_sink<G> sink;
  if (auto outcome = emit(static_cast<equation_sink<G>&>(sink), statement, proof, tr); !outcome) {
    return outcome;
  }
  return detail::close(sink);
}

}  // namespace sandoq
