#pragma once

#include <vector>

#include "sandoq/ballot/election_context.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/ballot/seed_secret.hpp"
#include "sandoq/ballot/selection_secret.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/proofs/bit_vector_prove.hpp"

namespace sandoq {

/// Tables for encrypting under one election. Make them once an election; they refer to it.
using ballot_prover = prover_tables<ristretto255>;

/// Encrypts and proves every contest of a ballot, each in its encoding, all randomness from the
/// ballot seed. Constant time in selection and seed. SPEC(52.4) SPEC(45.4) SPEC(46.5) SPEC(47.3)
/// \param prover  made for election.proofs()
/// \param header  place, serial, style and digits, to which the proofs are bound; the rest is not
/// read.
///                \pre its style and branch are those of the selection
/// \return bad_witness with probability 2^-252 (a nonce is zero).
/// Cost: about 3n' + 20 fixed-base multiplications a contest.
[[nodiscard]] result<std::vector<contest_ballot>> encrypt_ballot(const election_context& election,
                                                                 const ballot_prover& prover,
                                                                 const ballot_item& header,
                                                                 const ballot_selection& selection,
                                                                 const ballot_seed& seed);

}  // namespace sandoq
