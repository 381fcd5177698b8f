#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/elgamal/wire.hpp"
#include "sandoq/group/concept.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/bit_vector_shape.hpp"
#include "sandoq/proofs/contest_context.hpp"
#include "sandoq/proofs/equation_sink.hpp"

namespace sandoq {

/// Where the proof of a contest of bits belongs.                                       SPEC(45.3)
template <prime_order_group G>
using bit_vector_context = contest_context<G, bit_vector_shape>;

/// "I know bits b_1 ... b_N with sum of u_i*b_i = L and r_1 ... r_n' with C_i = Enc(b_i; r_i)": all
/// selections of one contest at once.                                                  SPEC(45.1)
template <prime_order_group G>
struct bit_vector_statement {
  const bit_vector_context<G>& context;
  const encoded_elements<G>& ciphertexts;  ///< alpha_1, beta_1, ..., alpha_n', beta_n'
};

/// The proof, decoded. f_1 is not part of it: the verifier computes it from the others. SPEC(45.4)
template <prime_order_group G>
struct bit_vector_proof {
  encoded_elements<G> commitments;  ///< B, A, T1, T0, E.alpha, E.beta
  std::vector<scalar_of<G>> f;      ///< f_2 ... f_N
  scalar_of<G> z_B;
  scalar_of<G> z_T;
  scalar_of<G> z_E;

  [[nodiscard]] const element_of<G>& B() const noexcept { return commitments[0]; }
  [[nodiscard]] const element_of<G>& A() const noexcept { return commitments[1]; }
  [[nodiscard]] const element_of<G>& T1() const noexcept { return commitments[2]; }
  [[nodiscard]] const element_of<G>& T0() const noexcept { return commitments[3]; }
  [[nodiscard]] const element_of<G>& E_alpha() const noexcept { return commitments[4]; }
  [[nodiscard]] const element_of<G>& E_beta() const noexcept { return commitments[5]; }
};

/// The scalar equations (0) to (3) of 45.5 that every proof emits.
inline constexpr std::size_t bit_vector_equations = 4;

/// Emits equations (0) to (3), in this order, after recomputing the challenges. Rejects before any
/// equation: wrong numbers of ciphertexts, commitments or responses, an alpha that is the identity,
/// a challenge that is 0. \pre the sink's table is statement.context.election.bases()
/// Cost: hashing, 5N + 4n' scalar products, 2n' + 6 terms of their own.                SPEC(45.5)
template <prime_order_group G>
verification emit(equation_sink<G>& sink, const bit_vector_statement<G>& statement,
                  const bit_vector_proof<G>& proof);

/// The same, checked at once; the reason names the first equation that does not hold.
template <prime_order_group G>
verification verify(const bit_vector_statement<G>& statement, const bit_vector_proof<G>& proof);

/// The proof as it stands in a record:
///   B || A || T1 || T0 || E.alpha || E.beta || list of f_2 ... f_N || z_B || z_T || z_E SPEC(45.4)
struct wire_bit_vector_proof {
  static constexpr std::size_t max_responses = 2'100;

  wire_element B;
  wire_element A;
  wire_element T1;
  wire_element T0;
  wire_ciphertext E;
  std::vector<wire_scalar> f;
  wire_scalar z_B;
  wire_scalar z_T;
  wire_scalar z_E;

  /// Structure only, of a whole byte string: at most 2,100 responses, nothing after the last field.
  [[nodiscard]] static result<wire_bit_vector_proof> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const wire_bit_vector_proof&, const wire_bit_vector_proof&) = default;
};

/// The same inside a larger item.
[[nodiscard]] result<wire_bit_vector_proof> read_bit_vector_proof(byte_reader& in,
                                                                  std::string_view field);
void write(byte_writer& out, const wire_bit_vector_proof& proof);
inline constexpr std::size_t bit_vector_commitments = 6;  ///< elements that the proof begins with
/// Writes those elements.
void write_commitments(byte_writer& out, const wire_bit_vector_proof& proof);

/// Membership: every element is in the group and every scalar below q. The error's place is a field
/// of the wire form ("T1", "E.beta", "f 3", "z_T"; f_2 is "f 2").
[[nodiscard]] result<bit_vector_proof<ristretto255>> decode(const wire_bit_vector_proof& in);
/// The same with commitments that were decoded before, of many proofs at once: the scalars alone.
/// \pre commitments are those of `in`
[[nodiscard]] result<bit_vector_proof<ristretto255>> decode(
    const wire_bit_vector_proof& in, encoded_elements<ristretto255> commitments);
[[nodiscard]] wire_bit_vector_proof encode(const bit_vector_proof<ristretto255>& proof);

/// alpha_1, beta_1, ... of a contest; the error's place is "ciphertext 3/alpha", counted from 0.
[[nodiscard]] result<encoded_elements<ristretto255>> decode_ciphertexts(
    std::span<const wire_ciphertext> in);
/// The same back to the wire; the bytes are at hand, so it costs no encoding.
[[nodiscard]] std::vector<wire_ciphertext> encode_ciphertexts(
    const encoded_elements<ristretto255>& ciphertexts);

extern template verification emit(equation_sink<ristretto255>&,
                                  const bit_vector_statement<ristretto255>&,
                                  const bit_vector_proof<ristretto255>&);
extern template verification verify(const bit_vector_statement<ristretto255>&,
                                    const bit_vector_proof<ristretto255>&);

}  // namespace sandoq
