#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proofs/slots/inner_product.core.hpp"
#include "proofs/slots/transcript.core.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/slots_prove.hpp"

namespace sandoq {
namespace slots {

/// c_1 ... c_k as u32 each, then z: what the nonces of the ciphertexts are bound to.   SPEC(46.5)
[[nodiscard]] secret_bytes code_bytes(const slot_codes& codes);

/// The same followed by the nonces of the ciphertexts as scalars: for the nonces of the proof.
template <proving_group G>
[[nodiscard]] secret_bytes nonce_witness(const slots_witness<G>& witness) {
  const secret_bytes codes = code_bytes(witness.codes);
  const secret_bytes r = witness_bytes<G>(witness.r);
  secret_bytes out(codes.size() + r.size());
  const byte_view codes_in = expose_for_secret_ops(codes);
  const byte_view r_in = expose_for_secret_ops(r);
  const auto rest = std::copy(codes_in.begin(), codes_in.end(), expose_for_secret_ops(out).begin());
  std::copy(r_in.begin(), r_in.end(), rest);
  return out;
}

/// One byte for each place of a_L that has a meaning: the bits of d_0, d_1, ..., then z. SPEC(46.2)
[[nodiscard]] secret_bytes bits_of(const slots_shape& shape, const slot_codes& codes);

/// c_1, ..., c_k and, where blanks are counted, z.
template <proving_group G>
[[nodiscard]] std::vector<secret_scalar<G>> code_scalars(const slots_shape& shape,
                                                         const slot_codes& codes) {
  std::vector<secret_scalar<G>> out;
  out.reserve(shape.ciphertexts());
  for (const auto& code : codes.codes) {
    out.push_back(secret_ops<G>::scalar_from_u64(code));
  }
  if (shape.counts_blank()) {
    out.push_back(secret_ops<G>::scalar_from_choice(codes.blank));
  }
  return out;
}

/// One proof being made: masks, commitments and responses of 46.5, all in secrets until each value
/// is released.
template <proving_group G>
class prover {
 public:
  using ops = secret_ops<G>;

  prover(const prover_tables<G>& tables, const slots_shape& shape, const slots_witness<G>& witness,
         const prover_nonces& nonces)
      : tables_(tables),
        shape_(shape),
        witness_(witness),
        bits_(bits_of(shape, witness.codes)),
        masks_{nonces.at<G>(0), nonces.at<G>(1), nonces.at<G>(4), nonces.at<G>(5)},
        eps_(nonces.at<G>(2)),
        sigma_(nonces.at<G>(3)),
        blinds_(tables.blind().mul_each(masks_)) {
    const std::size_t n = shape.bits();
    for (std::size_t i = 0; i < n; ++i) {
      s_left_.push_back(nonces.at<G>(static_cast<std::uint32_t>(6 + i)));
    }
    for (std::size_t i = 0; i < n; ++i) {
      s_right_.push_back(nonces.at<G>(static_cast<std::uint32_t>(6 + n + i)));
    }
  }

  /// A = alpha*H + sum of a_L[i] G_i + (a_L[i] - 1) R_i,  S = beta*H + sum of s_L[i] G_i + s_R[i]
  /// R_i.
  [[nodiscard]] std::vector<element_of<G>> commit() const {
    const auto left = tables_.vector().bases();
    const auto right = tables_.right_vector().bases().first(shape_.bits());
    secret_element<G> A = ops::sub(blinds_[alpha], G::sum(right));
    for (std::size_t i = 0; i < bits_.size(); ++i) {
      A = ops::add_if(bit(i), A, left[i] + right[i]);
    }
    const auto S = ops::add(ops::add(blinds_[beta], tables_.vector().msm(s_left_)),
                            tables_.right_vector().msm(s_right_));
    return {declassify<"A hides the bits of the codes perfectly behind alpha*H">(A),
            declassify<"S hides the masks perfectly behind beta*H">(S)};
  }

