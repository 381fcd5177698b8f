#pragma once

#include <utility>

#include "proofs/schnorr_prove.core.hpp"
#include "proofs/signature.core.hpp"
#include "sandoq/proofs/signature_prove.hpp"

namespace sandoq {

template <proving_group G>
result<signing_key<G>> signing_key<G>::from_scalar(secret_scalar<G> x) {
  const encoded_element<G> X(declassify<"a public key is published">(secret_ops<G>::mul_base(x)));
  if (X.is_identity()) {
    return fail(errc::bad_witness, "signing key", "zero is no secret key; make another");
  }
  return signing_key(std::move(x), X);
}

template <proving_group G>
signing_key<G> signing_key<G>::generate(random_source& random) {
  for (;;) {
    // Zero comes up with probability 1/q.
    if (auto key = from_scalar(secret_ops<G>::random_scalar(random)); key) {
      return std::move(*key);
    }
  }
}

template <proving_group G>
result<signature<G>> sign_with_seed(const signing_key<G>& key, const signed_message& message,
                                    const nonce_seed& seed) {
  transcript tr = detail::signature_transcript(message);
  const verification_key<G> public_half{key.public_key()};
  return prove_with_seed<G>(detail::signature_statement(public_half), key.scalar(), tr, seed);
}

template <proving_group G>
result<signature<G>> sign(const signing_key<G>& key, const signed_message& message,
                          random_source& random) {
  return sign_with_seed<G>(key, message, random_secret<32>(random));
}

}  // namespace sandoq
