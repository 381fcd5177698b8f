#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/elgamal/encoded_ciphertext.hpp"
#include "sandoq/group/encoded_element.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// "I know m and r with low <= m <= high and (alpha, beta) = (r*G, r*K + m*G)": the ciphertext
/// holds an integer within bounds. Neither K nor alpha is the identity. SPEC(42.1)
template <prime_order_group G>
struct range_statement {
  encoded_element<G> K;
  encoded_ciphertext<G> ciphertext;
  std::uint64_t low = 0;
  std::uint64_t high = 0;            ///< above low
  base_index shared_K = not_shared;  ///< the place of K among the shared bases, if it has one
};

/// Up to this L = high - low the proof is an OR over all values, above it bits are cheaper.
/// SPEC(42.2)
inline constexpr std::uint64_t longest_listed_range = 5;

/// The weights w_1 ... w_k of the bits of a range of that length: 1, 2, 4, ... and what remains, so
/// that the sums of their subsets are exactly 0 ... length. k = number of binary digits of length.
/// SPEC(42.3)
[[nodiscard]] std::vector<std::uint64_t> range_weights(std::uint64_t length);

/// The bytes of a proof for L = length >= 1: 2L + 2 elements and 2L + 1 scalars for L <= 5, else
/// 6k - 2 elements and 3k scalars for k bits.                                          SPEC(42.5)
template <prime_order_group G>
[[nodiscard]] std::size_t range_proof_size(std::uint64_t length);

/// Emits the equations of an OR over L + 1 values, or of k ORs over 0 and 1, one a bit.
/// Rejects, before them, an invalid statement, a proof of another length, bytes that do not decode,
/// a bit whose alpha is the identity and the challenge 0.
/// \param tr has absorbed the context; it is used up.
/// Cost for k bits: 6k - 2 decodings, k + 2 encodings, 8k terms besides the shared bases.
/// SPEC(42.6)
template <prime_order_group G>
verification emit(equation_sink<G>& sink, const range_statement<G>& statement, byte_view proof,
                  transcript& tr);

/// The same, checked at once.
template <prime_order_group G>
verification verify(const range_statement<G>& statement, byte_view proof, transcript& tr);

extern template std::size_t range_proof_size<ristretto255>(std::uint64_t);
extern template verification emit(equation_sink<ristretto255>&,
                                  const range_statement<ristretto255>&, byte_view, transcript&);
extern template verification verify(const range_statement<ristretto255>&, byte_view, transcript&);

}  // namespace sandoq
