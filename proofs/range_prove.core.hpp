#pragma once

#include <algorithm>
#include <utility>

#include "proofs/disjunction_prove.core.hpp"
#include "proofs/range.core.hpp"
#include "sandoq/proofs/range_prove.hpp"

namespace sandoq {

namespace detail {

/// u64 m, then r: what the nonces of the bits are made of besides statement and seed.
template <proving_group G>
secret_bytes value_witness_bytes(const encrypted_value_witness<G>& witness) {
  const secret_bytes r = witness_bytes<G>(std::span(&witness.r, 1));
  secret_bytes out(8 + r.size());
  const byte_span to = expose_for_secret_ops(out);
  const std::uint64_t m = expose_for_secret_ops(witness.value);
  for (std::size_t i = 0; i < 8; ++i) {
    to[i] = static_cast<std::byte>((m >> (8 * i)) & 0xFFU);
  }
  const byte_view from = expose_for_secret_ops(r);
  std::copy(from.begin(), from.end(), to.begin() + 8);
  return out;
}

/// The canonical bits of m - low: from the last weight to the first, 1 iff it still fits. If m is
/// out of range, they are those of another number, and the proof will not verify.
inline std::vector<secret<std::uint64_t>> canonical_bits(const secret<std::uint64_t>& m,
                                                         std::uint64_t low,
                                                         std::span<const std::uint64_t> weights) {
  auto left =
      secret<std::uint64_t>::made_by([&]() noexcept { return expose_for_secret_ops(m) - low; });
  std::vector<secret<std::uint64_t>> out(weights.size());
  for (std::size_t j = weights.size(); j-- > 0;) {
    const choice fits = ~choice::less(expose_for_secret_ops(left), weights[j]);
    out[j] = secret<std::uint64_t>::made_by([&]() noexcept { return fits.bit(); });
    expose_for_secret_ops(left) -= select(fits, weights[j], 0);
  }
  return out;
}

/// The bits b_1 ... b_k of a value, the nonces s_1 ... s_k of their ciphertexts, and all but the
/// first of these.
template <proving_group G>
struct encrypted_bits {
  std::vector<secret<std::uint64_t>> b;
  std::vector<secret_scalar<G>> s;
  std::vector<encoded_ciphertext<G>> carried;
};

template <proving_group G>
encrypted_bits<G> encrypt_bits(const range_statement<G>& statement,
                               const encrypted_value_witness<G>& witness,
                               const prover_nonces& nonces) {
  using ops = secret_ops<G>;
  const auto weights = range_weights(statement.high - statement.low);
  const encryptor<G> key(statement.K.element());
  encrypted_bits<G> out;
  out.b = canonical_bits(witness.value, statement.low, weights);
  out.s.push_back(witness.r.clone());
  for (std::size_t j = 1; j < weights.size(); ++j) {
    out.s.push_back(nonces.at<G>(static_cast<std::uint32_t>(j - 1)));
    out.s[0] = ops::sub(out.s[0], ops::mul(out.s[j], G::scalar_from_u64(weights[j])));
    const choice b = choice::from_bit(expose_for_secret_ops(out.b[j]));
    out.carried.emplace_back(key.encrypt_bit(b, out.s[j]));
  }
  return out;
}

template <proving_group G>
result<bytes> prove_bits(const range_statement<G>& statement,
                         const encrypted_value_witness<G>& witness, transcript& tr,
                         const nonce_seed& seed) {
  const prover_nonces nonces(tr, value_witness_bytes(witness), seed);
  const auto encrypted = encrypt_bits(statement, witness, nonces);
  const auto bits = all_bits<G>(statement, encrypted.carried);
  if (!bits) {
    return tl::unexpected<error>(bits.error());
  }
  bytes wire;
  for (const auto& bit : encrypted.carried) {
    append(wire, bit.alpha.octets());
    append(wire, bit.beta.octets());
  }
  tr.template absorb_encoded_elements<G>("bits", wire);
  and_of_or_witness<G> known;
  for (std::size_t j = 0; j < bits->size(); ++j) {
    know_value<G>(known.branches, known.scalars, bit_values, encrypted.b[j], encrypted.s[j]);
  }
  const auto disjunctions = bit_disjunctions<G>(statement, *bits);
  return prove_and_of_or<G>(views(disjunctions), known, tr, seed).map([&](const bytes& rest) {
    append(wire, rest);
    return std::move(wire);
  });
}

}  // namespace detail

template <proving_group G>
result<bytes> prove_with_seed(const range_statement<G>& statement,
                              const encrypted_value_witness<G>& witness, transcript& tr,
                              const nonce_seed& seed) {
  if (auto valid = detail::validate(statement); !valid) {
    return fail_within("statement", std::move(valid.error()));
  }
  detail::absorb(statement, tr);
  const std::uint64_t length = statement.high - statement.low;
  if (detail::has_bits(length)) {
    return detail::prove_bits(statement, witness, tr, seed);
  }
  const auto values = detail::listed_values(statement.low, length);
  and_of_or_witness<G> known;
  detail::know_value<G>(known.branches, known.scalars, values, witness.value, witness.r);
  const auto branches =
      detail::holds_one_of<G>({statement.K, statement.shared_K}, statement.ciphertext, values);
  const or_branches<G> all(branches);
  return prove_and_of_or<G>({&all, 1}, known, tr, seed);
}

template <proving_group G>
result<bytes> prove(const range_statement<G>& statement, const encrypted_value_witness<G>& witness,
                    transcript& tr, random_source& random) {
  return prove_with_seed<G>(statement, witness, tr, random_secret<32>(random));
}

}  // namespace sandoq
