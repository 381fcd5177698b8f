#pragma once

#include <span>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/group/secret_ops.hpp"
#include "sandoq/proofs/sigma/sigma.hpp"
#include "sandoq/transcript/nonce_secret.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// A prover between commitment and response. Move-only, and responding consumes it, so no nonce can
/// answer two challenges. Constant time in witness and nonces.                         SPEC(40.3)
template <proving_group G>
class sigma_prover {
 public:
  sigma_prover(sigma_prover&&) noexcept = default;
  sigma_prover& operator=(sigma_prover&&) noexcept = default;
  sigma_prover(const sigma_prover&) = delete;
  sigma_prover& operator=(const sigma_prover&) = delete;
  ~sigma_prover() = default;

  /// Absorbs the statement, derives the nonces from it, the witness and the seed, and absorbs the
  /// commitments. bad_statement, identity_element, or bad_witness if the number of scalars is not
  /// the relation's. Whether the witness satisfies the relation is not checked: a wrong one gives a
  /// proof that does not verify.
  [[nodiscard]] static result<sigma_prover> commit(const linear_relation<G>& relation,
                                                   std::span<const secret_scalar<G>> witness,
                                                   transcript& tr, const nonce_seed& seed);

  /// T_0 ... T_{r-1}, encoded.
  [[nodiscard]] byte_view commitments() const noexcept { return commitments_; }

  /// The proof's bytes for a challenge that was drawn after commit().
  [[nodiscard]] bytes respond(const scalar_of<G>& challenge) &&;

 private:
  sigma_prover() = default;
  bytes commitments_;
  std::vector<secret_scalar<G>> nonces_;
  std::vector<secret_scalar<G>> witness_;
};

/// commit, challenge, respond. \param tr has absorbed the context; it is used up.
/// Cost: one multiplication a term.
template <proving_group G>
[[nodiscard]] result<bytes> prove_sigma(const linear_relation<G>& relation,
                                        std::span<const secret_scalar<G>> witness, transcript& tr,
                                        const nonce_seed& seed);

extern template class sigma_prover<ristretto255>;
extern template result<bytes> prove_sigma(const linear_relation<ristretto255>&,
                                          std::span<const secret_scalar<ristretto255>>, transcript&,
                                          const nonce_seed&);

}  // namespace sandoq
