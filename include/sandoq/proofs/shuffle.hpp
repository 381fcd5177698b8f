#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/domain.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/group/concept.hpp"
#include "sandoq/group/encoded_element.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/proofs/shuffle_shape.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// What all shuffles of one election share: its name, its joint key and the bases that are derived
/// from the manifest hash (never read from a record). Make one, use it for every list, from any
/// number of threads.                                                       SPEC(48.2) SPEC(48.3)
template <prime_order_group G>
class shuffle_election {
 public:
  /// Derives H = base("blind", 1) and G_i = base("shuffle/G", i), i = 1..bases.
  /// \param e0  the manifest hash, from which the bases come
  /// \param e1  the election hash, to which every proof is bound
  /// \param bases  the largest shuffle_shape::bases() of any list
  /// \return identity_element if K is the identity. Cost: bases + 1 hashes to the group.
  [[nodiscard]] static result<shuffle_election> make(const digest32& e0, const digest32& e1,
                                                     election_domain domain,
                                                     const encoded_element<G>& joint_key,
                                                     std::size_t bases);

  [[nodiscard]] const digest32& e1() const noexcept { return e1_; }
  [[nodiscard]] election_domain domain() const noexcept { return domain_; }
  [[nodiscard]] const encoded_element<G>& joint_key() const noexcept { return joint_key_; }
  /// H.
  [[nodiscard]] const element_of<G>& blind() const noexcept {
    return bases_.elements()[blind_base.value()];
  }
  /// G_1, G_2, ...
  [[nodiscard]] std::span<const element_of<G>> vector() const noexcept {
    return bases_.elements().subspan(vector_base.value());
  }
  /// G, K, H, G_1, G_2, ...: the table of every sink that a shuffle is emitted into.
  [[nodiscard]] const shared_bases<G>& bases() const noexcept { return bases_; }
  static constexpr base_index joint_key_base{1};
  static constexpr base_index blind_base{2};
  static constexpr base_index vector_base{3};

 private:
  shuffle_election() = default;

  digest32 e1_;
  election_domain domain_ = election_domain::drill;
  encoded_element<G> joint_key_;
  shared_bases<G> bases_;
};

/// Where a shuffle belongs. Refers to its parts.                                       SPEC(48.2)
template <prime_order_group G>
struct shuffle_context {
  const shuffle_election<G>& election;
  std::string_view contest_id;
  std::string_view set;     ///< descriptor of the set of ballots
  digest32 root;            ///< of the set
  std::uint64_t stage = 1;  ///< place in the cascade, from 1
  std::uint64_t mixer = 1;  ///< who mixes
  digest32 previous;        ///< list_hash of what this stage was given
};

/// Two lists of ciphertexts about which a shuffle is proved: inputs filled up with identities, and
/// outputs, both of m*n ciphertexts, alpha_1, beta_1, ..., beta_w each.                SPEC(48.1)
template <prime_order_group G>
class shuffle_lists {
 public:
  /// Looks at everything that must be right before an equation makes sense.            SPEC(48.2)
  /// \param inputs   N ciphertexts; filled up here
  /// \param outputs  m*n ciphertexts
  /// \return bad_statement for another number of elements, identity_element if an alpha is the
  ///   identity, duplicate if an output's alpha is one of an input. Cost: a table of N*w alphas.
  [[nodiscard]] static result<shuffle_lists> make(const shuffle_shape& shape,
                                                  encoded_elements<G> inputs,
                                                  encoded_elements<G> outputs);

  [[nodiscard]] const shuffle_shape& shape() const noexcept { return shape_; }
  [[nodiscard]] const encoded_elements<G>& inputs() const noexcept { return inputs_; }
  [[nodiscard]] const encoded_elements<G>& outputs() const noexcept { return outputs_; }

 private:
  shuffle_lists(const shuffle_shape& shape, encoded_elements<G> inputs, encoded_elements<G> outputs)
      : shape_(shape), inputs_(std::move(inputs)), outputs_(std::move(outputs)) {}

