#pragma once

#include <algorithm>
#include <utility>

#include "proofs/sigma/sigma.core.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/sigma/sigma_prove.hpp"

namespace sandoq {

namespace detail {

/// sum of x_a * E_b over the terms of a row.
template <proving_group G>
secret_element<G> evaluate_row(const linear_relation<G>& relation,
                               const typename linear_relation<G>::row& row,
                               std::span<const secret_scalar<G>> x) {
  using ops = secret_ops<G>;
  if (row.terms.size() == 1) {
    const relation_term& t = row.terms.front();
    const secret_scalar<G>& s = x[t.scalar.value()];
    return relation.shared(t.base) == generator_base
               ? ops::mul_base(s)
               : ops::mul(s, relation.element(t.base).element());
  }
  std::vector<secret_scalar<G>> scalars;
  std::vector<element_of<G>> elements;
  scalars.reserve(row.terms.size());
  elements.reserve(row.terms.size());
  for (const relation_term& t : row.terms) {
    scalars.push_back(x[t.scalar.value()].clone());
    elements.push_back(relation.element(t.base).element());
  }
  return ops::msm(scalars, elements);
}

inline void append(bytes& out, byte_view part) {
  out.insert(out.end(), part.begin(), part.end());
}

}  // namespace detail

template <proving_group G>
result<sigma_prover<G>> sigma_prover<G>::commit(const linear_relation<G>& relation,
                                                std::span<const secret_scalar<G>> witness,
                                                transcript& tr, const nonce_seed& seed) {
  if (auto valid = relation.validate(); !valid) {
    return fail_within("statement", std::move(valid.error()));
  }
  if (witness.size() != relation.scalars()) {
    return fail(errc::bad_witness, "witness", "it must have a scalar for each of the relation's");
  }
  relation.absorb(tr);
  const prover_nonces nonces(tr, witness_bytes<G>(witness), seed);
  sigma_prover out;
  for (std::uint32_t i = 0; i < witness.size(); ++i) {
    out.nonces_.push_back(nonces.template at<G>(i));
    out.witness_.push_back(witness[i].clone());
  }
  for (const auto& row : relation.rows()) {
    const auto T = declassify<"a commitment is an image of uniform nonces">(
        detail::evaluate_row<G>(relation, row, out.nonces_));
    detail::append(out.commitments_, G::encode(T));
  }
  tr.template absorb_encoded_elements<G>("commitments", out.commitments_);
  return out;
}

template <proving_group G>
bytes sigma_prover<G>::respond(const scalar_of<G>& challenge) && {
  SANDOQ_EXPECTS(!nonces_.empty(), "a prover responds once");
  bytes proof = std::move(commitments_);
  const std::vector<secret_scalar<G>> nonces = std::exchange(nonces_, {});
  const std::vector<secret_scalar<G>> witness = std::exchange(witness_, {});
  for (std::size_t i = 0; i < nonces.size(); ++i) {
    const auto z = declassify<"a response k + c*x hides x behind the uniform nonce k">(
        secret_ops<G>::fma(nonces[i], challenge, witness[i]));
    detail::append(proof, G::encode_scalar(z));
  }
  return proof;
}

template <proving_group G>
result<bytes> prove_sigma(const linear_relation<G>& relation,
                          std::span<const secret_scalar<G>> witness, transcript& tr,
                          const nonce_seed& seed) {
  auto prover = sigma_prover<G>::commit(relation, witness, tr, seed);
  if (!prover) {
    return tl::unexpected<error>(std::move(prover.error()));
  }
  const auto c = tr.template challenge<G>("c");
  if (!c) {
    return tl::unexpected<error>(c.error());
  }
  return std::move(*prover).respond(*c);
}

}  // namespace sandoq
