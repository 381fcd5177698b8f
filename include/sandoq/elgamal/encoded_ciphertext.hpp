#pragma once

#include "sandoq/elgamal/ciphertext.hpp"
#include "sandoq/group/concept.hpp"
#include "sandoq/group/encoded_element.hpp"

namespace sandoq {

/// A ciphertext whose bytes are hashed too.
template <prime_order_group G>
struct encoded_ciphertext {
  encoded_ciphertext() = default;
  encoded_ciphertext(const encoded_element<G>& alpha_part, const encoded_element<G>& beta_part)
      : alpha(alpha_part), beta(beta_part) {}  ///< From its parts.
  /// Encodes both parts.
  explicit encoded_ciphertext(const ciphertext<G>& c) : alpha(c.alpha), beta(c.beta) {}

  encoded_element<G> alpha;
  encoded_element<G> beta;
};

}  // namespace sandoq
