#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "sandoq/elgamal/encoded_ciphertext.hpp"
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

/// Enc(m; r) under K, with its bytes.
template <prime_order_group G>
encoded_ciphertext<G> encrypted(const encoded_element<G>& K, std::uint64_t m,
                                const scalar_of<G>& r) {
  return encoded_ciphertext<G>(encrypt_vartime<G>(G::scalar_from_u64(m), r, K.element()));
}

/// A key whose owner is known, so that tests can play the owner.
template <prime_order_group G>
struct owned_key {
  explicit owned_key(const scalar_of<G>& secret) : kappa(secret), K(G::mul_base_vartime(secret)) {}
  /// A nonce that opens beta, but not alpha, of Enc(m; r) as an encryption of another number:
  /// r' = r + (m - claimed)/kappa. Only whoever knows kappa can compute it.
  [[nodiscard]] scalar_of<G> false_nonce(const scalar_of<G>& r, std::uint64_t m,
                                         std::uint64_t claimed) const {
    return r + (G::scalar_from_u64(m) - G::scalar_from_u64(claimed)) * G::invert(kappa);
  }
  scalar_of<G> kappa;
  encoded_element<G> K;
};

/// A transcript with some context.
inline transcript context_of(std::uint64_t number) {
  transcript tr("sandoq-1/unit/proofs");
  tr.absorb_integer("context", number);
  return tr;
}

}  // namespace sandoq::testing
