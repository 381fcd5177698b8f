#pragma once

#include <span>
#include <vector>

#include "sandoq/core/choice.hpp"
#include "sandoq/core/secret.hpp"
#include "sandoq/elgamal/ciphertext.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/group/secret_ops.hpp"

namespace sandoq {

/// Encrypts under one joint key, with a table of its multiples: make one, use it for every ballot,
/// from any number of threads. Constant time in message and nonce.                     SPEC(20.1)
template <proving_group G>
class encryptor {
 public:
  /// \pre joint_key is not the identity
  explicit encryptor(const element_of<G>& joint_key);

  [[nodiscard]] const element_of<G>& joint_key() const noexcept { return table_.base(); }
  [[nodiscard]] const fixed_base_table<G>& table() const noexcept { return table_; }

  /// Enc(m; r) = (r*G, r*K + m*G). Cost: 3 fixed-base multiplications.
  [[nodiscard]] ciphertext<G> encrypt(const secret_scalar<G>& m, const secret_scalar<G>& r) const;
  /// The same for who has computed m*G and r*G already. Cost: 1 fixed-base multiplication.
  [[nodiscard]] ciphertext<G> encrypt_multiples(const secret_element<G>& m_G,
                                                const secret_element<G>& r_G,
                                                const secret_scalar<G>& r) const;
  /// Enc(1; r) or Enc(0; r). Cost: 2 fixed-base multiplications and an addition.
  [[nodiscard]] ciphertext<G> encrypt_bit(choice m, const secret_scalar<G>& r) const;
  /// Enc(m_i; r_i) for all i, many at once. \pre equal sizes
  [[nodiscard]] std::vector<ciphertext<G>> encrypt_each(std::span<const secret_scalar<G>> m,
                                                        std::span<const secret_scalar<G>> r) const;
  /// The same for bits. \param m  bytes, each 0 or 1 \pre equal sizes
  [[nodiscard]] std::vector<ciphertext<G>> encrypt_bits(const secret_bytes& m,
                                                        std::span<const secret_scalar<G>> r) const;

 private:
  fixed_base_table<G> table_;
};

extern template class encryptor<ristretto255>;

}  // namespace sandoq
