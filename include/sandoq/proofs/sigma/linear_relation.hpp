#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/concept.hpp"
#include "sandoq/group/encoded_element.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// The place of a secret scalar in a relation, from 0.
using scalar_index = strong_id<struct scalar_index_tag, std::uint32_t>;
/// The place of an element in a relation, from 0.
using element_index = strong_id<struct element_index_tag, std::uint32_t>;

/// One product x_scalar * E_base of a row.
struct relation_term {
  scalar_index scalar;
  element_index base;
  friend auto operator<=>(const relation_term&, const relation_term&) = default;
};

/// Whether the image of a row may be the identity: only where the section of the statement says so.
enum class image_rule { not_identity, may_be_identity };

/// Statement "I know x_0 ... x_{s-1} with  sum of x_a * E_b = E_y  for every row". Every element
/// that the verifier handles is an indexed element.                                    SPEC(40.1)
template <prime_order_group G>
class linear_relation {
 public:
  /// One equation: sum of the terms = image.
  struct row {
    element_index image;
    std::vector<relation_term> terms;
    image_rule rule = image_rule::not_identity;
  };

  /// One more secret scalar.
  scalar_index add_scalar() noexcept { return scalar_index(scalars_++); }
  /// One more element; `shared` is its place in the table of the sinks that will be used, if it has
  /// one. The generator is recognised by itself.
  element_index add_element(const encoded_element<G>& e, base_index shared = not_shared);
  /// sum of the terms = the image.
  void add_row(element_index image, std::vector<relation_term> terms,
               image_rule rule = image_rule::not_identity);
  /// AND: adds the elements and rows of another relation; its scalar i becomes scalars[i] here, so
  /// that both can speak of the same secret.                                            SPEC(40.4)
  /// \pre scalars.size() == other.scalars()
  void append(const linear_relation& other, std::span<const scalar_index> scalars);

  [[nodiscard]] std::size_t scalars() const noexcept { return scalars_; }
  [[nodiscard]] std::span<const encoded_element<G>> elements() const noexcept { return elements_; }
  [[nodiscard]] std::span<const row> rows() const noexcept { return rows_; }
  /// The element at that place.
  [[nodiscard]] const encoded_element<G>& element(element_index i) const {
    return elements_[i.value()];
  }
  /// Its place in the table of the sinks, or not_shared.
  [[nodiscard]] base_index shared(element_index i) const { return shared_[i.value()]; }

  /// The conditions of 40.1; bad_statement or identity_element, the place names row or element.
  [[nodiscard]] result<void> validate() const;
  /// Absorbs shape and elements: the whole statement, by the skeleton itself.           SPEC(40.2)
  void absorb(transcript& tr) const;

 private:
  std::uint32_t scalars_ = 0;
  std::vector<encoded_element<G>> elements_;
  std::vector<base_index> shared_;
  std::vector<row> rows_;
};

extern template class linear_relation<ristretto255>;

}  // namespace sandoq
