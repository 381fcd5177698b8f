#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "proofs/bit_vector/open_transcript.core.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/bit_vector.hpp"

namespace sandoq {
namespace bit_vector {

/// Everything that must be right before an equation makes sense; empty if it is.      SPEC(45.5)
template <prime_order_group G>
[[nodiscard]] std::string fault_of_form(const bit_vector_statement<G>& statement,
                                        const bit_vector_proof<G>& proof) {
  const bit_vector_shape& shape = statement.context.shape;
  if (statement.ciphertexts.size() != 2 * shape.ciphertexts()) {
    return "the number of ciphertexts is not the contest's";
  }
  if (proof.f.size() != shape.bits() - 1) {
    return "the number of responses is not N - 1";
  }
  if (proof.commitments.size() != 6) {
    return "the number of commitments is not 6";
  }
  for (std::size_t i = 0; i < shape.ciphertexts(); ++i) {
    if (G::is_identity(statement.ciphertexts[2 * i])) {
      return "ciphertext " + std::to_string(i) + "/alpha is the identity";
    }
  }
  return {};
}

template <prime_order_group G>
struct challenges {
  scalar_of<G> y, w, x;
};

/// What the verifier draws: y and w after B and A, x after T1, T0 and E.              SPEC(45.4)
template <prime_order_group G>
[[nodiscard]] result<challenges<G>> draw(transcript& tr, const encoded_elements<G>& commitments) {
  tr.absorb_encoded_elements<G>("commit", commitments.octets(0, 2));
  const auto y = tr.challenge<G>("y");
  const auto w = tr.challenge<G>("w");
  tr.absorb_encoded_elements<G>("commit-2", commitments.octets(2, 4));
  const auto x = tr.challenge<G>("x");
  for (const auto* c : {&y, &w, &x}) {
    if (!*c) {
      return tl::unexpected<error>(c->error());
    }
  }
  return challenges<G>{*y, *w, *x};
}

/// f_1 ... f_N with f_1 = L*x - sum of u_i*f_i over i >= 2: so the sum condition needs no equation.
template <prime_order_group G>
[[nodiscard]] std::vector<scalar_of<G>> complete_responses(const bit_vector_shape& shape,
                                                           const std::vector<scalar_of<G>>& rest,
                                                           const scalar_of<G>& x) {
  std::vector<scalar_of<G>> f;
  f.reserve(shape.bits());
  f.push_back(G::scalar_from_u64(shape.limit()) * x);
  f.insert(f.end(), rest.begin(), rest.end());
  for (std::size_t i = 1; i < f.size(); ++i) {
    const std::uint32_t u = shape.weights()[i];
    f[0] -= u == 1 ? f[i] : G::scalar_from_u64(u) * f[i];
  }
  return f;
}

/// Sum of c^(i+1)*value(i), i = 0..count-1, by Horner's rule.
template <prime_order_group G, class Value>
[[nodiscard]] scalar_of<G> power_sum(const scalar_of<G>& c, std::size_t count, Value&& value) {
  scalar_of<G> sum{};
  for (std::size_t i = count; i-- > 0;) {
    sum = (sum + value(i)) * c;
  }
  return sum;
}

/// (0)  xB + A - z_B H - sum of f_i G_i = 0
template <prime_order_group G>
void emit_opening(equation_sink<G>& sink, const bit_vector_proof<G>& proof, const scalar_of<G>& x,
                  const std::vector<scalar_of<G>>& f) {
  using election = proof_election<G>;
  std::vector<scalar_of<G>> minus_f(f.size());
  for (std::size_t i = 0; i < f.size(); ++i) {
    minus_f[i] = -f[i];
  }
  sink.begin_equation();
  sink.add(x, proof.B());
  sink.add(proof.A());
  sink.add_base(election::blind_base, -proof.z_B);
  sink.add_bases(election::vector_base, minus_f);
}

/// (1)  xT1 + T0 - (sum of y^i f_i (x - f_i)) G - z_T H = 0
template <prime_order_group G>
void emit_bits(equation_sink<G>& sink, const bit_vector_proof<G>& proof,
               const challenges<G>& challenge, const std::vector<scalar_of<G>>& f) {
  const auto product_sum = power_sum<G>(challenge.y, f.size(),
                                        [&](std::size_t i) { return f[i] * (challenge.x - f[i]); });
  sink.begin_equation();
  sink.add(challenge.x, proof.T1());
  sink.add(proof.T0());
  sink.add_base(generator_base, -product_sum);
  sink.add_base(proof_election<G>::blind_base, -proof.z_T);
}

/// (2)  x sum of w^i alpha_i + E.alpha - z_E G = 0
/// (3)  x sum of w^i beta_i + E.beta - z_E K - (sum of w^i f_i) G = 0,   i <= n'
template <prime_order_group G>
void emit_ciphertexts(equation_sink<G>& sink, const encoded_elements<G>& ciphertexts,
                      const bit_vector_proof<G>& proof, const challenges<G>& challenge,
                      const std::vector<scalar_of<G>>& f) {
  const std::size_t count = ciphertexts.size() / 2;
  std::vector<scalar_of<G>> x_powers(count);  // x*w^i
  scalar_of<G> power = challenge.x;
  for (auto& p : x_powers) {
    power *= challenge.w;
    p = power;
  }
  sink.begin_equation();
  for (std::size_t i = 0; i < count; ++i) {
    sink.add(x_powers[i], ciphertexts[2 * i]);
  }
  sink.add(proof.E_alpha());
  sink.add_base(generator_base, -proof.z_E);

  sink.begin_equation();
  for (std::size_t i = 0; i < count; ++i) {
    sink.add(x_powers[i], ciphertexts[2 * i + 1]);
  }
  sink.add(proof.E_beta());
  sink.add_base(proof_election<G>::joint_key_base, -proof.z_E);
  sink.add_base(generator_base,
                -power_sum<G>(challenge.w, count, [&](std::size_t i) { return f[i]; }));
}

}  // namespace bit_vector

template <prime_order_group G>
verification emit(equation_sink<G>& sink, const bit_vector_statement<G>& statement,
                  const bit_vector_proof<G>& proof) {
  const bit_vector_shape& shape = statement.context.shape;
  SANDOQ_EXPECTS(shape.bits() <= statement.context.election.vector().size(),
                 "the election has bases for its largest contest");
  SANDOQ_EXPECTS(&sink.bases() == &statement.context.election.bases(),
                 "the sink works on the table of the election of the statement");
  if (const std::string fault = bit_vector::fault_of_form(statement, proof); !fault.empty()) {
    return verification::rejected(fault);
  }
  transcript tr = bit_vector::open_transcript(statement);
  const auto challenge = bit_vector::draw(tr, proof.commitments);
  if (!challenge) {
    return verification::rejected("challenge " + to_string(challenge.error()));
  }
  const auto f = bit_vector::complete_responses<G>(shape, proof.f, challenge->x);
  bit_vector::emit_opening(sink, proof, challenge->x, f);
  bit_vector::emit_bits(sink, proof, *challenge, f);
  bit_vector::emit_ciphertexts(sink, statement.ciphertexts, proof, *challenge, f);
  return verification::ok();
}

template <prime_order_group G>
verification verify(const bit_vector_statement<G>& statement, const bit_vector_proof<G>& proof) {
  checking_sink<G> sink(statement.context.election.bases());
  if (auto emitted = emit(sink, statement, proof); !emitted) {
    return emitted;
  }
  if (!sink.holds()) {
    return verification::rejected("equation " + std::to_string(sink.first_failure().value_or(0)) +
                                  " does not hold");
  }
  return verification::ok();
}

}  // namespace sandoq
