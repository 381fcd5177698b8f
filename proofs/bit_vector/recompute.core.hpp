#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "proofs/bit_vector/open_transcript.core.hpp"
#include "proofs/bit_vector/verify.core.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/elgamal/ciphertext.hpp"
#include "sandoq/proofs/bit_vector_recompute.hpp"
#include "sandoq/transcript/nonce.hpp"

namespace sandoq {
namespace bit_vector {

/// A revealed witness.
template <prime_order_group G>
struct revealed {
  std::vector<std::uint8_t> bits;  // b_1 ... b_N
  std::vector<scalar_of<G>> r;     // r_1 ... r_n'

  /// b as one byte each, then r as scalars.                                          SPEC(45.4)
  [[nodiscard]] bytes witness_bytes() const {
    byte_writer out;
    out.fixed(std::as_bytes(std::span(bits)));
    for (const auto& scalar : r) {
      out.fixed(G::encode_scalar(scalar));
    }
    return std::move(out).take();
  }
};

/// r_i = nonce_{i-1} of the encryption transcript.                                     SPEC(52.4)
template <prime_order_group G>
[[nodiscard]] result<std::vector<scalar_of<G>>> encryption_nonces(
    const bit_vector_context<G>& context, std::span<const std::uint8_t> choices,
    const byte_array<32>& ballot_seed) {
  transcript tr("sandoq-1/encrypt");
  absorb_context(tr, context);
  const revealed_nonces nonces(tr, std::as_bytes(choices), ballot_seed);
  std::vector<scalar_of<G>> r(choices.size());
  for (std::size_t i = 0; i < r.size(); ++i) {
    r[i] = nonces.at<G>(static_cast<std::uint32_t>(i));
    if (r[i] == scalar_of<G>{}) {
      return fail(errc::bad_proof, "ciphertext " + std::to_string(i),
                  "its nonce is zero: the device had to stop");
    }
  }
  return r;
}

/// The prover's masks; a_1 makes sum of u_i*a_i vanish.                                SPEC(45.4)
template <prime_order_group G>
struct masks {
  scalar_of<G> rho, alpha, tau1, tau0, sigma;
  std::vector<scalar_of<G>> a;

  masks(const bit_vector_shape& shape, const revealed_nonces& nonces)
      : rho(nonces.at<G>(0)),
        alpha(nonces.at<G>(1)),
        tau1(nonces.at<G>(2)),
        tau0(nonces.at<G>(3)),
        sigma(nonces.at<G>(4)),
        a(shape.bits()) {
    for (std::size_t i = 1; i < a.size(); ++i) {
      a[i] = nonces.at<G>(static_cast<std::uint32_t>(4 + i));
      a[0] -= G::scalar_from_u64(shape.weights()[i]) * a[i];
    }
  }
};

/// B = rho*H + sum of b_i*G_i,  A = alpha*H + sum of a_i*G_i.
template <prime_order_group G>
[[nodiscard]] std::vector<element_of<G>> first_commitments(const proof_election<G>& election,
                                                           const std::vector<std::uint8_t>& bits,
                                                           const masks<G>& mask) {
  element_of<G> B = G::mul_vartime(mask.rho, election.blind());
  for (std::size_t i = 0; i < bits.size(); ++i) {
    if (bits[i] != 0) {
      B += election.vector()[i];
    }
  }
  const element_of<G> A = G::mul_vartime(mask.alpha, election.blind()) +
                          G::msm_vartime(mask.a, election.vector().first(mask.a.size()));
  return {B, A};
}

/// What T1, T0 and E hold: t1 = sum of y^i*a_i*(1 - 2*b_i),  t0 = -sum of y^i*a_i^2 and the sum of
/// w^i*a_i.
template <prime_order_group G>
struct products {
  scalar_of<G> t1, t0, e;

  products(const bit_vector_shape& shape, const std::vector<std::uint8_t>& bits,
           const masks<G>& mask, const scalar_of<G>& y, const scalar_of<G>& w)
      : t1(power_sum<G>(y, bits.size(),
                        [&](std::size_t i) { return bits[i] != 0 ? -mask.a[i] : mask.a[i]; })),
        t0(-power_sum<G>(y, bits.size(), [&](std::size_t i) { return mask.a[i] * mask.a[i]; })),
        e(power_sum<G>(w, shape.ciphertexts(), [&](std::size_t i) { return mask.a[i]; })) {}
};

/// f_2 ... f_N, z_B, z_T, z_E.
template <prime_order_group G>
struct responses {
  std::vector<scalar_of<G>> f;
  scalar_of<G> z_B, z_T, z_E;

