// The public halves of the proofs of sections 41 to 43, compiled for every integer group.

#include "proofs/disjunction.core.hpp"
#include "proofs/plaintext_equality.core.hpp"
#include "proofs/range.core.hpp"
#include "sandoq/group/integer_group.hpp"

namespace sandoq {

#define SANDOQ_INSTANTIATE(G)                                                                      \
  extern template class checking_sink<G>;                                                          \
  extern template class linear_relation<G>;                                                        \
  extern template verification emit_sigma(equation_sink<G>&, const linear_relation<G>&, byte_view, \
                                          transcript&);                                            \
  template std::size_t and_of_or_proof_size(std::span<const or_branches<G>>);                      \
  template verification emit_and_of_or(equation_sink<G>&, std::span<const or_branches<G>>,         \
                                       byte_view, transcript&);                                    \
  template verification emit(equation_sink<G>&, const disjunction_statement<G>&, byte_view,        \
                             transcript&);                                                         \
  template verification verify(const disjunction_statement<G>&, byte_view, transcript&);           \
  template std::size_t range_proof_size<G>(std::uint64_t);                                         \
  template verification emit(equation_sink<G>&, const range_statement<G>&, byte_view,              \
                             transcript&);                                                         \
  template verification verify(const range_statement<G>&, byte_view, transcript&);                 \
  template verification emit(equation_sink<G>&, const plaintext_equality_statement<G>&,            \
                             const plaintext_equality_proof<G>&, transcript&);                     \
  template verification verify(const plaintext_equality_statement<G>&,                             \
                               const plaintext_equality_proof<G>&, transcript&);                   \
  template verification emit(equation_sink<G>&, const reencryption_statement<G>&,                  \
                             const reencryption_proof<G>&, transcript&);                           \
  template verification verify(const reencryption_statement<G>&, const reencryption_proof<G>&,     \
                               transcript&);

SANDOQ_FOR_EACH_INTEGER_GROUP(SANDOQ_INSTANTIATE)

#undef SANDOQ_INSTANTIATE

}  // namespace sandoq
