#pragma once

#include <array>

#include "sandoq/core/contract.hpp"
#include "sandoq/elgamal/encrypt_secret.hpp"

namespace sandoq {

template <proving_group G>
encryptor<G>::encryptor(const element_of<G>& joint_key) : table_(joint_key) {
  SANDOQ_EXPECTS(!G::is_identity(joint_key), "a key is not the identity");
}

namespace detail {

/// Its security is the scheme's: a ciphertext says nothing about its message to those without the
/// key.
template <proving_group G>
ciphertext<G> release(const secret_element<G>& alpha, const secret_element<G>& beta) {
  return {declassify<"alpha of a ciphertext: r*G for a fresh r">(alpha),
          declassify<"beta of a ciphertext: the message is masked by r*K">(beta)};
}

}  // namespace detail

template <proving_group G>
ciphertext<G> encryptor<G>::encrypt(const secret_scalar<G>& m, const secret_scalar<G>& r) const {
  using ops = secret_ops<G>;
  const std::array<secret_scalar<G>, 2> factors = {m.clone(), r.clone()};
  const auto multiples = ops::mul_base_each(factors);
  return encrypt_multiples(multiples[0], multiples[1], r);
}

template <proving_group G>
ciphertext<G> encryptor<G>::encrypt_multiples(const secret_element<G>& m_G,
                                              const secret_element<G>& r_G,
                                              const secret_scalar<G>& r) const {
  return detail::release<G>(r_G, secret_ops<G>::add(table_.mul(r), m_G));
}

template <proving_group G>
ciphertext<G> encryptor<G>::encrypt_bit(choice m, const secret_scalar<G>& r) const {
  using ops = secret_ops<G>;
  return detail::release<G>(ops::mul_base(r), ops::add_if(m, table_.mul(r), G::generator()));
}

template <proving_group G>
std::vector<ciphertext<G>> encryptor<G>::encrypt_each(std::span<const secret_scalar<G>> m,
                                                      std::span<const secret_scalar<G>> r) const {
  SANDOQ_EXPECTS(m.size() == r.size(), "a nonce for each message");
  using ops = secret_ops<G>;
  const auto messages = ops::mul_base_each(m);
  const auto alphas = ops::mul_base_each(r);
  const auto masks = table_.mul_each(r);
  std::vector<ciphertext<G>> out;
  out.reserve(m.size());
  for (std::size_t i = 0; i < m.size(); ++i) {
    out.push_back(detail::release<G>(alphas[i], ops::add(masks[i], messages[i])));
  }
  return out;
}

template <proving_group G>
std::vector<ciphertext<G>> encryptor<G>::encrypt_bits(const secret_bytes& m,
                                                      std::span<const secret_scalar<G>> r) const {
  SANDOQ_EXPECTS(m.size() == r.size(), "a nonce for each bit");
  using ops = secret_ops<G>;
  const auto alphas = ops::mul_base_each(r);
  const auto masks = table_.mul_each(r);
  std::vector<ciphertext<G>> out;
  out.reserve(m.size());
  for (std::size_t i = 0; i < m.size(); ++i) {
    const choice bit =
        choice::from_bit(std::to_integer<std::uint64_t>(expose_for_secret_ops(m)[i]));
    out.push_back(detail::release<G>(alphas[i], ops::add_if(bit, masks[i], G::generator())));
  }
  return out;
}

}  // namespace sandoq
