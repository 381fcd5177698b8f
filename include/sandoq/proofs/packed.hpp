#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/group/concept.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/contest_context.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/proofs/packed_shape.hpp"
#include "sandoq/proofs/plaintext_knowledge.hpp"

namespace sandoq {

/// Where the proof of a contest of packed choices belongs.                             SPEC(47.3)
template <prime_order_group G>
using packed_context = contest_context<G, packed_shape>;

/// "I know the plaintexts of these ciphertexts, made for this contest of this ballot".  SPEC(47.3)
template <prime_order_group G>
struct packed_statement {
  const packed_context<G>& context;
  const encoded_elements<G>& ciphertexts;  ///< alpha_1, beta_1, ..., alpha_w, beta_w
};

/// Emits the one equation of 40.7 after absorbing context and statement. Rejects before it: another
/// number of ciphertexts than w, an alpha that is the identity, a proof that does not decode, the
/// challenge 0. Says nothing about the plaintexts.                           SPEC(47.3) SPEC(40.7)
template <prime_order_group G>
verification emit(equation_sink<G>& sink, const packed_statement<G>& statement,
                  const plaintext_knowledge_proof<G>& proof);
/// The same, checked at once.
template <prime_order_group G>
verification verify(const packed_statement<G>& statement,
                    const plaintext_knowledge_proof<G>& proof);

/// What an opened ballot says.
struct packed_choice {
  /// The codes 1..n that were chosen, ascending; of a ranking, those of rank 1, 2, ...
  std::vector<std::uint32_t> codes;
  std::string text;  ///< the write-in, or empty
  friend bool operator==(const packed_choice&, const packed_choice&) = default;
};

namespace packed {
class binomials;
}

/// The numbers of the choices of a contest, both ways. Make one a contest; immutable, for any
/// number of threads. Memory: for subsets a table of n*k numbers, 4 MB for 21 of 5,063. SPEC(47.1)
class packed_numbers {
 public:
  /// Makes the table. Cost: n*k additions.
  explicit packed_numbers(const packed_shape& shape);

  [[nodiscard]] const packed_shape& shape() const noexcept { return shape_; }

  /// Reads what was opened after a mix.
  /// \param elements  the w elements of one opened ciphertext
  /// \return nothing if they are no permitted choice: an invalid vote
  /// Cost: w encodings, about 3w decodings. \pre as many elements as the shape is wide SPEC(47.4)
  [[nodiscard]] std::optional<packed_choice> read(
      std::span<const ristretto255::element> elements) const;

  /// C(i, t) for subsets; null for rankings.
  [[nodiscard]] const packed::binomials* table() const noexcept { return table_.get(); }

 private:
  packed_shape shape_;
  std::shared_ptr<const packed::binomials> table_;
};

/// m of a readable element: its encoding is 2*(256*m + ctr) for the smallest ctr that gives one;
/// 31 bytes, little-endian, 1 <= m <= 2^240. Nothing for any other element.             SPEC(47.2)
[[nodiscard]] std::optional<byte_array<31>> number_of(const ristretto255::element& e);

extern template verification emit(equation_sink<ristretto255>&,
                                  const packed_statement<ristretto255>&,
                                  const plaintext_knowledge_proof<ristretto255>&);
extern template verification verify(const packed_statement<ristretto255>&,
                                    const plaintext_knowledge_proof<ristretto255>&);

}  // namespace sandoq
