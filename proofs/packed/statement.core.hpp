#pragma once

#include <cstddef>

#include "sandoq/proofs/packed.hpp"

namespace sandoq::packed {

/// The transcript that the proof of knowledge goes on with.                            SPEC(47.3)
template <prime_order_group G>
[[nodiscard]] transcript open_transcript(const packed_statement<G>& statement) {
  transcript tr("sandoq-1/packed");
  absorb_context(tr, statement.context);
  tr.absorb_integer("width", statement.context.shape.width());
  return tr;
}

/// The same ciphertexts in the form of 40.7.
template <prime_order_group G>
[[nodiscard]] plaintext_knowledge_statement<G> knowledge_of(const packed_statement<G>& statement) {
  plaintext_knowledge_statement<G> out{statement.context.election.joint_key(), {}};
  for (std::size_t i = 0; i + 1 < statement.ciphertexts.size(); i += 2) {
    out.ciphertexts.emplace_back(statement.ciphertexts.at(i), statement.ciphertexts.at(i + 1));
  }
  return out;
}

}  // namespace sandoq::packed
