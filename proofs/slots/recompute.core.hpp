#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "proofs/slots/inner_product.core.hpp"
#include "proofs/slots/transcript.core.hpp"
#include "proofs/slots/verify.core.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/slots_recompute.hpp"
#include "sandoq/transcript/nonce.hpp"

namespace sandoq {
namespace slots {

/// c_1 ... c_k as u32 each, then z.                                                    SPEC(46.5)
[[nodiscard]] bytes code_bytes(const revealed_codes& codes);

/// a_L where it has a meaning: the bits of d_0, d_1, ..., then z.                      SPEC(46.2)
[[nodiscard]] std::vector<bool> bits_of(const slots_shape& shape, const revealed_codes& codes);

/// Everything that a prover knows, by plain variable-time arithmetic.
template <prime_order_group G>
struct revealed_prover {
  using scalar = scalar_of<G>;

  revealed_codes codes;
  std::vector<scalar> values;  // c_1 ... c_k, z
  std::vector<scalar> r;
  std::vector<bool> bits;
  scalar alpha, beta, eps, sigma, tau1, tau2;
  std::vector<scalar> s_left, s_right;

  revealed_prover(const slots_statement<G>& statement, revealed_codes revealed,
                  const byte_array<32>& seed)
      : codes(std::move(revealed)), bits(bits_of(statement.context.shape, codes)) {
    const slots_shape& shape = statement.context.shape;
    for (const std::uint32_t code : codes.codes) {
      values.push_back(G::scalar_from_u64(code));
    }
    if (shape.counts_blank()) {
      values.push_back(G::scalar_from_u64(codes.blank ? 1 : 0));
    }
    draw_encryption(statement, seed);
    draw_masks(open_transcript(statement), shape.bits(), seed);
  }

 private:
  void draw_encryption(const slots_statement<G>& statement, const byte_array<32>& seed) {
    transcript tr("sandoq-1/encrypt");
    absorb_context(tr, statement.context);
    const revealed_nonces nonces(tr, code_bytes(codes), seed);
    for (std::uint32_t i = 0; i < values.size(); ++i) {
      r.push_back(nonces.at<G>(i));
    }
  }
  void draw_masks(const transcript& statement, std::size_t n, const byte_array<32>& seed) {
    byte_writer witness;
    witness.fixed(code_bytes(codes));
    for (const scalar& each : r) {
      witness.fixed(G::encode_scalar(each));
    }
    const revealed_nonces nonces(statement, witness.view(), seed);
    std::uint32_t next = 0;
    for (scalar* each : {&alpha, &beta, &eps, &sigma, &tau1, &tau2}) {
      *each = nonces.at<G>(next++);
    }
    for (auto* row : {&s_left, &s_right}) {
      for (std::size_t i = 0; i < n; ++i) {
        row->push_back(nonces.at<G>(next++));
      }
    }
  }
};

/// Compares a published ballot with what its revealed witness gives.
template <prime_order_group G>
class recomputation {
 public:
  using scalar = scalar_of<G>;
  using election = proof_election<G>;

  recomputation(equation_sink<G>& sink, const slots_statement<G>& published,
                const slots_proof<G>& proof, const revealed_prover<G>& prover,
                const challenges<G>& drawn)
      : sink_(sink),
        election_(published.context.election),
        shape_(published.context.shape),
        ciphertexts_(published.ciphertexts),
        proof_(proof),
        prover_(prover),
        drawn_(drawn),
        one_(G::scalar_from_u64(1)) {}

  /// False if a response differs; otherwise the elements decide.
  [[nodiscard]] bool emit() {
    emit_ciphertexts();
    emit_vectors();
    const auto [l, r] = emit_products();
    return emit_argument(l, r);
  }

 private:
  /// published - sum of (scalar * shared base) = 0
  void emit_one(const element_of<G>& published,
                std::initializer_list<std::pair<base_index, scalar>> terms) {
    sink_.begin_equation();
    sink_.add(published);
    for (const auto& [base, by] : terms) {
      sink_.add_base(base, -by);
    }
  }

  void emit_ciphertexts() {
    for (std::size_t i = 0; i < prover_.r.size(); ++i) {
      const scalar& r = prover_.r[i];
      emit_one(ciphertexts_[2 * i], {{generator_base, r}});
      emit_one(ciphertexts_[2 * i + 1],
               {{election::joint_key_base, r}, {generator_base, prover_.values[i]}});
    }
  }

  [[nodiscard]] scalar bit(std::size_t i) const {
    return i < prover_.bits.size() && prover_.bits[i] ? one_ : scalar{};
  }

  /// A and S.
  void emit_vectors() {
    std::vector<scalar> left(shape_.bits()), right(shape_.bits());
    for (std::size_t i = 0; i < left.size(); ++i) {
      left[i] = -bit(i);
      right[i] = one_ - bit(i);
    }
    emit_one(proof_.commitments[0], {{election::blind_base, prover_.alpha}});
    sink_.add_bases(election::vector_base, left);
    sink_.add_bases(election_.right_base(), right);
    for (std::size_t i = 0; i < left.size(); ++i) {
      left[i] = -prover_.s_left[i];
      right[i] = -prover_.s_right[i];
    }
    emit_one(proof_.commitments[1], {{election::blind_base, prover_.beta}});
    sink_.add_bases(election::vector_base, left);
    sink_.add_bases(election_.right_base(), right);
  }

