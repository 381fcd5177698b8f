#pragma once

#include <algorithm>
#include <utility>

#include "proofs/plaintext_knowledge.core.hpp"
#include "sandoq/proofs/plaintext_knowledge_prove.hpp"

namespace sandoq {

template <proving_group G>
result<plaintext_knowledge_proof<G>> prove_with_seed(
    const plaintext_knowledge_statement<G>& statement, std::span<const secret_scalar<G>> r,
    transcript& tr, const nonce_seed& seed) {
  using ops = secret_ops<G>;
  if (auto valid = detail::validate(statement); !valid) {
    return fail_within("statement", std::move(valid.error()));
  }
  if (r.size() != statement.ciphertexts.size()) {
    return fail(errc::bad_witness, "witness", "it must have an r for each component");
  }
  detail::absorb(statement, tr);
  const prover_nonces nonces(tr, witness_bytes<G>(r), seed);
  const secret_scalar<G> omega = nonces.at<G>(0);
  const auto W =
      G::encode(declassify<"a commitment is an image of a uniform nonce">(ops::mul_base(omega)));
  tr.template absorb_encoded_element<G>("W", W);
  const auto c = tr.template challenge<G>("c");
  if (!c) {
    return tl::unexpected<error>(c.error());
  }
  secret_scalar<G> response = omega.clone();
  scalar_of<G> power = *c;
  for (const auto& r_l : r) {
    response = ops::fma(response, power, r_l);
    power = power * *c;
  }
  const auto z = G::encode_scalar(
      declassify<"a response hides the witness behind the uniform nonce">(response));
  plaintext_knowledge_proof<G> out;
  std::copy(z.begin(), z.end(), std::copy(W.begin(), W.end(), out.octets.begin()));
  return out;
}

template <proving_group G>
result<plaintext_knowledge_proof<G>> prove(const plaintext_knowledge_statement<G>& statement,
                                           std::span<const secret_scalar<G>> r, transcript& tr,
                                           random_source& random) {
  return prove_with_seed<G>(statement, r, tr, random_secret<32>(random));
}

}  // namespace sandoq
