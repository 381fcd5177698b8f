#pragma once

#include "sandoq/elgamal/encrypt_secret.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/group/secret_ops.hpp"
#include "sandoq/proofs/proof_election.hpp"

namespace sandoq {

/// Fixed-base tables of K, H, G_i and R_i for constant-time proving. Make one an election and use
/// it for every ballot, from any thread. Memory in ristretto255: 200 kB, and 3.8 kB for each G_i
/// and R_i.
template <proving_group G>
class prover_tables {
 public:
  /// \pre election outlives the tables
  explicit prover_tables(const proof_election<G>& election);

  [[nodiscard]] const proof_election<G>& election() const noexcept { return *election_; }
  [[nodiscard]] const encryptor<G>& key() const noexcept { return key_; }
  [[nodiscard]] const fixed_base_table<G>& blind() const noexcept { return blind_; }
  /// G_1, G_2, ...
  [[nodiscard]] const fixed_bases_table<G>& vector() const noexcept { return vector_; }
  /// R_1, R_2, ...
  [[nodiscard]] const fixed_bases_table<G>& right_vector() const noexcept { return right_vector_; }

 private:
  const proof_election<G>* election_;
  encryptor<G> key_;
  fixed_base_table<G> blind_;
  fixed_bases_table<G> vector_;
  fixed_bases_table<G> right_vector_;
};

extern template class prover_tables<ristretto255>;

}  // namespace sandoq
