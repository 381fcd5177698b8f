#pragma once

// The opening of the transcript that verifier, prover and recomputation share, so that none of them
// can absorb a statement differently.

#include <cstdint>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/proofs/bit_vector.hpp"

namespace sandoq::bit_vector {

/// The transcript after the whole statement.                                           SPEC(45.3)
template <prime_order_group G>
[[nodiscard]] transcript open_transcript(const bit_vector_statement<G>& statement) {
  const bit_vector_shape& shape = statement.context.shape;
  transcript tr("sandoq-1/bit-vector");
  absorb_context(tr, statement.context);
  tr.absorb_integer("ciphertexts", shape.ciphertexts());
  tr.absorb_integer("bits", shape.bits());
  tr.absorb_integer("limit", shape.limit());
  byte_writer weights;
  weights.count(shape.bits());
  for (const std::uint32_t u : shape.weights()) {
    weights.u32(u);
  }
  tr.absorb_bytes("weights", weights.view());
  tr.absorb_encoded_elements<G>("statement", statement.ciphertexts.octets());
  return tr;
}

}  // namespace sandoq::bit_vector
