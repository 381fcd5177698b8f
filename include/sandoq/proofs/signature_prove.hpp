#pragma once

#include <utility>

#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/group/secret_ops.hpp"
#include "sandoq/proofs/signature.hpp"
#include "sandoq/transcript/nonce_secret.hpp"

namespace sandoq {

/// A secret signing key with its public half.
template <proving_group G>
class signing_key {
 public:
  /// A fresh key.
  [[nodiscard]] static signing_key generate(random_source& random);
  /// From a stored scalar; bad_witness for 0.
  [[nodiscard]] static result<signing_key> from_scalar(secret_scalar<G> x);

  [[nodiscard]] const encoded_element<G>& public_key() const noexcept { return public_; }
  /// For proofs of possession and for storing the key.
  [[nodiscard]] const secret_scalar<G>& scalar() const noexcept { return x_; }

 private:
  signing_key(secret_scalar<G> x, const encoded_element<G>& public_key)
      : x_(std::move(x)), public_(public_key) {}
  secret_scalar<G> x_;
  encoded_element<G> public_;
};

/// Signs with a fresh nonce seed. Constant time in the key. Fails only with the challenge 0, which
/// does not occur in a large group. Cost: 1 fixed-base multiplication.                 SPEC(40.8)
template <proving_group G>
[[nodiscard]] result<signature<G>> sign(const signing_key<G>& key, const signed_message& message,
                                        random_source& random);
/// The same from a given seed.
template <proving_group G>
[[nodiscard]] result<signature<G>> sign_with_seed(const signing_key<G>& key,
                                                  const signed_message& message,
                                                  const nonce_seed& seed);

extern template class signing_key<ristretto255>;
extern template result<wire_signature> sign(const signing_key<ristretto255>&, const signed_message&,
                                            random_source&);
extern template result<wire_signature> sign_with_seed(const signing_key<ristretto255>&,
                                                      const signed_message&, const nonce_seed&);

}  // namespace sandoq
