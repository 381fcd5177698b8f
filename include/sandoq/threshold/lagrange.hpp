#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/group/concept.hpp"
#include "sandoq/group/ristretto255.hpp"

namespace sandoq {

/// The weights that turn values of a polynomial at `points` into its value at 0:
///   lambda_j = prod over i in points, i != j, of i / (i - j),   f(0) = sum of lambda_j f(j)
/// for every f of degree below points.size(). One weight a point, in the same order.   SPEC(55.9)
/// \pre points are distinct and not 0, also modulo the order
/// Cost: one inversion and n^2 multiplications of scalars.
template <prime_order_group G>
[[nodiscard]] std::vector<scalar_of<G>> lagrange_at_zero(std::span<const std::uint32_t> points);

/// f(at)*G = sum over l of at^l * A_l from the commitments A_l = a_l*G to the coefficients of f.
/// SPEC(55.3) The identity for no commitments. Cost: t short multiplications (Horner).
template <prime_order_group G>
[[nodiscard]] element_of<G> evaluate_commitments(std::span<const element_of<G>> commitments,
                                                 std::uint32_t at);

extern template std::vector<ristretto255::scalar> lagrange_at_zero<ristretto255>(
    std::span<const std::uint32_t>);
extern template ristretto255::element evaluate_commitments<ristretto255>(
    std::span<const ristretto255::element>, std::uint32_t);

}  // namespace sandoq
