// What every phase of an election hangs on: names as machine profiles have them, and numbers from
// the workload.

#include <array>

#include "machine_profile.hpp"

namespace sandoq::tool {
namespace {

using load_ref = const workload&;

constexpr double once(load_ref) {
  return 1;
}

constexpr std::array ceremony_terms{
    cost_term{"once", once},
    cost_term{"trustee_pair", [](load_ref w) { return w.trustee_pairs; }},
    cost_term{"manifest_byte", [](load_ref w) { return w.manifest_bytes; }},
};

constexpr std::array voting_terms{
    cost_term{"device", [](load_ref w) { return w.devices; }},
    cost_term{"device_signature", [](load_ref w) { return w.device_signatures; }},
    cost_term{"ballot", [](load_ref w) { return w.made.ballots; }},
    cost_term{"ballot_contest", [](load_ref w) { return w.made.contests; }},
    cost_term{"ciphertext", [](load_ref w) { return w.made.ciphertexts; }},
    cost_term{"slot_base", [](load_ref w) { return w.slot_bases; }},
    cost_term{"slot_term", [](load_ref w) { return w.made.slot_terms; }},
    cost_term{"packed_ciphertext", [](load_ref w) { return w.made.packed_ciphertexts; }},
    cost_term{"packed_mark", [](load_ref w) { return w.made.packed_marks; }},
};

// A batch of proofs costs something of its own, beside what each ballot in it costs: hence what
// hangs on busy devices, whose ballots a drill verifies together, and below on blocks of a record.
constexpr std::array tally_terms{
    cost_term{"device", [](load_ref w) { return w.devices; }},
    cost_term{"busy_device_ciphertext", [](load_ref w) { return w.first.ciphertexts; }},
    cost_term{"busy_device_slot_bit", [](load_ref w) { return w.first.slot_bits; }},
    cost_term{"ballot", [](load_ref w) { return w.cast.ballots; }},
    cost_term{"ballot_contest", [](load_ref w) { return w.cast.contests; }},
    cost_term{"ciphertext", [](load_ref w) { return w.cast.ciphertexts; }},
    cost_term{"slot_element", [](load_ref w) { return w.cast.slot_elements; }},
    cost_term{"slot_bit", [](load_ref w) { return w.cast.slot_bits; }},
    cost_term{"packed_ciphertext", [](load_ref w) { return w.cast.packed_ciphertexts; }},
    cost_term{"node_ciphertext", [](load_ref w) { return w.node_ciphertexts; }},
};

constexpr std::array mixing_terms{
    cost_term{"base", [](load_ref w) { return w.mix.bases; }},
    cost_term{"stage", [](load_ref w) { return w.mix.stages; }},
    cost_term{"line", [](load_ref w) { return w.mix.proved_lines; }},
    cost_term{"pair", [](load_ref w) { return w.mix.proved_pairs; }},
};

constexpr std::array opening_terms{
    cost_term{"once", once},
    cost_term{"answer", [](load_ref w) { return w.answers; }},
    cost_term{"answer_ciphertext", [](load_ref w) { return w.answer_ciphertexts; }},
    cost_term{"list_answer", [](load_ref w) { return w.mix.answers; }},
    cost_term{"list_answer_pair", [](load_ref w) { return w.mix.answer_pairs; }},
    cost_term{"opened_slot", [](load_ref w) { return w.mix.opened_slots; }},
    cost_term{"opened_packed", [](load_ref w) { return w.mix.opened_packed; }},
    cost_term{"slot_code", [](load_ref w) { return w.mix.codes; }},
};

constexpr std::array verify_terms{
    cost_term{"once", once},
    cost_term{"manifest_byte", [](load_ref w) { return w.manifest_bytes; }},
    cost_term{"device", [](load_ref w) { return w.devices; }},
    cost_term{"device_signature", [](load_ref w) { return w.device_signatures; }},
    cost_term{"ballot", [](load_ref w) { return w.made.ballots; }},
    cost_term{"ballot_contest", [](load_ref w) { return w.made.contests; }},
    cost_term{"ciphertext", [](load_ref w) { return w.made.ciphertexts; }},
    cost_term{"challenged_ciphertext", [](load_ref w) { return w.challenged.ciphertexts; }},
    cost_term{"block_slot_base", [](load_ref w) { return w.verify_blocks * w.slot_bases; }},
    cost_term{"slot_element", [](load_ref w) { return w.made.slot_elements; }},
    cost_term{"slot_bit", [](load_ref w) { return w.made.slot_bits; }},
    cost_term{"challenged_slot_term", [](load_ref w) { return w.challenged.slot_terms; }},
    cost_term{"packed_ciphertext", [](load_ref w) { return w.made.packed_ciphertexts; }},
    cost_term{"challenged_packed", [](load_ref w) { return w.challenged.packed_ciphertexts; }},
    cost_term{"node_ciphertext", [](load_ref w) { return w.node_ciphertexts; }},
    cost_term{"answer_ciphertext", [](load_ref w) { return w.answer_ciphertexts; }},
    cost_term{"mix_stage", [](load_ref w) { return w.mix.stages; }},
    cost_term{"mix_line", [](load_ref w) { return w.mix.lines; }},
    cost_term{"mix_pair", [](load_ref w) { return w.mix.pairs; }},
    cost_term{"list_answer_pair", [](load_ref w) { return w.mix.answer_pairs; }},
    cost_term{"opened_packed", [](load_ref w) { return w.mix.opened_packed; }},
    cost_term{"slot_code", [](load_ref w) { return w.mix.codes; }},
};
static_assert(verify_terms.size() == max_terms, "no phase has more terms");

}  // namespace

std::string_view name_of(work_phase phase) noexcept {
  constexpr std::array<std::string_view, work_phases> names{"ceremony", "voting",  "tally",
                                                            "mixing",   "opening", "verify"};
  return names[static_cast<std::size_t>(phase)];
}

std::span<const cost_term> terms_of(work_phase phase) noexcept {
  switch (phase) {
    case work_phase::ceremony:
      return ceremony_terms;
    case work_phase::voting:
      return voting_terms;
    case work_phase::tally:
      return tally_terms;
    case work_phase::mixing:
      return mixing_terms;
    case work_phase::opening:
      return opening_terms;
    case work_phase::verify:
      break;
  }
  return verify_terms;
}

}  // namespace sandoq::tool
