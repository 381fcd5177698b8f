#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include "sandoq/core/canonical.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/sigma/linear_relation.hpp"

namespace sandoq {

namespace detail {

inline constexpr std::size_t relation_limit = 4096;

template <prime_order_group G>
const encoded_element<G>& encoded_generator() {
  static const encoded_element<G> g(G::generator());
  return g;
}

}  // namespace detail

template <prime_order_group G>
element_index linear_relation<G>::add_element(const encoded_element<G>& e, base_index shared) {
  elements_.push_back(e);
  shared_.push_back(e == detail::encoded_generator<G>() ? generator_base : shared);
  return element_index(static_cast<std::uint32_t>(elements_.size() - 1));
}

template <prime_order_group G>
void linear_relation<G>::add_row(element_index image, std::vector<relation_term> terms,
                                 image_rule rule) {
  rows_.push_back({image, std::move(terms), rule});
}

template <prime_order_group G>
void linear_relation<G>::append(const linear_relation& other,
                                std::span<const scalar_index> scalars) {
  SANDOQ_EXPECTS(scalars.size() == other.scalars(), "a place for each scalar of the other");
  const auto offset = static_cast<std::uint32_t>(elements_.size());
  elements_.insert(elements_.end(), other.elements_.begin(), other.elements_.end());
  shared_.insert(shared_.end(), other.shared_.begin(), other.shared_.end());
  for (const row& r : other.rows_) {
    row moved{element_index(r.image.value() + offset), {}, r.rule};
    for (const relation_term& t : r.terms) {
      moved.terms.push_back({scalars[t.scalar.value()], element_index(t.base.value() + offset)});
    }
    rows_.push_back(std::move(moved));
  }
}

namespace detail {

/// Which scalars and elements occur, and as what.
struct relation_use {
  std::vector<bool> scalars;
  std::vector<bool> elements;
  std::vector<bool> bases;
};

/// The conditions on one row; notes what it uses.
template <prime_order_group G>
result<void> validate_row(const linear_relation<G>& relation,
                          const typename linear_relation<G>::row& row, const std::string& place,
                          relation_use& use) {
  if (row.terms.empty()) {
    return fail(errc::bad_statement, place, "a row needs at least one term");
  }
  if (row.image.value() >= relation.elements().size()) {
    return fail(errc::bad_statement, place, "the image is no element of the relation");
  }
  for (const relation_term& t : row.terms) {
    if (t.scalar.value() >= relation.scalars() || t.base.value() >= relation.elements().size()) {
      return fail(errc::bad_statement, place, "a term names a scalar or element that is not there");
    }
    if (t.base == row.image) {
      return fail(errc::bad_statement, place, "the image is a base of the same row");
    }
    use.scalars[t.scalar.value()] = true;
    use.elements[t.base.value()] = true;
    use.bases[t.base.value()] = true;
  }
  use.elements[row.image.value()] = true;
  std::vector<relation_term> sorted(row.terms);
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
    return fail(errc::bad_statement, place, "the same term occurs twice");
  }
  if (row.rule == image_rule::not_identity && relation.element(row.image).is_identity()) {
    return fail(errc::identity_element, place, "the image is the identity");
  }
  return {};
}

}  // namespace detail

template <prime_order_group G>
result<void> linear_relation<G>::validate() const {
  const auto bad_count = [](std::size_t n) { return n < 1 || n > detail::relation_limit; };
  if (bad_count(scalars_) || bad_count(elements_.size()) || bad_count(rows_.size())) {
    return fail(errc::bad_statement, "relation",
                "scalars, elements and rows must each be 1 to 4096");
  }
  detail::relation_use use{std::vector<bool>(scalars_), std::vector<bool>(elements_.size()),
                           std::vector<bool>(elements_.size())};
  for (std::size_t k = 0; k < rows_.size(); ++k) {
    if (auto row_ok = detail::validate_row(*this, rows_[k], "row " + std::to_string(k), use);
        !row_ok) {
      return row_ok;
    }
  }
  for (std::size_t a = 0; a < scalars_; ++a) {
    if (!use.scalars[a]) {
      return fail(errc::bad_statement, "scalar " + std::to_string(a), "it occurs in no row");
    }
  }
  for (std::size_t b = 0; b < elements_.size(); ++b) {
    if (!use.elements[b]) {
      return fail(errc::bad_statement, "element " + std::to_string(b), "it occurs in no row");
    }
    if (use.bases[b] && elements_[b].is_identity()) {
      return fail(errc::identity_element, "element " + std::to_string(b), "a base is the identity");
    }
  }
  return {};
}

template <prime_order_group G>
void linear_relation<G>::absorb(transcript& tr) const {
  byte_writer shape;
  shape.u32(scalars_);
  shape.count(elements_.size());
  shape.count(rows_.size());
  for (const row& r : rows_) {
    shape.u32(r.image.value());
    shape.count(r.terms.size());
    for (const relation_term& t : r.terms) {
      shape.u32(t.scalar.value());
      shape.u32(t.base.value());
    }
  }
  tr.absorb_bytes("relation", shape.view());
  tr.absorb_elements<G>("elements", std::span<const encoded_element<G>>(elements_));
}

}  // namespace sandoq
