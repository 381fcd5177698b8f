#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "proofs/bit_vector/open_transcript.core.hpp"
#include "sandoq/core/choice.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/bit_vector_prove.hpp"

namespace sandoq {
namespace bit_vector {

/// Bit i of a witness as a choice.
[[nodiscard]] inline choice bit_at(const secret_bytes& bits, std::size_t i) {
  return choice::from_bit(std::to_integer<std::uint64_t>(expose_for_secret_ops(bits)[i]));
}

/// The bytes that the nonces are bound to: b as one byte each, then r as scalars.     SPEC(45.4)
template <proving_group G>
[[nodiscard]] secret_bytes nonce_witness(const bit_vector_witness<G>& witness) {
  const secret_bytes r = witness_bytes<G>(witness.r);
  secret_bytes out(witness.bits.size() + r.size());
  const byte_view bits_in = expose_for_secret_ops(witness.bits);
  const byte_view r_in = expose_for_secret_ops(r);
  const auto rest = std::copy(bits_in.begin(), bits_in.end(), expose_for_secret_ops(out).begin());
  std::copy(r_in.begin(), r_in.end(), rest);
  return out;
}

/// c, c^2, ..., c^count.
template <prime_order_group G>
[[nodiscard]] std::vector<scalar_of<G>> powers_of(const scalar_of<G>& c, std::size_t count) {
  std::vector<scalar_of<G>> out(count, c);
  for (std::size_t i = 1; i < count; ++i) {
    out[i] = out[i - 1] * c;
  }
  return out;
}

/// One proof being made: the masks, the commitments and the responses of 45.4, all in secrets until
/// each value is released.
template <proving_group G>
class prover {
 public:
  using ops = secret_ops<G>;

  prover(const prover_tables<G>& tables, const bit_vector_shape& shape,
         const bit_vector_witness<G>& witness, const prover_nonces& nonces)
      : tables_(tables),
        shape_(shape),
        witness_(witness),
        masks_{nonces.at<G>(0), nonces.at<G>(1), nonces.at<G>(2), nonces.at<G>(3)},
        sigma_(nonces.at<G>(4)),
        blinds_(tables.blind().mul_each(masks_)),
        a_(shape.bits()) {
    secret_scalar<G> sum;  // of u_i*a_i, i >= 2
    for (std::size_t i = 1; i < a_.size(); ++i) {
      a_[i] = nonces.at<G>(static_cast<std::uint32_t>(4 + i));
      sum = ops::fma(sum, G::scalar_from_u64(shape.weights()[i]), a_[i]);
    }
    a_[0] = ops::neg(sum);
  }

  /// B = rho*H + sum of b_i*G_i,  A = alpha*H + sum of a_i*G_i.
  [[nodiscard]] std::vector<element_of<G>> commit() const {
    const auto bases = tables_.vector().bases();
    secret_element<G> B = blinds_[rho].clone();
    for (std::size_t i = 0; i < a_.size(); ++i) {
      B = ops::add_if(bit(i), B, bases[i]);
    }
    const auto A = ops::add(blinds_[alpha], tables_.vector().msm(a_));
    return {declassify<"B hides the bits perfectly behind rho*H">(B),
            declassify<"A hides the masks perfectly behind alpha*H">(A)};
  }

  /// T1 = t1*G + tau1*H,  T0 = t0*G + tau0*H,  E = Enc(sum of w^i*a_i; sigma), where
  /// t1 = sum of y^i*a_i*(1 - 2*b_i),  t0 = -sum of y^i*a_i^2.
  [[nodiscard]] std::vector<element_of<G>> commit_products(const scalar_of<G>& y,
                                                           const scalar_of<G>& w) const {
    const auto y_powers = powers_of<G>(y, a_.size());
    const auto w_powers = powers_of<G>(w, shape_.ciphertexts());
    secret_scalar<G> t1, squares, e;
    for (std::size_t i = 0; i < a_.size(); ++i) {
      t1 = ops::fma(t1, y_powers[i], ops::select(bit(i), ops::neg(a_[i]), a_[i]));
      squares = ops::fma(squares, y_powers[i], ops::mul(a_[i], a_[i]));
    }
    for (std::size_t i = 0; i < w_powers.size(); ++i) {
      e = ops::fma(e, w_powers[i], a_[i]);
    }
    const std::array<secret_scalar<G>, 4> factors = {std::move(t1), ops::neg(squares),
                                                     sigma_.clone(), std::move(e)};
    const auto products = ops::mul_base_each(factors);
    const auto T1 = ops::add(products[0], blinds_[tau1]);
    const auto T0 = ops::add(products[1], blinds_[tau0]);
    const ciphertext<G> E = tables_.key().encrypt_multiples(products[3], products[2], sigma_);
    return {declassify<"T1 hides t1 perfectly behind tau1*H">(T1),
            declassify<"T0 hides t0 perfectly behind tau0*H">(T0), E.alpha, E.beta};
  }

