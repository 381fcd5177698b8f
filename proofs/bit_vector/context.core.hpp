#pragma once

// Bodies of sandoq/proofs/bit_vector_context.hpp, and the opening of the transcript that verifier,
// prover and recomputation share, so that none of them can absorb a statement differently.

#include <cstddef>
#include <cstdint>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/proofs/bit_vector.hpp"
#include "sandoq/proofs/bit_vector_context.hpp"

namespace sandoq {

template <prime_order_group G>
result<bit_vector_election<G>> bit_vector_election<G>::make(const digest32& e0, const digest32& e1,
                                                            election_domain domain,
                                                            const encoded_element<G>& joint_key,
                                                            std::size_t max_bits) {
  if (joint_key.is_identity()) {
    return fail(errc::identity_element, "joint key",
                "the joint key is the identity, under which nothing would be encrypted");
  }
  bit_vector_election out;
  out.e1_ = e1;
  out.domain_ = domain;
  out.joint_key_ = joint_key;
  out.bases_.add(joint_key.element());
  out.bases_.add(G::base("blind", e0, 1));
  for (std::size_t i = 1; i <= max_bits; ++i) {
    out.bases_.add(G::base("vec/G", e0, static_cast<std::uint32_t>(i)));
  }
  return out;
}

template <prime_order_group G>
void absorb_context(transcript& tr, const bit_vector_context<G>& context) {
  tr.absorb_integer("version", 1);
  tr.absorb_bytes("suite", bytes_of(suite_name));
  tr.absorb_bytes("e1", context.election.e1().view());
  tr.absorb_integer("domain", static_cast<std::uint64_t>(context.election.domain()));
  tr.absorb_element<G>("K", context.election.joint_key());
  tr.absorb_bytes("contest", bytes_of(context.contest_id));
  tr.absorb_bytes("descriptor", context.descriptor.view());
  tr.absorb_integer("branch", context.branch.value());
  tr.absorb_integer("device", context.device.value());
  tr.absorb_integer("serial", context.number.value());
  tr.absorb_integer("style", context.style.value());
  tr.absorb_integer("digits", context.digits);
}

namespace bit_vector {

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

}  // namespace bit_vector
}  // namespace sandoq
