#pragma once

#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/equation_sink.hpp"

namespace sandoq {

namespace detail {

template <prime_order_group G>
const shared_bases<G>& generator_only() {
  static const shared_bases<G> bases;
  return bases;
}

}  // namespace detail

template <prime_order_group G>
checking_sink<G>::checking_sink() : checking_sink(detail::generator_only<G>()) {}

template <prime_order_group G>
checking_sink<G>::checking_sink(const shared_bases<G>& bases) : bases_(&bases) {}

template <prime_order_group G>
void checking_sink<G>::end_equation() {
  if (equations_ != 0 && !first_failure_ && !G::is_identity(G::msm_vartime(scalars_, elements_))) {
    first_failure_ = equations_ - 1;
  }
  scalars_.clear();
  elements_.clear();
}

template <prime_order_group G>
void checking_sink<G>::begin_equation() {
  end_equation();
  ++equations_;
}

template <prime_order_group G>
void checking_sink<G>::add(const scalar& s, const element& E) {
  SANDOQ_EXPECTS(equations_ != 0, "a term belongs to an equation");
  scalars_.push_back(s);
  elements_.push_back(E);
}

template <prime_order_group G>
void checking_sink<G>::add(const element& E) {
  add(G::scalar_from_u64(1), E);
}

template <prime_order_group G>
void checking_sink<G>::subtract(const element& E) {
  add(G::scalar_from_u64(1), -E);
}

template <prime_order_group G>
void checking_sink<G>::add(std::span<const scalar> scalars, std::span<const element> elements) {
  SANDOQ_EXPECTS(scalars.size() == elements.size(), "one scalar for each element");
  SANDOQ_EXPECTS(equations_ != 0, "a term belongs to an equation");
  scalars_.insert(scalars_.end(), scalars.begin(), scalars.end());
  elements_.insert(elements_.end(), elements.begin(), elements.end());
}

template <prime_order_group G>
void checking_sink<G>::add_base(base_index base, const scalar& s) {
  SANDOQ_EXPECTS(base.value() < bases_->size(), "a base of this sink's table");
  add(s, bases_->elements()[base.value()]);
}

template <prime_order_group G>
void checking_sink<G>::add_bases(base_index first, std::span<const scalar> scalars) {
  SANDOQ_EXPECTS(
      first.value() <= bases_->size() && scalars.size() <= bases_->size() - first.value(),
      "bases of this sink's table");
  add(scalars, bases_->elements().subspan(first.value(), scalars.size()));
}

template <prime_order_group G>
bool checking_sink<G>::holds() {
  end_equation();
  return !first_failure_;
}

template <prime_order_group G>
collecting_sink<G>::collecting_sink(const shared_bases<G>& bases, const weights& batch)
    : bases_(&bases), weights_(batch), shared_(bases.size()) {}

template <prime_order_group G>
void collecting_sink<G>::reserve(std::size_t own_terms) {
  scalars_.reserve(own_terms);
  elements_.reserve(own_terms);
}

template <prime_order_group G>
void collecting_sink<G>::begin_item(std::uint32_t j) noexcept {
  SANDOQ_EXPECTS(j >= 1, "items are counted from 1");
  item_ = j;
  equation_ = 0;
}

template <prime_order_group G>
void collecting_sink<G>::begin_equation() {
  SANDOQ_EXPECTS(item_ != 0, "an equation belongs to an item");
  weight_ = weights_.template at<G>(item_, equation_++);
}

template <prime_order_group G>
void collecting_sink<G>::add(const scalar& s, const element& E) {
  SANDOQ_EXPECTS(equation_ != 0, "a term belongs to an equation");
  scalars_.push_back(weight_ * s);
  elements_.push_back(E);
}

template <prime_order_group G>
void collecting_sink<G>::add(const element& E) {
  SANDOQ_EXPECTS(equation_ != 0, "a term belongs to an equation");
  scalars_.push_back(weight_);
  elements_.push_back(E);
}

template <prime_order_group G>
void collecting_sink<G>::subtract(const element& E) {
  // Negating the element keeps the scalar short.
  add(-E);
}

template <prime_order_group G>
void collecting_sink<G>::add(std::span<const scalar> scalars, std::span<const element> elements) {
  SANDOQ_EXPECTS(scalars.size() == elements.size(), "one scalar for each element");
  SANDOQ_EXPECTS(equation_ != 0, "a term belongs to an equation");
  for (const scalar& s : scalars) {
    scalars_.push_back(weight_ * s);
  }
  elements_.insert(elements_.end(), elements.begin(), elements.end());
}

template <prime_order_group G>
void collecting_sink<G>::add_base(base_index base, const scalar& s) {
  SANDOQ_EXPECTS(base.value() < shared_.size(), "a base of this sink's table");
  SANDOQ_EXPECTS(equation_ != 0, "a term belongs to an equation");
  shared_[base.value()] += weight_ * s;
}

template <prime_order_group G>
void collecting_sink<G>::add_bases(base_index first, std::span<const scalar> scalars) {
  SANDOQ_EXPECTS(
      first.value() <= shared_.size() && scalars.size() <= shared_.size() - first.value(),
      "bases of this sink's table");
  SANDOQ_EXPECTS(equation_ != 0, "a term belongs to an equation");
  scalar* sums = shared_.data() + first.value();
  for (std::size_t i = 0; i < scalars.size(); ++i) {
    sums[i] += weight_ * scalars[i];
  }
}

template <prime_order_group G>
typename collecting_sink<G>::element collecting_sink<G>::sum() const {
  std::vector<scalar> scalars(scalars_);
  std::vector<element> elements(elements_);
  scalars.insert(scalars.end(), shared_.begin(), shared_.end());
  const auto bases = bases_->elements().first(shared_.size());
  elements.insert(elements.end(), bases.begin(), bases.end());
  return G::msm_vartime(scalars, elements);
}

template <prime_order_group G>
typename collecting_sink<G>::element collecting_sink<G>::own_sum() const {
  return G::msm_vartime(scalars_, elements_);
}

}  // namespace sandoq
