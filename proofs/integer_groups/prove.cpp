// The provers of section 40, compiled for every integer group.

#include "proofs/chaum_pedersen_prove.core.hpp"
#include "proofs/plaintext_knowledge_prove.core.hpp"
#include "proofs/schnorr_prove.core.hpp"
#include "proofs/sigma/compose_prove.core.hpp"
#include "sandoq/group/integer_group_secret.hpp"

namespace sandoq {

#define SANDOQ_INSTANTIATE(G)                                                                      \
  template class sigma_prover<G>;                                                                  \
  template result<bytes> prove_sigma(const linear_relation<G>&, std::span<const secret_scalar<G>>, \
                                     transcript&, const nonce_seed&);                              \
  template result<bytes> prove_or(std::span<const linear_relation<G>>, const or_witness<G>&,       \
                                  transcript&, const nonce_seed&);                                 \
  template result<schnorr_proof<G>> prove_with_seed(                                               \
      const schnorr_statement<G>&, const secret_scalar<G>&, transcript&, const nonce_seed&);       \
  template result<schnorr_proof<G>> prove(const schnorr_statement<G>&, const secret_scalar<G>&,    \
                                          transcript&, random_source&);                            \
  template result<chaum_pedersen_proof<G>> prove_with_seed(const chaum_pedersen_statement<G>&,     \
                                                           const secret_scalar<G>&, transcript&,   \
                                                           const nonce_seed&);                     \
  template result<chaum_pedersen_proof<G>> prove(                                                  \
      const chaum_pedersen_statement<G>&, const secret_scalar<G>&, transcript&, random_source&);   \
  template result<plaintext_knowledge_proof<G>> prove_with_seed(                                   \
      const plaintext_knowledge_statement<G>&, std::span<const secret_scalar<G>>, transcript&,     \
      const nonce_seed&);                                                                          \
  template result<plaintext_knowledge_proof<G>> prove(const plaintext_knowledge_statement<G>&,     \
                                                      std::span<const secret_scalar<G>>,           \
                                                      transcript&, random_source&);

SANDOQ_FOR_EACH_INTEGER_GROUP(SANDOQ_INSTANTIATE)

#undef SANDOQ_INSTANTIATE

}  // namespace sandoq
