#pragma once

#include <cstdint>
#include <string_view>

#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/group/concept.hpp"
#include "sandoq/proofs/proof_election.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// Where the proof of a contest belongs: election, contest and ballot, the twelve records of the
/// ballot context. Shape is what the kind of proof derives from the contest's limits. Refers to its
/// parts, so it lives as long as the call it is made for.                              SPEC(45.3)
template <prime_order_group G, class Shape>
struct contest_context {
  const proof_election<G>& election;  ///< with bases for this shape
  const Shape& shape;                 ///< of the contest
  std::string_view contest_id;
  digest32 descriptor;  ///< the contest's descriptor hash
  branch_index branch;
  device_index device;
  serial number;
  style_index style;
  std::uint16_t digits = 0;  ///< the voter's four digits, or 10,000
};

/// Absorbs the twelve records of the ballot context.             SPEC(45.3) SPEC(46.4) SPEC(52.4)
template <prime_order_group G, class Shape>
void absorb_context(transcript& tr, const contest_context<G, Shape>& context) {
  tr.absorb_integer("version", 1);
  tr.absorb_bytes("suite", bytes_of(suite_name));
  tr.absorb_bytes("e1", context.election.e1().view());
  tr.absorb_integer("domain", static_cast<std::uint64_t>(context.election.domain()));
  tr.template absorb_element<G>("K", context.election.joint_key());
  tr.absorb_bytes("contest", bytes_of(context.contest_id));
  tr.absorb_bytes("descriptor", context.descriptor.view());
  tr.absorb_integer("branch", context.branch.value());
  tr.absorb_integer("device", context.device.value());
  tr.absorb_integer("serial", context.number.value());
  tr.absorb_integer("style", context.style.value());
  tr.absorb_integer("digits", context.digits);
}

}  // namespace sandoq
