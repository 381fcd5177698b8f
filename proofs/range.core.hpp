#pragma once

#include <numeric>
#include <string>
#include <utility>

#include "proofs/encrypted_value.core.hpp"
#include "proofs/sigma/compose.core.hpp"
#include "sandoq/group/encoded_element.hpp"
#include "sandoq/proofs/range.hpp"

namespace sandoq {

namespace detail {

inline constexpr std::uint64_t bit_values[]{0, 1};

/// Whether the proof carries bits: the length alone decides.
inline bool has_bits(std::uint64_t length) {
  return length > longest_listed_range;
}

template <prime_order_group G>
result<void> validate(const range_statement<G>& statement) {
  if (statement.low >= statement.high) {
    return fail(errc::bad_statement, "bounds",
                "low must be below high; for one value, prove equal logarithms");
  }
  if (auto valid = validate_key<G>(statement.K, "K"); !valid) {
    return valid;
  }
  return validate_alpha<G>(statement.ciphertext.alpha, "ciphertext/alpha");
}

template <prime_order_group G>
void absorb(const range_statement<G>& statement, transcript& tr) {
  tr.absorb_element("K", statement.K);
  absorb_ciphertext<G>(tr, "ciphertext", statement.ciphertext);
  tr.absorb_integer("low", statement.low);
  tr.absorb_integer("high", statement.high);
}

/// low, low + 1, ..., high.
inline std::vector<std::uint64_t> listed_values(std::uint64_t low, std::uint64_t length) {
  std::vector<std::uint64_t> out(length + 1);
  std::iota(out.begin(), out.end(), low);
  return out;
}

/// part - constant*G - sum of w_j * others_j.
template <prime_order_group G>
encoded_element<G> what_is_left(const encoded_element<G>& part, std::uint64_t constant,
                                std::span<const std::uint64_t> weights,
                                std::vector<element_of<G>> others) {
  std::vector<scalar_of<G>> scalars;
  scalars.reserve(weights.size() + 1);
  for (const std::uint64_t w : weights) {
    scalars.push_back(G::scalar_from_u64(w));
  }
  if (constant != 0) {
    scalars.push_back(G::scalar_from_u64(constant));
    others.push_back(G::generator());
  }
  return encoded_element<G>(part.element() - G::msm_vartime(scalars, others));
}

/// B_2 ... B_k from their bytes.
template <prime_order_group G>
result<std::vector<encoded_ciphertext<G>>> decode_bits(byte_view wire) {
  std::vector<encoded_element<G>> parts;
  for (; !wire.empty(); wire = wire.subspan(G::element_bytes)) {
    auto part = encoded_element<G>::decode(wire.first(G::element_bytes));
    if (!part) {
      return fail_within("bits/element " + std::to_string(parts.size()), std::move(part.error()));
    }
    parts.push_back(*part);
  }
  std::vector<encoded_ciphertext<G>> out;
  for (std::size_t i = 0; i < parts.size(); i += 2) {
    out.push_back({parts[i], parts[i + 1]});
  }
  return out;
}

/// B_1 ... B_k. B_1 is what is left of the ciphertext when low and the other weighted bits are
/// taken away, so that their sum needs no proof. \param carried  B_2 ... B_k
template <prime_order_group G>
result<std::vector<encoded_ciphertext<G>>> all_bits(
    const range_statement<G>& statement, std::span<const encoded_ciphertext<G>> carried) {
  const auto weights = range_weights(statement.high - statement.low);
  std::vector<encoded_ciphertext<G>> out(1);
  std::vector<element_of<G>> alphas;
  std::vector<element_of<G>> betas;
  for (const auto& bit : carried) {
    out.push_back(bit);
    alphas.push_back(bit.alpha.element());
    betas.push_back(bit.beta.element());
  }
  const auto others = std::span(weights).subspan(1);
  out.front().alpha = what_is_left<G>(statement.ciphertext.alpha, 0, others, std::move(alphas));
  out.front().beta =
      what_is_left<G>(statement.ciphertext.beta, statement.low, others, std::move(betas));
  for (std::size_t j = 0; j < out.size(); ++j) {
    if (auto valid = validate_alpha<G>(out[j].alpha, "bit " + std::to_string(j + 1) + "/alpha");
        !valid) {
      return tl::unexpected<error>(std::move(valid.error()));
    }
  }
  return out;
}

/// Every bit is 0 or 1.
template <prime_order_group G>
std::vector<std::vector<linear_relation<G>>> bit_disjunctions(
    const range_statement<G>& statement, std::span<const encoded_ciphertext<G>> bits) {
  std::vector<std::vector<linear_relation<G>>> out;
  out.reserve(bits.size());
  for (const auto& bit : bits) {
    out.push_back(holds_one_of<G>({statement.K, statement.shared_K}, bit, bit_values));
  }
  return out;
}

template <prime_order_group G>
std::vector<or_branches<G>> views(const std::vector<std::vector<linear_relation<G>>>& lists) {
  return {lists.begin(), lists.end()};
}

/// The proof of a range that is written in bits.
template <prime_order_group G>
verification emit_bits(equation_sink<G>& sink, const range_statement<G>& statement, byte_view proof,
                       transcript& tr) {
  const std::uint64_t length = statement.high - statement.low;
  if (proof.size() != range_proof_size<G>(length)) {
    return verification::rejected("proof: it does not have the length of its statement");
  }
  const std::size_t carried_bytes = 2 * (range_weights(length).size() - 1) * G::element_bytes;
  const byte_view wire = proof.first(carried_bytes);
  const auto carried = decode_bits<G>(wire);
  if (!carried) {
    return verification::rejected(to_string(carried.error()));
  }
  const auto bits = all_bits<G>(statement, *carried);
  if (!bits) {
    return verification::rejected(to_string(bits.error()));
  }
  tr.template absorb_encoded_elements<G>("bits", wire);
  const auto disjunctions = bit_disjunctions<G>(statement, *bits);
  return emit_and_of_or<G>(sink, views(disjunctions), proof.subspan(carried_bytes), tr);
}

}  // namespace detail

template <prime_order_group G>
std::size_t range_proof_size(std::uint64_t length) {
  if (!detail::has_bits(length)) {
    return (2 * length + 2) * G::element_bytes + (2 * length + 1) * G::scalar_bytes;
  }
  const std::size_t k = range_weights(length).size();
  return (6 * k - 2) * G::element_bytes + 3 * k * G::scalar_bytes;
}

template <prime_order_group G>
verification emit(equation_sink<G>& sink, const range_statement<G>& statement, byte_view proof,
                  transcript& tr) {
  if (auto valid = detail::validate(statement); !valid) {
    return verification::rejected("statement: " + to_string(valid.error()));
  }
  detail::absorb(statement, tr);
  const std::uint64_t length = statement.high - statement.low;
  if (detail::has_bits(length)) {
    return detail::emit_bits(sink, statement, proof, tr);
  }
  return emit_or<G>(sink,
                    detail::holds_one_of<G>({statement.K, statement.shared_K}, statement.ciphertext,
                                            detail::listed_values(statement.low, length)),
                    proof, tr);
}

template <prime_order_group G>
verification verify(const range_statement<G>& statement, byte_view proof, transcript& tr) {
  range_statement<G> alone = statement;
  alone.shared_K = not_shared;
  checking_sink<G> sink;
  if (auto outcome = emit<G>(sink, alone, proof, tr); !outcome) {
    return outcome;
  }
  return detail::close(sink);
}

}  // namespace sandoq
