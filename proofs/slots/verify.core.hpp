#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "proofs/slots/transcript.core.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/slots.hpp"

namespace sandoq {
namespace slots {

/// Everything that must be right before an equation makes sense; empty if it is.      SPEC(46.6)
template <prime_order_group G>
[[nodiscard]] std::string fault_of_form(const slots_statement<G>& statement,
                                        const slots_proof<G>& proof) {
  const slots_shape& shape = statement.context.shape;
  if (statement.ciphertexts.size() != 2 * shape.ciphertexts()) {
    return "the number of ciphertexts is not the contest's";
  }
  if (proof.commitments.size() != slots_fixed_commitments + 2 * shape.rounds()) {
    return "the number of rounds is not log2(N)";
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
  scalar_of<G> y, u, x, c;
  std::vector<scalar_of<G>> h;
};

/// What the verifier draws: y and u after A and S, x after T1, T2 and E, c after the responses, h
/// after L and R of each round.                                                        SPEC(46.5)
template <prime_order_group G>
[[nodiscard]] result<challenges<G>> draw(transcript& tr, const slots_proof<G>& proof) {
  const encoded_elements<G>& commitments = proof.commitments;
  std::vector<result<scalar_of<G>>> drawn;
  tr.absorb_encoded_elements<G>("commit", commitments.octets(0, 2));
  drawn.push_back(tr.challenge<G>("y"));
  drawn.push_back(tr.challenge<G>("u"));
  tr.absorb_encoded_elements<G>("commit-2", commitments.octets(2, 4));
  drawn.push_back(tr.challenge<G>("x"));
  absorb_responses(tr, proof);
  drawn.push_back(tr.challenge<G>("c"));
  for (std::size_t i = slots_fixed_commitments; i < commitments.size(); i += 2) {
    tr.absorb_encoded_elements<G>("round", commitments.octets(i, 2));
    drawn.push_back(tr.challenge<G>("h"));
  }
  std::vector<scalar_of<G>> all;
  for (const auto& one : drawn) {
    if (!one) {
      return tl::unexpected<error>(one.error());
    }
    all.push_back(*one);
  }
  return challenges<G>{all[0], all[1], all[2], all[3], {all.begin() + 4, all.end()}};
}

/// 1/h of every h, by one inversion.
template <prime_order_group G>
[[nodiscard]] std::vector<scalar_of<G>> inverses(std::span<const scalar_of<G>> values) {
  std::vector<scalar_of<G>> out(values.size());
  auto product = G::scalar_from_u64(1);
  for (std::size_t i = 0; i < values.size(); ++i) {
    out[i] = product;
    product *= values[i];
  }
  scalar_of<G> inverse = G::invert(product);
  for (std::size_t i = values.size(); i-- > 0;) {
    out[i] *= inverse;
    inverse *= values[i];
  }
  return out;
}

/// s_1, ..., s_N: the product of h_t or 1/h_t as the bits of i - 1 say, the uppermost for h_1. The
/// inverse of s_i is s_(N+1-i).                                                        SPEC(46.6)
template <prime_order_group G>
[[nodiscard]] std::vector<scalar_of<G>> folded_scales(std::span<const scalar_of<G>> h,
                                                      std::span<const scalar_of<G>> h_inverse) {
  std::vector<scalar_of<G>> s = {G::scalar_from_u64(1)};
  for (std::size_t t = h.size(); t-- > 0;) {  // the uppermost bit is put in front last
    const std::size_t size = s.size();
    s.resize(2 * size);
    for (std::size_t i = 0; i < size; ++i) {
      s[size + i] = s[i] * h[t];
      s[i] *= h_inverse[t];
    }
  }
  return s;
}

/// One proof being verified: the challenges and what follows from them.
template <prime_order_group G>
class verifier {
 public:
  verifier(equation_sink<G>& sink, const slots_statement<G>& statement, const slots_proof<G>& proof,
           const challenges<G>& challenge)
      : sink_(sink),
        election_(statement.context.election),
        shape_(statement.context.shape),
        ciphertexts_(statement.ciphertexts),
        proof_(proof),
        drawn_(challenge),
        constraints_(constraint_weights<G>(shape_, drawn_.u)),
        weights_(bit_weights<G>(shape_, constraints_)) {}

  void emit() {
    emit_value();
    emit_link();
    emit_inner_product();
  }

 private:
  using election = proof_election<G>;
  [[nodiscard]] const element_of<G>& commitment(std::size_t i) const {
    return proof_.commitments[i];
  }

  /// (0)  t_hat G + tau_x H - (kappa + f) G - x T1 - x^2 T2 = 0
  void emit_value() {
    const scalar_of<G>& u = drawn_.u;
    const scalar_of<G>& x = drawn_.x;
    const auto y_powers = powers_from_one<G>(drawn_.y, shape_.bits());
    const auto kappa = (u - u * u) * total<G>(y_powers) - u * total<G>(weights_);
    sink_.begin_equation();
    sink_.add_base(generator_base, proof_.t_hat - kappa - proof_.f);
    sink_.add_base(election::blind_base, proof_.tau_x);
    sink_.add(-x, commitment(2));
    sink_.add(-(x * x), commitment(3));
  }

  /// (1), (2)  sum of u^(2+j) D_j + xE - Enc(f; z_E) = 0
  void emit_link() {
    const linear_form<G> form(shape_, constraints_);
    for (const std::size_t row : {0U, 1U}) {
      sink_.begin_equation();
      for (std::size_t i = 0; i < form.ciphertexts.size(); ++i) {
        sink_.add(form.ciphertexts[i], ciphertexts_[2 * i + row]);
      }
      sink_.add(drawn_.x, commitment(4 + row));
      sink_.add_base(row == 0 ? generator_base : election::joint_key_base, -proof_.z_E);
    }
    sink_.add_base(generator_base, form.constant - proof_.f);
  }

  /// (3)  A + xS - mu H + sum of (h^2 L + h^-2 R) + c(t_hat - ab) U - sum of (u + a s_i) G_i
  ///      + sum of (u + y^(1-i) (W_i - b/s_i)) R_i = 0
  void emit_inner_product() {
    std::vector<scalar_of<G>> to_invert = drawn_.h;
    to_invert.push_back(drawn_.y);
    auto inverse = inverses<G>(to_invert);
    const scalar_of<G> y_inverse = inverse.back();
    inverse.pop_back();
    sink_.begin_equation();
    sink_.add(commitment(0));
    sink_.add(drawn_.x, commitment(1));
    sink_.add_base(election::blind_base, -proof_.mu);
    for (std::size_t t = 0; t < drawn_.h.size(); ++t) {
      sink_.add(drawn_.h[t] * drawn_.h[t], commitment(slots_fixed_commitments + 2 * t));
      sink_.add(inverse[t] * inverse[t], commitment(slots_fixed_commitments + 2 * t + 1));
    }
    sink_.add_base(election_.inner_base(), drawn_.c * (proof_.t_hat - proof_.a * proof_.b));
    const auto s = folded_scales<G>(drawn_.h, inverse);
    std::vector<scalar_of<G>> scalars(s.size());
    for (std::size_t i = 0; i < s.size(); ++i) {
      scalars[i] = -(drawn_.u + proof_.a * s[i]);
    }
    sink_.add_bases(election::vector_base, scalars);
    auto y_power = G::scalar_from_u64(1);
    for (std::size_t i = 0; i < s.size(); ++i) {
      const scalar_of<G> folded = -(proof_.b * s[s.size() - 1 - i]);
      scalars[i] = drawn_.u + y_power * (i < weights_.size() ? weights_[i] + folded : folded);
      y_power *= y_inverse;
    }
    sink_.add_bases(election_.right_base(), scalars);
  }

  equation_sink<G>& sink_;
  const proof_election<G>& election_;
  const slots_shape& shape_;
  const encoded_elements<G>& ciphertexts_;
  const slots_proof<G>& proof_;
  const challenges<G>& drawn_;
  std::vector<scalar_of<G>> constraints_;
  std::vector<scalar_of<G>> weights_;
};

}  // namespace slots

template <prime_order_group G>
verification emit(equation_sink<G>& sink, const slots_statement<G>& statement,
                  const slots_proof<G>& proof) {
  SANDOQ_EXPECTS(statement.context.shape.bits() <= statement.context.election.counts().slot_bits,
                 "the election has bases for its largest contest");
  SANDOQ_EXPECTS(&sink.bases() == &statement.context.election.bases(),
                 "the sink works on the table of the election of the statement");
  if (const std::string fault = slots::fault_of_form(statement, proof); !fault.empty()) {
    return verification::rejected(fault);
  }
  transcript tr = slots::open_transcript(statement);
  const auto challenge = slots::draw(tr, proof);
  if (!challenge) {
    return verification::rejected("challenge " + to_string(challenge.error()));
  }
  slots::verifier<G>(sink, statement, proof, *challenge).emit();
  return verification::ok();
}

template <prime_order_group G>
verification verify(const slots_statement<G>& statement, const slots_proof<G>& proof) {
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
