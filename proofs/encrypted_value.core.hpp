#pragma once

// What the proofs about the plaintext of one ciphertext share.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "proofs/sigma/linear_relation.core.hpp"
#include "sandoq/elgamal/encoded_ciphertext.hpp"

namespace sandoq::detail {

/// A key and its place among the shared bases.
template <prime_order_group G>
struct placed_key {
  const encoded_element<G>& K;
  base_index shared;
};

template <prime_order_group G>
result<void> validate_key(const encoded_element<G>& K, std::string_view place) {
  if (K.is_identity()) {
    return fail(errc::identity_element, place, "a key is not the identity");
  }
  return {};
}

template <prime_order_group G>
result<void> validate_alpha(const encoded_element<G>& alpha, std::string_view place) {
  if (alpha.is_identity()) {
    return fail(errc::identity_element, place, "alpha is not the identity");
  }
  return {};
}

template <prime_order_group G>
void absorb_ciphertext(transcript& tr, literal label, const encoded_ciphertext<G>& c) {
  const encoded_element<G> parts[]{c.alpha, c.beta};
  tr.absorb_elements<G>(label, std::span<const encoded_element<G>>(parts));
}

/// "I know r with (alpha, beta) = Enc(v; r)": r*G = alpha and r*K = beta - v*G, with one r, so that
/// neither row can be met without the other. The second image may be the identity: in a branch that
/// is false it can be anything.                                                        SPEC(41.2)
template <prime_order_group G>
linear_relation<G> holds_value(const placed_key<G>& key, const encoded_ciphertext<G>& c,
                               std::uint64_t v) {
  linear_relation<G> out;
  const scalar_index r = out.add_scalar();
  const element_index g = out.add_element(encoded_generator<G>());
  const element_index K = out.add_element(key.K, key.shared);
  const element_index alpha = out.add_element(c.alpha);
  const element_index rest = out.add_element(
      v == 0 ? c.beta
             : encoded_element<G>(c.beta.element() - G::mul_base_vartime(G::scalar_from_u64(v))));
  out.add_row(alpha, {{r, g}});
  out.add_row(rest, {{r, K}}, image_rule::may_be_identity);
  return out;
}

/// One branch for each value.
template <prime_order_group G>
std::vector<linear_relation<G>> holds_one_of(const placed_key<G>& key,
                                             const encoded_ciphertext<G>& c,
                                             std::span<const std::uint64_t> values) {
  std::vector<linear_relation<G>> out;
  out.reserve(values.size());
  for (const std::uint64_t v : values) {
    out.push_back(holds_value(key, c, v));
  }
  return out;
}

}  // namespace sandoq::detail
