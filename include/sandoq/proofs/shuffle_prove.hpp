#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/group/secret_ops.hpp"
#include "sandoq/proofs/permutation_secret.hpp"
#include "sandoq/proofs/shuffle.hpp"
#include "sandoq/transcript/nonce_secret.hpp"

namespace sandoq {

/// Tables of K, H and G_1, G_2, ... of one election, for everyone who mixes in it: make one, use it
/// for every list. Over ristretto255 3.8 kB for each G_i, 250 MB for the longest row.
template <proving_group G>
class shuffle_prover_tables {
 public:
  /// \pre election outlives the tables
  explicit shuffle_prover_tables(const shuffle_election<G>& election);

  [[nodiscard]] const shuffle_election<G>& election() const noexcept { return *election_; }
  [[nodiscard]] const fixed_base_table<G>& key() const noexcept { return key_; }
  /// What a commitment com(values; blind) = blind*H + sum of values[i]*G_i opens to.
  struct opening {
    std::span<const secret_scalar<G>> values;
    const secret_scalar<G>& blind;
  };
  /// A commitment for each. Constant time. They go together through the tables, which are larger
  /// than any cache. \pre a G_i for each value
  [[nodiscard]] std::vector<secret_element<G>> commit(std::span<const opening> openings) const;

 private:
  static constexpr std::size_t block = 256;  ///< bases of a table

  const shuffle_election<G>* election_;
  fixed_base_table<G> key_;
  fixed_base_table<G> blind_;
  std::vector<fixed_bases_table<G>> vector_;  // block bases each
};

/// Everything of a shuffle that can be made before its list is known: permutation, nonces, what
/// encrypts anew, and the commitments to the permutation. Serves one list, once.     SPEC(48.13)
template <proving_group G>
class shuffle_preparation {
 public:
  /// Cost for each of m*n*w pairs: 2 fixed-base multiplications; for each ciphertext one term of a
  /// sum over fixed bases and its part of one sorting.
  [[nodiscard]] static shuffle_preparation make(const shuffle_prover_tables<G>& tables,
                                                const shuffle_shape& shape, random_source& source);
  /// The same of given values. \pre m*n things, m*n*w nonces rho, m blinds r
  [[nodiscard]] static shuffle_preparation of(const shuffle_prover_tables<G>& tables,
                                              const shuffle_shape& shape,
                                              secret_permutation permutation,
                                              std::vector<secret_scalar<G>> rho,
                                              std::vector<secret_scalar<G>> r);

  /// Uses it up for a shorter list: what belongs to the ciphertexts that are too many is wiped.
  /// Cost: one sorting, and for each ciphertext one term of a sum over fixed bases.
  /// \pre the same width, no more ciphertexts and rows than this one's, bases for its rows
  [[nodiscard]] shuffle_preparation shortened(const shuffle_prover_tables<G>& tables,
                                              const shuffle_shape& shape) &&;

  shuffle_preparation(shuffle_preparation&&) noexcept = default;
  shuffle_preparation& operator=(shuffle_preparation&&) noexcept = default;
  shuffle_preparation(const shuffle_preparation&) = delete;
  shuffle_preparation& operator=(const shuffle_preparation&) = delete;
  ~shuffle_preparation() = default;

  [[nodiscard]] const shuffle_shape& shape() const noexcept { return shape_; }
  [[nodiscard]] const secret_permutation& permutation() const noexcept { return permutation_; }
  [[nodiscard]] std::span<const secret_scalar<G>> rho() const noexcept { return rho_; }
  [[nodiscard]] std::span<const secret_scalar<G>> blinds() const noexcept { return r_; }
  /// Enc(0; rho_i), element after element.
  [[nodiscard]] std::span<const secret_element<G>> factors() const noexcept { return factors_; }
  /// Wipes them: nothing needs them once the outputs are made.
  void drop_factors() noexcept { std::vector<secret_element<G>>().swap(factors_); }
  /// c_A1 ... c_Am.
  [[nodiscard]] const encoded_elements<G>& commitments() const noexcept { return c_A_; }

 private:
  shuffle_preparation(const shuffle_shape& shape, secret_permutation permutation)
      : shape_(shape), permutation_(std::move(permutation)) {}
  /// c_A of permutation and blinds.
  void commit(const shuffle_prover_tables<G>& tables);

  shuffle_shape shape_;
  secret_permutation permutation_;
  std::vector<secret_scalar<G>> rho_;
  std::vector<secret_scalar<G>> r_;
  std::vector<secret_element<G>> factors_;
  encoded_elements<G> c_A_;
};

/// A list that was mixed, and the proof of it.
template <prime_order_group G>
struct shuffled_list {
  shuffle_lists<G> lists;
  shuffle_proof<G> proof;
};

/// Permutes N ciphertexts, encrypts them anew and proves it.                SPEC(48.3) SPEC(48.13)
/// Constant time in permutation, nonces and masks; no address depends on them.
/// \param inputs  N ciphertexts, no alpha the identity
/// \param prepared  used up: a second list under it would show the permutation
/// \return bad_statement or identity_element for a list that does not fit, bad_proof if a challenge
///   is 0 (never, in practice)
/// Cost for a pair of elements and m = 1: two terms of sums of multiples (secret_ops::msm), for
/// each ciphertext five terms of sums over fixed bases, its part of one sorting of the list; for
/// m > 1 m times as many terms. Memory: 2 kB a ciphertext of width 1, tables of 4 kB a column.
template <proving_group G>
[[nodiscard]] result<shuffled_list<G>> shuffle(const shuffle_prover_tables<G>& tables,
                                               const shuffle_context<G>& context,
                                               encoded_elements<G> inputs,
                                               shuffle_preparation<G> prepared,
                                               random_source& source);
/// The same with the seed of the nonces.                                               SPEC(30.4)
template <proving_group G>
[[nodiscard]] result<shuffled_list<G>> shuffle_with_seed(const shuffle_prover_tables<G>& tables,
                                                         const shuffle_context<G>& context,
                                                         encoded_elements<G> inputs,
                                                         shuffle_preparation<G> prepared,
                                                         const nonce_seed& seed);

extern template class shuffle_prover_tables<ristretto255>;
extern template class shuffle_preparation<ristretto255>;
extern template result<shuffled_list<ristretto255>> shuffle(
    const shuffle_prover_tables<ristretto255>&, const shuffle_context<ristretto255>&,
    encoded_elements<ristretto255>, shuffle_preparation<ristretto255>, random_source&);
extern template result<shuffled_list<ristretto255>> shuffle_with_seed(
    const shuffle_prover_tables<ristretto255>&, const shuffle_context<ristretto255>&,
    encoded_elements<ristretto255>, shuffle_preparation<ristretto255>, const nonce_seed&);

}  // namespace sandoq