  responses(const revealed<G>& witness, const masks<G>& mask, const scalar_of<G>& w,
            const scalar_of<G>& x)
      : f(mask.a.begin() + 1, mask.a.end()),
        z_B(x * mask.rho + mask.alpha),
        z_T(x * mask.tau1 + mask.tau0),
        z_E(x * power_sum<G>(w, witness.r.size(), [&](std::size_t i) { return witness.r[i]; }) +
            mask.sigma) {
    for (std::size_t i = 1; i < witness.bits.size(); ++i) {
      if (witness.bits[i] != 0) {
        f[i - 1] += x;
      }
    }
  }
};

/// T1 = t1*G + tau1*H,  T0 = t0*G + tau0*H,  E = Enc(sum of w^i*a_i; sigma).
template <prime_order_group G>
[[nodiscard]] std::vector<element_of<G>> second_commitments(const bit_vector_context<G>& context,
                                                            const std::vector<std::uint8_t>& bits,
                                                            const masks<G>& mask,
                                                            const scalar_of<G>& y,
                                                            const scalar_of<G>& w) {
  const proof_election<G>& election = context.election;
  const products<G> held(context.shape, bits, mask, y, w);
  const ciphertext<G> E = encrypt_vartime<G>(held.e, mask.sigma, election.joint_key().element());
  return {G::double_mul_vartime(mask.tau1, election.blind(), held.t1),
          G::double_mul_vartime(mask.tau0, election.blind(), held.t0), E.alpha, E.beta};
}

/// Proof of a revealed witness, by the equations of 45.4 in plain variable-time arithmetic.
template <prime_order_group G>
[[nodiscard]] result<bit_vector_proof<G>> recompute_proof(const bit_vector_statement<G>& statement,
                                                          const revealed<G>& witness,
                                                          const byte_array<32>& ballot_seed) {
  const bit_vector_context<G>& context = statement.context;
  transcript tr = open_transcript(statement);
  const masks<G> mask(context.shape, revealed_nonces(tr, witness.witness_bytes(), ballot_seed));
  std::vector<element_of<G>> commitments = first_commitments(context.election, witness.bits, mask);
  tr.absorb_elements<G>("commit", std::span<const element_of<G>>(commitments));
  const auto y = tr.challenge<G>("y");
  const auto w = tr.challenge<G>("w");
  if (!y || !w) {
    return fail(errc::bad_proof, "challenge", "the challenge y or w is zero");
  }
  const auto second = second_commitments(context, witness.bits, mask, *y, *w);
  tr.absorb_elements<G>("commit-2", std::span<const element_of<G>>(second));
  const auto x = tr.challenge<G>("x");
  if (!x) {
    return fail(errc::bad_proof, "challenge", "the challenge x is zero");
  }
  commitments.insert(commitments.end(), second.begin(), second.end());
  responses<G> response(witness, mask, *w, *x);
  return bit_vector_proof<G>{.commitments = encoded_elements<G>(std::move(commitments)),
                             .f = std::move(response.f),
                             .z_B = response.z_B,
                             .z_T = response.z_T,
                             .z_E = response.z_E};
}

/// alpha_i - r_i G = 0 and beta_i - r_i K - m_i G = 0 for every ciphertext.
template <prime_order_group G>
void emit_encryption(equation_sink<G>& sink, const encoded_elements<G>& ciphertexts,
                     const revealed<G>& witness) {
  for (std::size_t i = 0; i < witness.r.size(); ++i) {
    sink.begin_equation();
    sink.add(ciphertexts[2 * i]);
    sink.add_base(generator_base, -witness.r[i]);
    sink.begin_equation();
    sink.add(ciphertexts[2 * i + 1]);
    sink.add_base(proof_election<G>::joint_key_base, -witness.r[i]);
    if (witness.bits[i] != 0) {
      sink.add_base(generator_base, -G::scalar_from_u64(1));
    }
  }
}

/// The six commitments, each less what it has to be.
template <prime_order_group G>
void emit_commitments(equation_sink<G>& sink, const bit_vector_proof<G>& proof,
                      const std::vector<std::uint8_t>& bits, const masks<G>& mask,
                      const products<G>& held) {
  using election = proof_election<G>;
  std::vector<scalar_of<G>> minus(bits.size());
  const auto emit_one = [&sink](const element_of<G>& commitment, base_index first,
                                const scalar_of<G>& a, base_index second, const scalar_of<G>& b) {
    sink.begin_equation();
    sink.add(commitment);
    sink.add_base(first, -a);
    sink.add_base(second, -b);
  };
  sink.begin_equation();
  sink.add(proof.B());
  sink.add_base(election::blind_base, -mask.rho);
  for (std::size_t i = 0; i < bits.size(); ++i) {
    minus[i] = bits[i] != 0 ? -G::scalar_from_u64(1) : scalar_of<G>{};
  }
  sink.add_bases(election::vector_base, minus);
  sink.begin_equation();
  sink.add(proof.A());
  sink.add_base(election::blind_base, -mask.alpha);
  for (std::size_t i = 0; i < bits.size(); ++i) {
    minus[i] = -mask.a[i];
  }
  sink.add_bases(election::vector_base, minus);
  emit_one(proof.T1(), generator_base, held.t1, election::blind_base, mask.tau1);
  emit_one(proof.T0(), generator_base, held.t0, election::blind_base, mask.tau0);
  emit_one(proof.E_alpha(), generator_base, mask.sigma, generator_base, scalar_of<G>{});
  emit_one(proof.E_beta(), election::joint_key_base, mask.sigma, generator_base, held.e);
}

}  // namespace bit_vector

template <prime_order_group G>
verification emit_recomputed(equation_sink<G>& sink, const bit_vector_statement<G>& published,
                             const bit_vector_proof<G>& proof,
                             std::span<const std::uint8_t> choices,
                             const byte_array<32>& ballot_seed) {
  const bit_vector_context<G>& context = published.context;
  SANDOQ_EXPECTS(context.shape.bits() <= context.election.vector().size(),
                 "the election has bases for its largest contest");
  SANDOQ_EXPECTS(&sink.bases() == &context.election.bases(),
                 "the sink works with the table of the election");
  if (const std::string fault = bit_vector::fault_of_form(published, proof); !fault.empty()) {
    return verification::rejected(fault);
  }
  auto bits = complete_bits_vartime(context.shape, choices);
  if (!bits) {
    return verification::rejected(to_string(bits.error()));
  }
  auto r = bit_vector::encryption_nonces(context, choices, ballot_seed);
  if (!r) {
    return verification::rejected(to_string(r.error()));
  }
  const bit_vector::revealed<G> witness{std::move(*bits), std::move(*r)};
  transcript tr = bit_vector::open_transcript(published);
  const bit_vector::masks<G> mask(context.shape,
                                  revealed_nonces(tr, witness.witness_bytes(), ballot_seed));
  const auto challenge = bit_vector::draw(tr, proof.commitments);
  if (!challenge) {
    return verification::rejected(to_string(challenge.error()));
  }
  const bit_vector::responses<G> expected(witness, mask, challenge->w, challenge->x);
  if (proof.f != expected.f || proof.z_B != expected.z_B || proof.z_T != expected.z_T ||
      proof.z_E != expected.z_E) {
    return verification::rejected("the responses are not those of these choices and seeds");
  }
  bit_vector::emit_encryption(sink, published.ciphertexts, witness);
  bit_vector::emit_commitments(sink, proof, witness.bits, mask,
                               {context.shape, witness.bits, mask, challenge->y, challenge->w});
  return verification::ok();
}

template <prime_order_group G>
result<bit_vector_ballot<G>> recompute_vartime(const bit_vector_context<G>& context,
                                               std::span<const std::uint8_t> choices,
                                               const byte_array<32>& ballot_seed) {
  SANDOQ_EXPECTS(context.shape.bits() <= context.election.vector().size(),
                 "the election has bases for its largest contest");
  auto bits = complete_bits_vartime(context.shape, choices);
  if (!bits) {
    return tl::unexpected<error>(std::move(bits.error()));
  }
  auto r = bit_vector::encryption_nonces(context, choices, ballot_seed);
  if (!r) {
    return tl::unexpected<error>(std::move(r.error()));
  }
  std::vector<element_of<G>> elements;
  elements.reserve(2 * choices.size());
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const ciphertext<G> c = encrypt_vartime<G>(G::scalar_from_u64(choices[i]), (*r)[i],
                                               context.election.joint_key().element());
    elements.push_back(c.alpha);
    elements.push_back(c.beta);
  }
  encoded_elements<G> ciphertexts(std::move(elements));
  const bit_vector::revealed<G> witness{std::move(*bits), std::move(*r)};
  auto proof = bit_vector::recompute_proof<G>({context, ciphertexts}, witness, ballot_seed);
  if (!proof) {
    return tl::unexpected<error>(std::move(proof.error()));
  }
  return bit_vector_ballot<G>{std::move(ciphertexts), std::move(*proof)};
}

}  // namespace sandoq
