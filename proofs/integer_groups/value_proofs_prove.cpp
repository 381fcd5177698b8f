// The provers of sections 41 to 43, compiled for every integer group.

#include "proofs/disjunction_prove.core.hpp"
#include "proofs/plaintext_equality_prove.core.hpp"
#include "proofs/range_prove.core.hpp"
#include "sandoq/group/integer_group_secret.hpp"

namespace sandoq {

#define SANDOQ_INSTANTIATE(G)                                                                      \
  template result<bytes> prove_and_of_or(std::span<const or_branches<G>>,                          \
                                         const and_of_or_witness<G>&, transcript&,                 \
                                         const nonce_seed&);                                       \
  template result<bytes> prove_with_seed(const disjunction_statement<G>&,                          \
                                         const encrypted_value_witness<G>&, transcript&,           \
                                         const nonce_seed&);                                       \
  template result<bytes> prove(const disjunction_statement<G>&, const encrypted_value_witness<G>&, \
                               transcript&, random_source&);                                       \
  template result<bytes> prove_with_seed(const range_statement<G>&,                                \
                                         const encrypted_value_witness<G>&, transcript&,           \
                                         const nonce_seed&);                                       \
  template result<bytes> prove(const range_statement<G>&, const encrypted_value_witness<G>&,       \
                               transcript&, random_source&);                                       \
  template result<plaintext_equality_proof<G>> prove_with_seed(                                    \
      const plaintext_equality_statement<G>&, const plaintext_equality_witness<G>&, transcript&,   \
      const nonce_seed&);                                                                          \
  template result<plaintext_equality_proof<G>> prove(const plaintext_equality_statement<G>&,       \
                                                     const plaintext_equality_witness<G>&,         \
                                                     transcript&, random_source&);                 \
  template result<reencryption_proof<G>> prove_with_seed(                                          \
      const reencryption_statement<G>&, const secret_scalar<G>&, transcript&, const nonce_seed&);  \
  template result<reencryption_proof<G>> prove(                                                    \
      const reencryption_statement<G>&, const secret_scalar<G>&, transcript&, random_source&);

SANDOQ_FOR_EACH_INTEGER_GROUP(SANDOQ_INSTANTIATE)

#undef SANDOQ_INSTANTIATE

}  // namespace sandoq
