#pragma once

// What verifier, prover and recomputation share, so that none of them can absorb a statement or
// derive a value differently.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/proofs/slots.hpp"

namespace sandoq::slots {

/// The transcript after the whole statement.                                           SPEC(46.4)
template <prime_order_group G>
[[nodiscard]] transcript open_transcript(const slots_statement<G>& statement) {
  const slots_shape& shape = statement.context.shape;
  transcript tr("sandoq-1/slots");
  absorb_context(tr, statement.context);
  tr.absorb_integer("options", shape.options());
  tr.absorb_integer("slots", shape.slots());
  tr.absorb_integer("minimum", shape.minimum());
  tr.absorb_integer("blank", shape.counts_blank() ? 1 : 0);
  tr.absorb_integer("bits", shape.bits());
  tr.absorb_encoded_elements<G>("statement", statement.ciphertexts.octets());
  return tr;
}

/// The five responses that the inner-product argument begins with.                     SPEC(46.5)
template <prime_order_group G>
void absorb_responses(transcript& tr, const slots_proof<G>& proof) {
  const scalar_of<G> responses[] = {proof.t_hat, proof.tau_x, proof.mu, proof.f, proof.z_E};
  tr.absorb_scalars<G>("responses", responses);
}

/// 1, c, c^2, ..., count of them.
template <prime_order_group G>
[[nodiscard]] std::vector<scalar_of<G>> powers_from_one(const scalar_of<G>& c, std::size_t count) {
  std::vector<scalar_of<G>> out(count, G::scalar_from_u64(1));
  for (std::size_t i = 1; i < count; ++i) {
    out[i] = out[i - 1] * c;
  }
  return out;
}

/// u^2, u^3, ..., one for each constraint.
template <prime_order_group G>
[[nodiscard]] std::vector<scalar_of<G>> constraint_weights(const slots_shape& shape,
                                                           const scalar_of<G>& u) {
  std::vector<scalar_of<G>> out = powers_from_one<G>(u, shape.constraints() + 2);
  out.erase(out.begin(), out.begin() + 2);
  return out;
}

/// W_1, W_2, ... up to the last bit that has a meaning; those behind it are 0.         SPEC(46.5)
template <prime_order_group G>
[[nodiscard]] std::vector<scalar_of<G>> bit_weights(const slots_shape& shape,
                                                    std::span<const scalar_of<G>> constraints) {
  std::vector<scalar_of<G>> out;
  out.reserve(shape.used_bits());
  for (std::size_t j = 0; j < shape.ranges(); ++j) {
    scalar_of<G> weight = constraints[j];
    for (std::size_t i = 0; i < shape.digits(); ++i) {
      out.push_back(weight);
      weight = weight + weight;
    }
  }
  if (shape.counts_blank()) {
    out.push_back(constraints.back());
  }
  return out;
}

/// The scalars of C_1, ..., C_k, Z and of G in the sum of u^(2+j) D_j.                 SPEC(46.2)
template <prime_order_group G>
struct linear_form {
  std::vector<scalar_of<G>> ciphertexts;
  scalar_of<G> constant;

  linear_form(const slots_shape& shape, std::span<const scalar_of<G>> constraints)
      : ciphertexts(shape.ciphertexts()) {
    const std::size_t k = shape.slots();
    const auto n = G::scalar_from_u64(shape.options());
    scalar_of<G> blank = -(n * constraints[0]);
    ciphertexts[0] += constraints[0];
    constant -= constraints[0];
    for (std::size_t j = 1; j < k; ++j) {
      ciphertexts[j] += constraints[j];
      ciphertexts[j - 1] -= constraints[j];
      constant -= constraints[j];
    }
    ciphertexts[k - 1] -= constraints[k];
    constant += G::scalar_from_u64(shape.codes()) * constraints[k];
    if (shape.minimum() != 0) {
      ciphertexts[shape.minimum() - 1] -= constraints[k + 1];
      blank += G::scalar_from_u64(shape.minimum()) * constraints[k + 1];
      constant += n * constraints[k + 1];
    }
    if (shape.counts_blank()) {
      ciphertexts[k] = blank + constraints.back();
    }
  }
};

/// Their sum.
template <prime_order_group G>
[[nodiscard]] scalar_of<G> total(std::span<const scalar_of<G>> values) {
  scalar_of<G> sum{};
  for (const auto& value : values) {
    sum += value;
  }
  return sum;
}

}  // namespace sandoq::slots
