#include "sandoq/ballot/encrypt_secret.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "lib/ballot/choice_check_secret.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/packed_prove.hpp"
#include "sandoq/proofs/slots_prove.hpp"

namespace sandoq {
namespace {

using G = ristretto255;

// `size` bytes of the choices, from `offset`.
secret_bytes part_of(const secret_bytes& choices, std::size_t offset, std::size_t size) {
  return secret_bytes(expose_for_secret_ops(choices).subspan(offset, size));
}

result<contest_ballot> encrypt_bits(const ballot_prover& prover,
                                    const bit_vector_context<G>& context,
                                    const secret_bytes& choices, const ballot_seed& seed) {
  auto encrypted = encrypt_choices<G>(prover, context, choices, seed);
  if (!encrypted) {
    return tl::unexpected<error>(std::move(encrypted.error()));
  }
  const bit_vector_statement<G> statement{context, encrypted->ciphertexts};
  auto proof = prove<G>(prover, statement, encrypted->witness, seed);
  if (!proof) {
    return tl::unexpected<error>(std::move(proof.error()));
  }
  return contest_ballot{encode_ciphertexts(encrypted->ciphertexts), encode(*proof)};
}

result<contest_ballot> encrypt_codes(const ballot_prover& prover, const slots_context<G>& context,
                                     const secret_bytes& choices, const ballot_seed& seed) {
  auto encrypted = encrypt_slots<G>(prover, context, choices, seed);
  if (!encrypted) {
    return tl::unexpected<error>(std::move(encrypted.error()));
  }
  const slots_statement<G> statement{context, encrypted->ciphertexts};
  auto proof = prove<G>(prover, statement, encrypted->witness, seed);
  if (!proof) {
    return tl::unexpected<error>(std::move(proof.error()));
  }
  return contest_ballot{encode_ciphertexts(encrypted->ciphertexts), encode(*proof)};
}

result<packed_parts> parts_of(const contest_terms& terms, const secret_bytes& choices) {
  const detail::choice_layout layout = detail::layout_of(terms);
  const std::size_t marks = layout.options + layout.blank;
  const secret_bytes text = part_of(choices, marks, layout.text);
  if (terms.encoding == contest_encoding::packed_subset) {
    return parts_of_subset(terms.packed(), part_of(choices, 0, marks), text);
  }
  std::vector<secret<std::uint64_t>> ranks(terms.limits.max_choices);
  const byte_view octets = expose_for_secret_ops(choices);
  for (std::size_t j = 0; j < ranks.size(); ++j) {
    ranks[j] = secret<std::uint64_t>::made_by([&] {
      std::uint64_t code = 0;
      for (std::size_t i = 0; i < 4; ++i) {
        code |= std::to_integer<std::uint64_t>(octets[4 * j + i]) << (8 * i);
      }
      return code;
    });
  }
  return parts_of_ranking(terms.packed(), ranks, text);
}

result<contest_ballot> encrypt_packed_choice(const ballot_prover& prover,
                                             const packed_context<G>& context,
                                             const contest_terms& terms,
                                             const secret_bytes& choices, const ballot_seed& seed) {
  const auto parts = parts_of(terms, choices);
  if (!parts) {
    return tl::unexpected<error>(parts.error());
  }
  auto encrypted = encrypt_packed(prover, context, *parts, seed);
  if (!encrypted) {
    return tl::unexpected<error>(std::move(encrypted.error()));
  }
  const auto proof =
      prove(packed_statement<G>{context, encrypted->ciphertexts}, encrypted->r, seed);
  if (!proof) {
    return tl::unexpected<error>(proof.error());
  }
  return contest_ballot{terms.encoding, encode_ciphertexts(encrypted->ciphertexts), *proof};
}

result<contest_ballot> encrypt_contest(const election_context& election,
                                       const ballot_prover& prover, const ballot_item& header,
                                       const contest_selection& selection,
                                       const ballot_seed& seed) {
  const contest_index contest = selection.contest();
  const contest_terms& terms = election.terms(contest);
  switch (terms.encoding) {
    case contest_encoding::bit_vector:
      return encrypt_bits(prover, election.proof_context(contest, terms.bits(), header),
                          selection.choices(), seed);
    case contest_encoding::slots:
      return encrypt_codes(prover, election.proof_context(contest, terms.slots(), header),
                           selection.choices(), seed);
    default:
      return encrypt_packed_choice(prover,
                                   election.proof_context(contest, terms.packed().shape(), header),
                                   terms, selection.choices(), seed);
  }
}

}  // namespace

result<std::vector<contest_ballot>> encrypt_ballot(const election_context& election,
                                                   const ballot_prover& prover,
                                                   const ballot_item& header,
                                                   const ballot_selection& selection,
                                                   const ballot_seed& seed) {
  SANDOQ_EXPECTS(&prover.election() == &election.proofs(), "tables of this election");
  SANDOQ_EXPECTS(header.style == selection.style() && header.place.branch == selection.branch(),
                 "a header for this selection");
  std::vector<contest_ballot> out;
  out.reserve(selection.selections().size());
  for (const contest_selection& contest : selection.selections()) {
    auto encrypted = encrypt_contest(election, prover, header, contest, seed);
    if (!encrypted) {
      return fail_within("contest " + std::to_string(contest.contest().value()),
                         std::move(encrypted.error()));
    }
    out.push_back(std::move(*encrypted));
  }
  return out;
}

}  // namespace sandoq
