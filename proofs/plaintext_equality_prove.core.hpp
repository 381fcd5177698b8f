#pragma once

#include <algorithm>
#include <span>
#include <utility>

#include "proofs/plaintext_equality.core.hpp"
#include "proofs/sigma/sigma_prove.core.hpp"
#include "sandoq/proofs/plaintext_equality_prove.hpp"

namespace sandoq {

namespace detail {

template <class Proof, proving_group G, class Statement>
result<Proof> prove_statement(const Statement& statement, std::span<const secret_scalar<G>> witness,
                              transcript& tr, const nonce_seed& seed) {
  if (auto valid = validate(statement); !valid) {
    return fail_within("statement", std::move(valid.error()));
  }
  absorb(statement, tr);
  return prove_sigma<G>(relation(statement), witness, tr, seed).map([](const bytes& octets) {
    Proof out;
    std::copy(octets.begin(), octets.end(), out.octets.begin());
    return out;
  });
}

}  // namespace detail

template <proving_group G>
result<plaintext_equality_proof<G>> prove_with_seed(
    const plaintext_equality_statement<G>& statement, const plaintext_equality_witness<G>& witness,
    transcript& tr, const nonce_seed& seed) {
  const secret_scalar<G> x[]{witness.r.clone(), secret_ops<G>::neg(witness.other_r)};
  return detail::prove_statement<plaintext_equality_proof<G>, G>(statement, x, tr, seed);
}

template <proving_group G>
result<plaintext_equality_proof<G>> prove(const plaintext_equality_statement<G>& statement,
                                          const plaintext_equality_witness<G>& witness,
                                          transcript& tr, random_source& random) {
  return prove_with_seed<G>(statement, witness, tr, random_secret<32>(random));
}

template <proving_group G>
result<reencryption_proof<G>> prove_with_seed(const reencryption_statement<G>& statement,
                                              const secret_scalar<G>& x, transcript& tr,
                                              const nonce_seed& seed) {
  return detail::prove_statement<reencryption_proof<G>, G>(statement, {&x, 1}, tr, seed);
}

template <proving_group G>
result<reencryption_proof<G>> prove(const reencryption_statement<G>& statement,
                                    const secret_scalar<G>& x, transcript& tr,
                                    random_source& random) {
  return prove_with_seed<G>(statement, x, tr, random_secret<32>(random));
}

}  // namespace sandoq