  /// Fixes l(X) and r(X); T1 = (t1 - eps)G + tau1*H,  T2 = t2*G + tau2*H,  E = Enc(eps; sigma).
  [[nodiscard]] std::vector<element_of<G>> commit_products(const scalar_of<G>& y,
                                                           const scalar_of<G>& u) {
    const auto y_powers = powers_from_one<G>(y, shape_.bits());
    constraints_ = constraint_weights<G>(shape_, u);
    const auto weights = bit_weights<G>(shape_, constraints_);
    secret_scalar<G> t1, t2;
    for (std::size_t i = 0; i < shape_.bits(); ++i) {
      const auto a = i < bits_.size() ? ops::scalar_from_choice(bit(i)) : secret_scalar<G>();
      left_.push_back(ops::sub(a, u));
      const auto r0 = ops::mul(ops::sub(ops::add(a, u), G::scalar_from_u64(1)), y_powers[i]);
      right_.push_back(i < weights.size() ? ops::add(r0, weights[i]) : r0.clone());
      s_right_[i] = ops::mul(s_right_[i], y_powers[i]);
      t1 = ops::fma(t1, left_[i], s_right_[i]);
      t1 = ops::fma(t1, s_left_[i], right_[i]);
      t2 = ops::fma(t2, s_left_[i], s_right_[i]);
    }
    const std::array<secret_scalar<G>, 4> factors = {ops::sub(t1, eps_), std::move(t2),
                                                     sigma_.clone(), eps_.clone()};
    const auto products = ops::mul_base_each(factors);
    const auto T1 = ops::add(products[0], blinds_[tau1]);
    const auto T2 = ops::add(products[1], blinds_[tau2]);
    const ciphertext<G> E = tables_.key().encrypt_multiples(products[3], products[2], sigma_);
    return {declassify<"T1 hides t1 and eps perfectly behind tau1*H">(T1),
            declassify<"T2 hides t2 perfectly behind tau2*H">(T2), E.alpha, E.beta};
  }

  /// t_hat, tau_x, mu, f and z_E; from here on l(x) and r(x) are as good as public.
  [[nodiscard]] slots_proof<G> respond(encoded_elements<G> commitments, const scalar_of<G>& x) {
    slots_proof<G> out{.commitments = std::move(commitments),
                       .t_hat = {},
                       .tau_x = declassify<"tau_x hides tau1 behind the fresh tau2">(
                           ops::mul(ops::fma(masks_[tau1], x, masks_[tau2]), x)),
                       .mu = declassify<"mu hides alpha behind the fresh beta">(
                           ops::fma(masks_[alpha], x, masks_[beta])),
                       .f = declassify<"f hides the codes behind the fresh eps">(
                           ops::fma(value_of(code_scalars(), true), x, eps_)),
                       .z_E = declassify<"z_E hides the nonces of slots behind the fresh sigma">(
                           ops::fma(value_of(witness_.r, false), x, sigma_)),
                       .a = {},
                       .b = {}};
    for (std::size_t i = 0; i < shape_.bits(); ++i) {
      l_.push_back(declassify<"l(x) hides the bits behind the fresh s_L">(
          ops::fma(left_[i], x, s_left_[i])));
      r_.push_back(declassify<"r(x) hides the bits behind the fresh s_R">(
          ops::fma(right_[i], x, s_right_[i])));
      out.t_hat += l_[i] * r_[i];
    }
    return out;
  }

  /// The argument that <l(x), r(x)> = t_hat. \pre after respond
  [[nodiscard]] folded_product<G> argue(const scalar_of<G>& y, const scalar_of<G>& c) && {
    return {std::move(l_), std::move(r_), y, c};
  }

 private:
  [[nodiscard]] choice bit(std::size_t i) const {
    return choice::from_bit(std::to_integer<std::uint64_t>(expose_for_secret_ops(bits_)[i]));
  }

  /// c_1, ..., c_k and z.
  [[nodiscard]] std::vector<secret_scalar<G>> code_scalars() const {
    return slots::code_scalars<G>(shape_, witness_.codes);
  }

  /// The linear form of 46.2 at the values of all ciphertexts, with or without its constant.
  [[nodiscard]] secret_scalar<G> value_of(std::span<const secret_scalar<G>> values,
                                          bool with_constant) const {
    const linear_form<G> form(shape_, constraints_);
    secret_scalar<G> sum;
    for (std::size_t i = 0; i < form.ciphertexts.size(); ++i) {
      sum = ops::fma(sum, form.ciphertexts[i], values[i]);
    }
    return with_constant ? ops::add(sum, form.constant) : std::move(sum);
  }

