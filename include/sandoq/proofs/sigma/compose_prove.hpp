#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/group/secret_ops.hpp"
#include "sandoq/proofs/sigma/compose.hpp"
#include "sandoq/transcript/nonce_secret.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// Which branch is true, and its scalars.
template <proving_group G>
struct or_witness {
  secret<std::uint32_t> branch;           ///< from 0; below the number of branches
  std::vector<secret_scalar<G>> scalars;  ///< of all branches in order, 0 where unknown
};

/// Which branch of each disjunction is true, and the scalars of all branches.
template <proving_group G>
struct and_of_or_witness {
  std::vector<secret<std::uint32_t>> branches;  ///< one a disjunction, from 0
  std::vector<secret_scalar<G>> scalars;        ///< of all branches in order, 0 where unknown
};

/// Proves that the branch of the witness holds, and simulates the others. The same work for every
/// branch, whichever is true: constant time in branch, scalars and seed. bad_statement,
/// identity_element, or bad_witness if the number of scalars is not that of all branches together.
/// \param tr has absorbed the context; it is used up.
/// Cost: per row one multi-scalar multiplication over its bases and its image.         SPEC(40.4)
template <proving_group G>
[[nodiscard]] result<bytes> prove_or(or_branches<G> branches, const or_witness<G>& witness,
                                     transcript& tr, const nonce_seed& seed);

/// The same for every disjunction, under one challenge; bad_witness also if the number of true
/// branches is not that of the disjunctions.
template <proving_group G>
[[nodiscard]] result<bytes> prove_and_of_or(std::span<const or_branches<G>> disjunctions,
                                            const and_of_or_witness<G>& witness, transcript& tr,
                                            const nonce_seed& seed);

extern template result<bytes> prove_or(or_branches<ristretto255>, const or_witness<ristretto255>&,
                                       transcript&, const nonce_seed&);
extern template result<bytes> prove_and_of_or(std::span<const or_branches<ristretto255>>,
                                              const and_of_or_witness<ristretto255>&, transcript&,
                                              const nonce_seed&);

}  // namespace sandoq
