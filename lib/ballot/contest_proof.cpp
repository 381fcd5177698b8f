#include "lib/ballot/contest_proof.hpp"

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "sandoq/proofs/bit_vector_recompute.hpp"
#include "sandoq/proofs/packed_recompute.hpp"
#include "sandoq/proofs/slots_recompute.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using bit_proof = bit_vector_proof<G>;
using slot_proof = slots_proof<G>;
using knowledge_proof = plaintext_knowledge_proof<G>;

// The codes of the bits that are set, blank left out.
std::vector<std::uint32_t> codes_of(const contest_terms& terms,
                                    std::span<const std::uint8_t> bits) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < terms.limits.options; ++i) {
    if (bits[i] != 0) {
      out.push_back(i + 1);
    }
  }
  return out;
}

}  // namespace

verification emit_contest(equation_sink<G>& sink, const election_context& election,
                          contest_index contest, const ballot_item& header,
                          const decoded_contest& decoded) {
  const contest_terms& terms = election.terms(contest);
  if (const auto* bits = std::get_if<bit_proof>(&decoded.proof)) {
    const auto context = election.proof_context(contest, terms.bits(), header);
    return emit(sink, bit_vector_statement<G>{context, decoded.ciphertexts}, *bits);
  }
  if (const auto* slots = std::get_if<slot_proof>(&decoded.proof)) {
    const auto context = election.proof_context(contest, terms.slots(), header);
    return emit(sink, slots_statement<G>{context, decoded.ciphertexts}, *slots);
  }
  const auto context = election.proof_context(contest, terms.packed().shape(), header);
  return emit(sink, packed_statement<G>{context, decoded.ciphertexts},
              std::get<knowledge_proof>(decoded.proof));
}

result<void> check_choices(const contest_terms& terms, const revealed_choices& choices) {
  const auto nothing = [](const auto&) {};
  if (choices.encoding != terms.encoding) {
    return fail(errc::bad_witness, "choices", "are of another encoding than the contest");
  }
  switch (terms.encoding) {
    case contest_encoding::bit_vector:
      return complete_bits_vartime(terms.bits(), choices.bits).and_then([&](const auto&) {
        return terms.codes.check(codes_of(terms, choices.bits));
      });
    case contest_encoding::slots:
      return codes_of_vartime(terms.slots(), choices.codes).and_then([&](const auto&) {
        return terms.codes.check(choices.codes);
      });
    case contest_encoding::packed_subset:
      return parts_of_vartime(terms.packed(), {choices.codes, choices.text})
          .and_then([&](const auto&) { return terms.codes.check(choices.codes); });
    default:
      return parts_of_vartime(terms.packed(), {choices.codes, choices.text}).map(nothing);
  }
}

verification emit_opened_contest(equation_sink<G>& sink, const election_context& election,
                                 contest_index contest, const ballot_item& header,
                                 const decoded_contest& decoded, const revealed_choices& choices,
                                 const byte_array<32>& seed) {
  const contest_terms& terms = election.terms(contest);
  if (auto ok = check_choices(terms, choices); !ok) {
    return verification::rejected(to_string(ok.error()));
  }
  if (const auto* bits = std::get_if<bit_proof>(&decoded.proof)) {
    const auto context = election.proof_context(contest, terms.bits(), header);
    return emit_recomputed<G>(sink, {context, decoded.ciphertexts}, *bits, choices.bits, seed);
  }
  if (const auto* slots = std::get_if<slot_proof>(&decoded.proof)) {
    const auto context = election.proof_context(contest, terms.slots(), header);
    return emit_recomputed<G>(sink, {context, decoded.ciphertexts}, *slots, choices.codes, seed);
  }
  const auto context = election.proof_context(contest, terms.packed().shape(), header);
  return emit_recomputed(sink, {context, decoded.ciphertexts}, terms.packed(),
                         std::get<knowledge_proof>(decoded.proof), {choices.codes, choices.text},
                         seed);
}

}  // namespace sandoq
