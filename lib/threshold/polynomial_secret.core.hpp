#pragma once

#include <utility>

#include "sandoq/core/contract.hpp"
#include "sandoq/threshold/polynomial_secret.hpp"

namespace sandoq {

template <proving_group G>
secret_polynomial<G> secret_polynomial<G>::random(std::size_t coefficients, random_source& source) {
  std::vector<secret_scalar<G>> drawn;
  drawn.reserve(coefficients);
  while (drawn.size() < coefficients) {
    auto candidate = secret_ops<G>::random_scalar(source);
    // No commitment may be the identity (55.2).
    if (!declassify<"a rejected coefficient is drawn again and never used">(
            secret_ops<G>::is_zero(candidate))) {
      drawn.push_back(std::move(candidate));
    }
  }
  return secret_polynomial(std::move(drawn));
}

template <proving_group G>
secret_polynomial<G>::secret_polynomial(std::vector<secret_scalar<G>> coefficients)
    : coefficients_(std::move(coefficients)) {
  SANDOQ_EXPECTS(!coefficients_.empty(), "a polynomial has at least its constant term");
}

template <proving_group G>
secret_polynomial<G> secret_polynomial<G>::clone() const {
  std::vector<secret_scalar<G>> copies;
  copies.reserve(coefficients_.size());
  for (const auto& a : coefficients_) {
    copies.push_back(a.clone());
  }
  return secret_polynomial(std::move(copies));
}

template <proving_group G>
secret_scalar<G> secret_polynomial<G>::evaluate(std::uint32_t at) const noexcept {
  const scalar_of<G> x = G::scalar_from_u64(at);
  auto value = coefficients_.back().clone();
  for (std::size_t l = coefficients_.size() - 1; l-- > 0;) {
    value = secret_ops<G>::fma(coefficients_[l], x, value);  // a_l + x*value
  }
  return value;
}

template <proving_group G>
std::vector<element_of<G>> secret_polynomial<G>::commitments() const {
  std::vector<element_of<G>> out;
  out.reserve(coefficients_.size());
  for (const auto& a : coefficients_) {
    out.push_back(declassify<"a_l*G hides a_l as a public key hides its secret key">(
        secret_ops<G>::mul_base(a)));
  }
  return out;
}

}  // namespace sandoq
