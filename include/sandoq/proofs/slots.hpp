#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/elgamal/wire.hpp"
#include "sandoq/group/concept.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/contest_context.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/proofs/slots_shape.hpp"

namespace sandoq {

/// Where the proof of a contest of slots belongs.                                      SPEC(46.4)
template <prime_order_group G>
using slots_context = contest_context<G, slots_shape>;

/// "I know codes c_1 < ... < c_k of the contest, whether the ballot is blank, and the nonces of
/// C_j = Enc(c_j; r_j) and Z": all slots of one contest at once.                       SPEC(46.2)
template <prime_order_group G>
struct slots_statement {
  const slots_context<G>& context;
  const encoded_elements<G>& ciphertexts;  ///< alpha_1, beta_1, ..., alpha_k, beta_k, then Z's
};

/// The proof, decoded.                                                                 SPEC(46.5)
template <prime_order_group G>
struct slots_proof {
  /// A, S, T1, T2, E.alpha, E.beta, then L_t, R_t of every round.
  encoded_elements<G> commitments;
  scalar_of<G> t_hat;
  scalar_of<G> tau_x;
  scalar_of<G> mu;
  scalar_of<G> f;
  scalar_of<G> z_E;
  scalar_of<G> a;
  scalar_of<G> b;
};

/// Elements of a proof before those of the rounds.
inline constexpr std::size_t slots_fixed_commitments = 6;
/// The scalar equations (0) to (3) of 46.6 that every proof emits.
inline constexpr std::size_t slots_equations = 4;

/// Emits equations (0) to (3), in this order, after recomputing the challenges. Rejects before any
/// equation: wrong numbers of ciphertexts or commitments, an alpha that is the identity, a
/// challenge that is 0. \pre the sink's table is statement.context.election.bases() Cost: hashing,
/// about 6N scalar products, 2(k + 1) + 6 + 2*log2(N) terms of their own. SPEC(46.6)
template <prime_order_group G>
verification emit(equation_sink<G>& sink, const slots_statement<G>& statement,
                  const slots_proof<G>& proof);

/// The same, checked at once; the reason names the first equation that does not hold.
template <prime_order_group G>
verification verify(const slots_statement<G>& statement, const slots_proof<G>& proof);

/// The proof as it stands in a record:
///   A || S || T1 || T2 || E.alpha || E.beta || list of (L || R) || t_hat || tau_x || mu || f ||
///   z_E
///   || a || b                                                                         SPEC(46.5)
struct wire_slots_proof {
  wire_element A;
  wire_element S;
  wire_element T1;
  wire_element T2;
  wire_ciphertext E;
  std::vector<std::pair<wire_element, wire_element>> rounds;  ///< L, R
  wire_scalar t_hat;
  wire_scalar tau_x;
  wire_scalar mu;
  wire_scalar f;
  wire_scalar z_E;
  wire_scalar a;
  wire_scalar b;

  /// Structure only, of a whole byte string: at most 10 rounds, nothing after the last field.
  [[nodiscard]] static result<wire_slots_proof> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const wire_slots_proof&, const wire_slots_proof&) = default;
};

/// The same inside a larger item.
[[nodiscard]] result<wire_slots_proof> read_slots_proof(byte_reader& in, std::string_view field);
void write(byte_writer& out, const wire_slots_proof& proof);
/// Writes the elements alone, in the order of slots_proof::commitments.
void write_commitments(byte_writer& out, const wire_slots_proof& proof);

/// Membership: every element is in the group and every scalar below q. The error's place is a field
/// of the wire form ("T1", "E.beta", "round 3/L", "z_E").
[[nodiscard]] result<slots_proof<ristretto255>> decode(const wire_slots_proof& in);
/// The same with commitments that were decoded before, of many proofs at once: the scalars alone.
/// \pre commitments are those of `in`
[[nodiscard]] result<slots_proof<ristretto255>> decode(const wire_slots_proof& in,
                                                       encoded_elements<ristretto255> commitments);
[[nodiscard]] wire_slots_proof encode(const slots_proof<ristretto255>& proof);

extern template verification emit(equation_sink<ristretto255>&,
                                  const slots_statement<ristretto255>&,
                                  const slots_proof<ristretto255>&);
extern template verification verify(const slots_statement<ristretto255>&,
                                    const slots_proof<ristretto255>&);

}  // namespace sandoq