  const prover_tables<G>& tables_;
  const slots_shape& shape_;
  const slots_witness<G>& witness_;
  secret_bytes bits_;
  enum mask : std::size_t { alpha, beta, tau1, tau2 };
  std::array<secret_scalar<G>, 4> masks_;
  secret_scalar<G> eps_;
  secret_scalar<G> sigma_;
  std::vector<secret_element<G>> blinds_;  // masks_[i]*H
  std::vector<secret_scalar<G>> s_left_;   // s_L
  std::vector<secret_scalar<G>> s_right_;  // s_R, then y^(i-1) s_R[i]
  std::vector<secret_scalar<G>> left_;     // l(0)
  std::vector<secret_scalar<G>> right_;    // r(0)
  std::vector<scalar_of<G>> constraints_;  // u^2, u^3, ...
  std::vector<scalar_of<G>> l_;            // l(x)
  std::vector<scalar_of<G>> r_;            // r(x)
};

}  // namespace slots

template <proving_group G>
result<encrypted_slots<G>> encrypt_slots(const prover_tables<G>& tables,
                                         const slots_context<G>& context,
                                         const secret_bytes& choices,
                                         const nonce_seed& ballot_seed) {
  SANDOQ_EXPECTS(&context.election == &tables.election(), "tables of the same election");
  auto codes = codes_of(context.shape, choices);
  if (!codes) {
    return tl::unexpected<error>(std::move(codes.error()));
  }
  transcript tr("sandoq-1/encrypt");
  absorb_context(tr, context);
  const prover_nonces nonces(tr, slots::code_bytes(*codes), ballot_seed);
  std::vector<secret_scalar<G>> r(context.shape.ciphertexts());
  choice any_zero = choice::no();
  for (std::size_t i = 0; i < r.size(); ++i) {
    r[i] = nonces.at<G>(static_cast<std::uint32_t>(i));
    any_zero = any_zero | secret_ops<G>::is_zero(r[i]);
  }
  std::vector<element_of<G>> elements;
  elements.reserve(2 * r.size());
  for (const ciphertext<G>& c :
       tables.key().encrypt_each(slots::code_scalars<G>(context.shape, *codes), r)) {
    elements.push_back(c.alpha);
    elements.push_back(c.beta);
  }
  if (declassify<"a zero nonce of a slot shows in the ciphertext, whatever was chosen">(any_zero)) {
    return fail(errc::bad_witness, "ciphertext nonce",
                "it is zero; the device stops here and opens no further ballot (52.4)");
  }
  return encrypted_slots<G>{encoded_elements<G>(std::move(elements)),
                            {std::move(*codes), std::move(r)}};
}

template <proving_group G>
result<slots_proof<G>> prove(const prover_tables<G>& tables, const slots_statement<G>& statement,
                             const slots_witness<G>& witness, const nonce_seed& ballot_seed) {
  const slots_shape& shape = statement.context.shape;
  SANDOQ_EXPECTS(&statement.context.election == &tables.election(), "tables of the same election");
  SANDOQ_EXPECTS(shape.bits() <= tables.election().counts().slot_bits,
                 "tables for the largest contest");
  if (statement.ciphertexts.size() != 2 * shape.ciphertexts() ||
      witness.codes.codes.size() != shape.slots() || witness.r.size() != shape.ciphertexts()) {
    return fail(errc::bad_statement, "contest", "ciphertexts or witness do not fit its shape");
  }
  const auto stop = [](std::string_view which) {
    return fail(errc::bad_proof, "challenge",
                "the challenge " + std::string(which) + " is zero: the device must stop");
  };
  transcript tr = slots::open_transcript(statement);
  slots::prover<G> prover(tables, shape, witness,
                          prover_nonces(tr, slots::nonce_witness(witness), ballot_seed));
  encoded_elements<G> commitments(prover.commit());
  tr.absorb_encoded_elements<G>("commit", commitments.octets());
  const auto y = tr.challenge<G>("y");
  const auto u = tr.challenge<G>("u");
  if (!y || !u) {
    return stop("y or u");
  }
  const encoded_elements<G> products(prover.commit_products(*y, *u));
  tr.absorb_encoded_elements<G>("commit-2", products.octets());
  commitments.append(products);
  const auto x = tr.challenge<G>("x");
  if (!x) {
    return stop("x");
  }
  slots_proof<G> out = prover.respond(std::move(commitments), *x);
  slots::absorb_responses(tr, out);
  const auto c = tr.challenge<G>("c");
  if (!c) {
    return stop("c");
  }
  auto argument = std::move(prover).argue(*y, *c);
  while (!argument.is_done()) {
    const encoded_elements<G> round(std::vector<element_of<G>>{
        slots::sum_of<G>(tables.election(), argument.cross(slots::half_of::lower)),
        slots::sum_of<G>(tables.election(), argument.cross(slots::half_of::upper))});
    tr.absorb_encoded_elements<G>("round", round.octets());
    out.commitments.append(round);
    const auto h = tr.challenge<G>("h");
    if (!h) {
      return stop("h");
    }
    argument.fold(*h);
  }
  out.a = argument.a();
  out.b = argument.b();
  return out;
}

}  // namespace sandoq
