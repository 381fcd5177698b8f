#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "sandoq/group/encoded_element.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/transcript/nonce_secret.hpp"
#include "sandoq/transcript/transcript.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq::testing {

/// Random values of a group, as tests of proofs need them.
template <proving_group G>
class proof_fixture {
 public:
  explicit proof_fixture(std::uint64_t seed = test_seed()) : random(seed) {}

  [[nodiscard]] scalar_of<G> scalar() { return G::scalar_from_wide(random.template octets<64>()); }
  [[nodiscard]] scalar_of<G> nonzero() {
    for (;;) {
      if (const auto s = scalar(); s != scalar_of<G>{}) {
        return s;
      }
    }
  }
  /// Not the identity; nobody knows its logarithm (in a large group).
  [[nodiscard]] element_of<G> element() {
    for (;;) {
      const auto e = G::from_uniform_bytes(random.template octets<64>());
      if (!G::is_identity(e)) {
        return e;
      }
    }
  }
  [[nodiscard]] encoded_element<G> encoded() { return encoded_element<G>(element()); }
  [[nodiscard]] nonce_seed seed() { return random_secret<32>(random); }

  deterministic_random random;
};

template <prime_order_group G>
encoded_element<G> times(const scalar_of<G>& s, const encoded_element<G>& e) {
  return encoded_element<G>(G::mul_vartime(s, e.element()));
}

/// A transcript with some context.
inline transcript context_of(std::uint64_t number) {
  transcript tr("sandoq-1/unit/proofs");
  tr.absorb_integer("context", number);
  return tr;
}

}  // namespace sandoq::testing
