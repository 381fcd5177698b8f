#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "sandoq/proofs/proof_election.hpp"

namespace sandoq {

template <prime_order_group G>
result<proof_election<G>> proof_election<G>::make(const digest32& e0, const digest32& e1,
                                                  election_domain domain,
                                                  const encoded_element<G>& joint_key,
                                                  const base_counts& counts) {
  if (joint_key.is_identity()) {
    return fail(errc::identity_element, "joint key",
                "the joint key is the identity, under which nothing would be encrypted");
  }
  proof_election out;
  out.e1_ = e1;
  out.domain_ = domain;
  out.joint_key_ = joint_key;
  out.counts_ = counts;
  out.vector_count_ = std::max(counts.bits, counts.slot_bits);
  const auto derive = [&](literal label, std::size_t count) {
    for (std::size_t i = 1; i <= count; ++i) {
      out.bases_.add(G::base(label, e0, static_cast<std::uint32_t>(i)));
    }
  };
  out.bases_.add(joint_key.element());
  derive("blind", 1);
  derive("vec/G", out.vector_count_);
  if (counts.slot_bits != 0) {
    derive("vec/U", 1);
    derive("vec/R", counts.slot_bits);
  }
  return out;
}

}  // namespace sandoq
