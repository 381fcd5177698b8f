// The public halves of the proofs of section 40, compiled for every integer group. A library of its
// own: the proofs of elections need neither these groups nor GMP.

#include "proofs/batch.core.hpp"
#include "proofs/chaum_pedersen.core.hpp"
#include "proofs/plaintext_knowledge.core.hpp"
#include "proofs/schnorr.core.hpp"
#include "proofs/sigma/compose.core.hpp"
#include "sandoq/group/integer_group.hpp"

namespace sandoq {

#define SANDOQ_INSTANTIATE(G)                                                                      \
  template class checking_sink<G>;                                                                 \
  template class collecting_sink<G>;                                                               \
  template std::vector<batch_failure> verify_batch<G>(const digest32&, std::span<const digest32>,  \
                                                      const shared_bases<G>&,                      \
                                                      const item_emitter<G>&, executor&);          \
  template class linear_relation<G>;                                                               \
  template verification emit_sigma(equation_sink<G>&, const linear_relation<G>&, byte_view,        \
                                   transcript&);                                                   \
  template verification verify_sigma(const linear_relation<G>&, byte_view, transcript&);           \
  template std::size_t or_proof_size(std::span<const linear_relation<G>>);                         \
  template verification emit_or(equation_sink<G>&, std::span<const linear_relation<G>>, byte_view, \
                                transcript&);                                                      \
  template verification verify_or(std::span<const linear_relation<G>>, byte_view, transcript&);    \
  template linear_relation<G> relation(const schnorr_statement<G>&);                               \
  template verification emit(equation_sink<G>&, const schnorr_statement<G>&,                       \
                             const schnorr_proof<G>&, transcript&);                                \
  template verification verify(const schnorr_statement<G>&, const schnorr_proof<G>&, transcript&); \
  template linear_relation<G> relation(const chaum_pedersen_statement<G>&);                        \
  template verification emit(equation_sink<G>&, const chaum_pedersen_statement<G>&,                \
                             const chaum_pedersen_proof<G>&, transcript&);                         \
  template verification verify(const chaum_pedersen_statement<G>&, const chaum_pedersen_proof<G>&, \
                               transcript&);                                                       \
  template verification emit(equation_sink<G>&, const plaintext_knowledge_statement<G>&,           \
                             const plaintext_knowledge_proof<G>&, transcript&);                    \
  template verification verify(const plaintext_knowledge_statement<G>&,                            \
                               const plaintext_knowledge_proof<G>&, transcript&);

SANDOQ_FOR_EACH_INTEGER_GROUP(SANDOQ_INSTANTIATE)

#undef SANDOQ_INSTANTIATE

}  // namespace sandoq
