#pragma once

#include <cstddef>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/group/encoded_element.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/proofs/sigma/linear_relation.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// "I know x with x*B_1 = Y_1 and x*B_2 = Y_2": two logarithms are equal. B_1, B_2 and Y_1 are not
/// the identity.                                                                       SPEC(40.6)
/// Source: Chaum and Pedersen, CRYPTO '92.
template <prime_order_group G>
struct chaum_pedersen_statement {
  encoded_element<G> B_1;
  encoded_element<G> B_2;
  encoded_element<G> Y_1;
  encoded_element<G> Y_2;
};

/// T_1 || T_2 || z as on the wire; 96 bytes in ristretto255.
template <prime_order_group G>
struct chaum_pedersen_proof {
  static constexpr std::size_t size_bytes = 2 * G::element_bytes + G::scalar_bytes;
  byte_array<size_bytes> octets{};
  [[nodiscard]] byte_view view() const noexcept { return octets; }
  friend auto operator<=>(const chaum_pedersen_proof&, const chaum_pedersen_proof&) = default;
};

/// The two rows x*B_i = Y_i.
template <prime_order_group G>
[[nodiscard]] linear_relation<G> relation(const chaum_pedersen_statement<G>& statement);

/// Emits two equations, zB_i - T_i - cY_i = 0. \param tr has absorbed the context; it is used up.
template <prime_order_group G>
verification emit(equation_sink<G>& sink, const chaum_pedersen_statement<G>& statement,
                  const chaum_pedersen_proof<G>& proof, transcript& tr);

/// The same, checked at once. Cost: 2 decodings, 6 variable-time multiplications.
template <prime_order_group G>
verification verify(const chaum_pedersen_statement<G>& statement,
                    const chaum_pedersen_proof<G>& proof, transcript& tr);

extern template linear_relation<ristretto255> relation(
    const chaum_pedersen_statement<ristretto255>&);
extern template verification emit(equation_sink<ristretto255>&,
                                  const chaum_pedersen_statement<ristretto255>&,
                                  const chaum_pedersen_proof<ristretto255>&, transcript&);
extern template verification verify(const chaum_pedersen_statement<ristretto255>&,
                                    const chaum_pedersen_proof<ristretto255>&, transcript&);

}  // namespace sandoq
