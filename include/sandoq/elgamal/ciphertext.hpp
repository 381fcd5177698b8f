#pragma once

#include <span>

#include "sandoq/core/result.hpp"
#include "sandoq/elgamal/wire.hpp"
#include "sandoq/group/concept.hpp"
#include "sandoq/group/ristretto255.hpp"

namespace sandoq {

/// Enc(m; r) = (r*G, r*K + m*G). Ciphertexts under one key add up to a ciphertext of the sum.
/// SPEC(20.1)
template <prime_order_group G>
struct ciphertext {
  element_of<G> alpha{};
  element_of<G> beta{};

  friend bool operator==(const ciphertext&, const ciphertext&) = default;
  ciphertext& operator+=(const ciphertext& other) noexcept {
    alpha += other.alpha;
    beta += other.beta;
    return *this;
  }
  friend ciphertext operator+(ciphertext a, const ciphertext& b) noexcept { return a += b; }
  ciphertext& operator-=(const ciphertext& other) noexcept {
    alpha -= other.alpha;
    beta -= other.beta;
    return *this;
  }
  friend ciphertext operator-(ciphertext a, const ciphertext& b) noexcept { return a -= b; }
};

/// Enc(m; r) of public values: a challenged ballot, a constant.
template <prime_order_group G>
[[nodiscard]] ciphertext<G> encrypt_vartime(const scalar_of<G>& m, const scalar_of<G>& r,
                                            const element_of<G>& joint_key) noexcept {
  return {G::mul_base_vartime(r), G::double_mul_vartime(r, joint_key, m)};
}

/// Membership: both parts are canonical elements (the identity included). The error's place is
/// "alpha" or "beta".                                                                  SPEC(10.3)
[[nodiscard]] result<ciphertext<ristretto255>> decode(const wire_ciphertext& in);
/// out[i] = decode(in[i]); the error's place names the first bad one, "ciphertext 3/alpha".
/// \pre equal sizes
[[nodiscard]] result<void> decode_batch(std::span<ciphertext<ristretto255>> out,
                                        std::span<const wire_ciphertext> in);
[[nodiscard]] wire_ciphertext encode(const ciphertext<ristretto255>& c) noexcept;

}  // namespace sandoq
