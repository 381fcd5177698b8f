#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/contract.hpp"
#include "sandoq/threshold/lagrange.hpp"

namespace sandoq {
namespace detail {

// k*e for small public k: as many doublings as k has bits.
template <prime_order_group G>
element_of<G> small_multiple(std::uint32_t k, const element_of<G>& e) {
  element_of<G> acc = G::identity();
  for (int bit = static_cast<int>(std::bit_width(k)) - 1; bit >= 0; --bit) {
    acc = acc + acc;
    if (((k >> bit) & 1U) != 0) {
      acc = acc + e;
    }
  }
  return acc;
}

}  // namespace detail

template <prime_order_group G>
std::vector<scalar_of<G>> lagrange_at_zero(std::span<const std::uint32_t> points) {
  using scalar = scalar_of<G>;
  const std::size_t n = points.size();
  std::vector<scalar> x(n);
  for (std::size_t j = 0; j < n; ++j) {
    x[j] = G::scalar_from_u64(points[j]);
  }
  const scalar one = G::scalar_from_u64(1);
  std::vector<scalar> numerator(n, one);
  std::vector<scalar> denominator(n, one);
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = 0; i < n; ++i) {
      if (i != j) {
        numerator[j] = numerator[j] * x[i];
        denominator[j] = denominator[j] * (x[i] - x[j]);
      }
    }
  }
  // One inversion for all: before[j] is the product of the denominators before j.
  std::vector<scalar> before(n, one);
  scalar product = one;
  for (std::size_t j = 0; j < n; ++j) {
    before[j] = product;
    product = product * denominator[j];
  }
  SANDOQ_EXPECTS(!(product == scalar{}), "interpolation needs distinct points");
  scalar inverse = G::invert(product);
  std::vector<scalar> weights(n);
  for (std::size_t j = n; j-- > 0;) {
    weights[j] = numerator[j] * (inverse * before[j]);
    inverse = inverse * denominator[j];
  }
  return weights;
}

template <prime_order_group G>
element_of<G> evaluate_commitments(std::span<const element_of<G>> commitments, std::uint32_t at) {
  element_of<G> value = G::identity();
  for (std::size_t l = commitments.size(); l-- > 0;) {
    value = detail::small_multiple<G>(at, value) + commitments[l];
  }
  return value;
}

}  // namespace sandoq
