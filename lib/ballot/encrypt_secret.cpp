#include "sandoq/ballot/encrypt_secret.hpp"

#include <string>
#include <utility>

#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

result<contest_ballot> encrypt_contest(const ballot_prover& prover,
                                       const bit_vector_context<ristretto255>& context,
                                       const secret_bytes& choices, const ballot_seed& seed) {
  auto encrypted = encrypt_choices<ristretto255>(prover, context, choices, seed);
  if (!encrypted) {
    return tl::unexpected<error>(std::move(encrypted.error()));
  }
  const bit_vector_statement<ristretto255> statement{context, encrypted->ciphertexts};
  auto proof = prove<ristretto255>(prover, statement, encrypted->witness, seed);
  if (!proof) {
    return tl::unexpected<error>(std::move(proof.error()));
  }
  return contest_ballot{encode_ciphertexts(encrypted->ciphertexts), encode(*proof)};
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
    auto encrypted = encrypt_contest(prover, election.proof_context(contest.contest(), header),
                                     contest.choices(), seed);
    if (!encrypted) {
      return fail_within("contest " + std::to_string(contest.contest().value()),
                         std::move(encrypted.error()));
    }
    out.push_back(std::move(*encrypted));
  }
  return out;
}

}  // namespace sandoq