  shuffle_shape shape_;
  encoded_elements<G> inputs_;
  encoded_elements<G> outputs_;
};

/// N ciphertexts with identities behind them, up to m*n.                               SPEC(48.2)
template <prime_order_group G>
[[nodiscard]] encoded_elements<G> filled_up(const shuffle_shape& shape, encoded_elements<G> inputs);

/// The hash by which the next stage names a list of ciphertexts.                       SPEC(48.2)
[[nodiscard]] digest32 shuffle_list_hash(std::size_t ciphertexts, byte_view octets);

/// A proof of shuffle: elements and scalars in the order of the wire, nothing that a verifier sets
/// by itself.                                                                          SPEC(48.9)
template <prime_order_group G>
struct shuffle_proof {
  encoded_elements<G> elements;
  std::vector<scalar_of<G>> scalars;

  /// Reads the proof of that shape. \return bad_statement for another length, the decoder's error
  /// for what is no element or no scalar.
  [[nodiscard]] static result<shuffle_proof> decode(const shuffle_shape& shape, byte_view in);
  [[nodiscard]] bytes encode() const;
};

/// Length of a proof.
template <prime_order_group G>
[[nodiscard]] std::size_t shuffle_proof_bytes(const shuffle_shape& shape) {
  return shape.proof_elements() * G::element_bytes + shape.proof_scalars() * G::scalar_bytes;
}

/// The transcript after the context and both lists, from which the challenges come.    SPEC(48.2)
template <prime_order_group G>
[[nodiscard]] transcript open_transcript(const shuffle_context<G>& context,
                                         const shuffle_lists<G>& lists);

/// How many equations a proof of that shape emits.                                     SPEC(48.8)
[[nodiscard]] inline std::size_t shuffle_equations(const shuffle_shape& shape) {
  return (shape.rows() > 1 ? 7 : 4) + shape.step();
}

/// Emits the equations in the order of 48.8, after recomputing the challenges. Rejects if one is 0
/// or the proof has not the shape's numbers of elements and scalars.
/// \pre the sink's table is context.election.bases(), which has shape.bases() of G_i
/// Cost: hashing, about 12 scalar products a ciphertext, 4wN terms of their own.
template <prime_order_group G>
verification emit(equation_sink<G>& sink, const shuffle_context<G>& context,
                  const shuffle_lists<G>& lists, const shuffle_proof<G>& proof);

/// The same, each equation checked by itself; the reason names the first that does not hold.
template <prime_order_group G>
verification verify(const shuffle_context<G>& context, const shuffle_lists<G>& lists,
                    const shuffle_proof<G>& proof);

/// The same by one weighted sum, with the weights of 40.10 for a list of this one proof: wrong with
/// probability 2^-128. Beside lists and proof it takes memory for blocks of 2^16 terms only.
/// SPEC(48.8)
template <prime_order_group G>
verification verify_folded(const shuffle_context<G>& context, const shuffle_lists<G>& lists,
                           const shuffle_proof<G>& proof);

extern template class shuffle_election<ristretto255>;
extern template class shuffle_lists<ristretto255>;
extern template struct shuffle_proof<ristretto255>;
extern template encoded_elements<ristretto255> filled_up(const shuffle_shape&,
                                                         encoded_elements<ristretto255>);
extern template transcript open_transcript(const shuffle_context<ristretto255>&,
                                           const shuffle_lists<ristretto255>&);
extern template verification emit(equation_sink<ristretto255>&,
                                  const shuffle_context<ristretto255>&,
                                  const shuffle_lists<ristretto255>&,
                                  const shuffle_proof<ristretto255>&);
extern template verification verify(const shuffle_context<ristretto255>&,
                                    const shuffle_lists<ristretto255>&,
                                    const shuffle_proof<ristretto255>&);
extern template verification verify_folded(const shuffle_context<ristretto255>&,
                                           const shuffle_lists<ristretto255>&,
                                           const shuffle_proof<ristretto255>&);

}  // namespace sandoq