  /// f_i = x*b_i + a_i, z_B = x*rho + alpha, z_T = x*tau1 + tau0, z_E = x*(sum of w^i*r_i) + sigma.
  [[nodiscard]] bit_vector_proof<G> respond(encoded_elements<G> commitments, const scalar_of<G>& w,
                                            const scalar_of<G>& x) && {
    bit_vector_proof<G> out{.commitments = std::move(commitments),
                            .f = std::vector<scalar_of<G>>(a_.size() - 1),
                            .z_B = declassify<"z_B hides rho behind the fresh alpha">(
                                ops::fma(masks_[alpha], x, masks_[rho])),
                            .z_T = declassify<"z_T hides tau1 behind the fresh tau0">(
                                ops::fma(masks_[tau0], x, masks_[tau1])),
                            .z_E = {}};
    for (std::size_t i = 1; i < a_.size(); ++i) {
      out.f[i - 1] = declassify<"f_i hides b_i behind the fresh a_i">(
          ops::fma(a_[i], x, ops::scalar_from_choice(bit(i))));
    }
    const auto w_powers = powers_of<G>(w, witness_.r.size());
    secret_scalar<G> r_sum;
    for (std::size_t i = 0; i < w_powers.size(); ++i) {
      r_sum = ops::fma(r_sum, w_powers[i], witness_.r[i]);
    }
    out.z_E =
        declassify<"z_E hides the nonces r_i behind the fresh sigma">(ops::fma(sigma_, x, r_sum));
    return out;
  }

 private:
  [[nodiscard]] choice bit(std::size_t i) const { return bit_at(witness_.bits, i); }

  const prover_tables<G>& tables_;
  const bit_vector_shape& shape_;
  const bit_vector_witness<G>& witness_;
  enum mask : std::size_t { rho, alpha, tau1, tau0 };
  std::array<secret_scalar<G>, 4> masks_;
  secret_scalar<G> sigma_;
  std::vector<secret_element<G>> blinds_;  // masks_[i]*H
  std::vector<secret_scalar<G>> a_;
};

}  // namespace bit_vector

template <proving_group G>
result<encrypted_choices<G>> encrypt_choices(const prover_tables<G>& tables,
                                             const bit_vector_context<G>& context,
                                             const secret_bytes& choices,
                                             const nonce_seed& ballot_seed) {
  SANDOQ_EXPECTS(&context.election == &tables.election(), "tables of the same election");
  auto bits = complete_bits(context.shape, choices);
  if (!bits) {
    return tl::unexpected<error>(std::move(bits.error()));
  }
  transcript tr("sandoq-1/encrypt");
  absorb_context(tr, context);
  const prover_nonces nonces(tr, choices, ballot_seed);
  std::vector<secret_scalar<G>> r(choices.size());
  choice any_zero = choice::no();
  for (std::size_t i = 0; i < r.size(); ++i) {
    r[i] = nonces.at<G>(static_cast<std::uint32_t>(i));
    any_zero = any_zero | secret_ops<G>::is_zero(r[i]);
  }
  std::vector<element_of<G>> elements;
  elements.reserve(2 * r.size());
  for (const ciphertext<G>& c : tables.key().encrypt_bits(choices, r)) {
    elements.push_back(c.alpha);
    elements.push_back(c.beta);
  }
  if (declassify<"a zero nonce shows in the ciphertext, whatever was chosen">(any_zero)) {
    return fail(errc::bad_witness, "ciphertext nonce",
                "it is zero; the device stops here and opens no further ballot (52.4)");
  }
  return encrypted_choices<G>{encoded_elements<G>(std::move(elements)),
                              {std::move(*bits), std::move(r)}};
}

template <proving_group G>
result<bit_vector_proof<G>> prove(const prover_tables<G>& tables,
                                  const bit_vector_statement<G>& statement,
                                  const bit_vector_witness<G>& witness,
                                  const nonce_seed& ballot_seed) {
  const bit_vector_shape& shape = statement.context.shape;
  SANDOQ_EXPECTS(&statement.context.election == &tables.election(), "tables of the same election");
  SANDOQ_EXPECTS(shape.bits() <= tables.vector().bases().size(), "tables for the largest contest");
  if (statement.ciphertexts.size() != 2 * shape.ciphertexts() ||
      witness.bits.size() != shape.bits() || witness.r.size() != shape.ciphertexts()) {
    return fail(errc::bad_statement, "contest", "ciphertexts or witness do not fit its shape");
  }
  transcript tr = bit_vector::open_transcript(statement);
  bit_vector::prover<G> prover(tables, shape, witness,
                               prover_nonces(tr, bit_vector::nonce_witness(witness), ballot_seed));

  encoded_elements<G> commitments(prover.commit());
  tr.absorb_encoded_elements<G>("commit", commitments.octets());
  const auto y = tr.challenge<G>("y");
  const auto w = tr.challenge<G>("w");
  if (!y || !w) {
    return fail(errc::bad_proof, "challenge", "the challenge y or w is zero: the device must stop");
  }
  const encoded_elements<G> products(prover.commit_products(*y, *w));
  tr.absorb_encoded_elements<G>("commit-2", products.octets());
  commitments.append(products);
  const auto x = tr.challenge<G>("x");
  if (!x) {
    return fail(errc::bad_proof, "challenge", "the challenge x is zero: the device must stop");
  }
  return std::move(prover).respond(std::move(commitments), *w, *x);
}

}  // namespace sandoq
