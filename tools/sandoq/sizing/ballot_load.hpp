#pragma once

#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// What some ballots hold, added up: what the costs of encrypting and verifying are multiplied
/// with.
struct ballot_load {
  double ballots = 0;
  double contests = 0;            ///< of bit vectors; each has a proof of its own
  double ciphertexts = 0;         ///< in those
  double slot_elements = 0;       ///< of contests of slots, in ciphertexts and proofs
  double slot_bits = 0;           ///< N of their proofs (46.2)
  double slot_terms = 0;          ///< N(1 + log2 N): terms of the sums that a proof is made of
  double packed_ciphertexts = 0;  ///< of packed contests
  double packed_marks = 0;        ///< options times choices: steps of packing a subset

  ballot_load& operator+=(const ballot_load& other);
  ballot_load& operator*=(double times);
  [[nodiscard]] ballot_load operator*(double times) const;
};

/// What one ballot of every style holds, by style. Errors: those of contest_ballot_size_of.
[[nodiscard]] result<std::vector<ballot_load>> loads_of_styles(const manifest& m);

/// Elements of the longest vector of bases that proofs of slots need; 0 without slots.
[[nodiscard]] double slot_bases(const manifest& m);

}  // namespace sandoq::tool