  /// T1, T2 and E; gives l(x) and r(x).
  [[nodiscard]] std::pair<std::vector<scalar>, std::vector<scalar>> emit_products() {
    const auto y_powers = powers_from_one<G>(drawn_.y, shape_.bits());
    const auto constraints = constraint_weights<G>(shape_, drawn_.u);
    const auto weights = bit_weights<G>(shape_, constraints);
    std::vector<scalar> l, r;
    scalar t1{}, t2{};
    for (std::size_t i = 0; i < shape_.bits(); ++i) {
      const scalar l0 = bit(i) - drawn_.u;
      const scalar r0 =
          y_powers[i] * (bit(i) - one_ + drawn_.u) + (i < weights.size() ? weights[i] : scalar{});
      const scalar r1 = y_powers[i] * prover_.s_right[i];
      t1 += l0 * r1 + prover_.s_left[i] * r0;
      t2 += prover_.s_left[i] * r1;
      l.push_back(l0 + drawn_.x * prover_.s_left[i]);
      r.push_back(r0 + drawn_.x * r1);
    }
    const base_index H = election::blind_base;
    emit_one(proof_.commitments[2], {{generator_base, t1 - prover_.eps}, {H, prover_.tau1}});
    emit_one(proof_.commitments[3], {{generator_base, t2}, {H, prover_.tau2}});
    emit_one(proof_.commitments[4], {{generator_base, prover_.sigma}});
    emit_one(proof_.commitments[5],
             {{election::joint_key_base, prover_.sigma}, {generator_base, prover_.eps}});
    return {std::move(l), std::move(r)};
  }

  /// L and R of every round, and all responses.
  [[nodiscard]] bool emit_argument(const std::vector<scalar>& l, const std::vector<scalar>& r) {
    const scalar& x = drawn_.x;
    const linear_form<G> form(shape_, constraint_weights<G>(shape_, drawn_.u));
    scalar t_hat{}, value = form.constant, nonces{};
    for (std::size_t i = 0; i < l.size(); ++i) {
      t_hat += l[i] * r[i];
    }
    for (std::size_t i = 0; i < prover_.r.size(); ++i) {
      value += form.ciphertexts[i] * prover_.values[i];
      nonces += form.ciphertexts[i] * prover_.r[i];
    }
    folded_product<G> rest(l, r, drawn_.y, drawn_.c);
    for (std::size_t t = 0; t < drawn_.h.size(); ++t) {
      for (const std::size_t which : {0U, 1U}) {
        auto cross = rest.cross(which == 0 ? half_of::lower : half_of::upper);
        emit_one(proof_.commitments[slots_fixed_commitments + 2 * t + which],
                 {{election_.inner_base(), cross.inner}});
        subtract(election::vector_base, cross.left);
        subtract(election_.right_base(), cross.right);
      }
      rest.fold(drawn_.h[t]);
    }
    return proof_.t_hat == t_hat && proof_.a == rest.a() && proof_.b == rest.b() &&
           proof_.tau_x == x * (prover_.tau1 + x * prover_.tau2) &&
           proof_.mu == prover_.alpha + x * prover_.beta && proof_.f == value + x * prover_.eps &&
           proof_.z_E == nonces + x * prover_.sigma;
  }

  void subtract(base_index first, std::vector<scalar>& scalars) {
    for (scalar& each : scalars) {
      each = -each;
    }
    sink_.add_bases(first, scalars);
  }

  equation_sink<G>& sink_;
  const election& election_;
  const slots_shape& shape_;
  const encoded_elements<G>& ciphertexts_;
  const slots_proof<G>& proof_;
  const revealed_prover<G>& prover_;
  const challenges<G>& drawn_;
  scalar one_;
};

}  // namespace slots

template <prime_order_group G>
verification emit_recomputed(equation_sink<G>& sink, const slots_statement<G>& published,
                             const slots_proof<G>& proof, std::span<const std::uint32_t> chosen,
                             const byte_array<32>& ballot_seed) {
  const slots_context<G>& context = published.context;
  SANDOQ_EXPECTS(context.shape.bits() <= context.election.counts().slot_bits,
                 "the election has bases for its largest contest");
  SANDOQ_EXPECTS(&sink.bases() == &context.election.bases(),
                 "the sink works with the table of the election");
  if (const std::string fault = slots::fault_of_form(published, proof); !fault.empty()) {
    return verification::rejected(fault);
  }
  auto codes = codes_of_vartime(context.shape, chosen);
  if (!codes) {
    return verification::rejected(to_string(codes.error()));
  }
  const slots::revealed_prover<G> prover(published, std::move(*codes), ballot_seed);
  for (std::size_t i = 0; i < prover.r.size(); ++i) {
    if (prover.r[i] == scalar_of<G>{}) {
      return verification::rejected("the nonce of ciphertext " + std::to_string(i) +
                                    " is zero: the device had to stop");
    }
  }
  transcript tr = slots::open_transcript(published);
  const auto drawn = slots::draw(tr, proof);
  if (!drawn) {
    return verification::rejected(to_string(drawn.error()));
  }
  if (!slots::recomputation<G>(sink, published, proof, prover, *drawn).emit()) {
    return verification::rejected("the responses are not those of these choices and seeds");
  }
  return verification::ok();
}

}  // namespace sandoq
