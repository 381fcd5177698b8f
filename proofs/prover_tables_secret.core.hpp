#pragma once

#include "sandoq/proofs/prover_tables_secret.hpp"

namespace sandoq {

template <proving_group G>
prover_tables<G>::prover_tables(const proof_election<G>& election)
    : election_(&election),
      key_(election.joint_key().element()),
      blind_(election.blind()),
      vector_(election.vector()),
      right_vector_(election.right_vector()) {}

}  // namespace sandoq
