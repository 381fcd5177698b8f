#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/group/concept.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/proofs/slots.hpp"

namespace sandoq {

/// Codes that are public: a challenged ballot's.
struct revealed_codes {
  std::vector<std::uint32_t> codes;  ///< c_1 ... c_k
  bool blank = false;                ///< z
};

/// The codes of options that were chosen, and the dummies of unused slots.
/// \param chosen  codes 1..n, strictly ascending; none means blank where blanks are counted
/// \return bad_witness for codes that are not that, for more than L of them and for fewer than Lmin
/// that are not blank.                                                                 SPEC(46.1)
[[nodiscard]] result<revealed_codes> codes_of_vartime(const slots_shape& shape,
                                                      std::span<const std::uint32_t> chosen);

/// Emits the equations that say that a published ballot is what a device must have published for
/// these choices and this seed, element by element; responses are compared at once. For a
/// challenged ballot, whose choices and seeds are public. \param chosen  as for codes_of_vartime
/// \return rejected for choices that are not permitted, for other responses, for wrong numbers of
/// elements and where a challenge or nonce is 0.
/// \pre the sink's table is published.context.election.bases(), and the weights are drawn after
/// ballot, choices and seed.
/// Cost: 2N nonces, about 4N*log2(N) scalar products; a term for each element published.
/// SPEC(52.6) SPEC(46.5)
template <prime_order_group G>
verification emit_recomputed(equation_sink<G>& sink, const slots_statement<G>& published,
                             const slots_proof<G>& proof, std::span<const std::uint32_t> chosen,
                             const byte_array<32>& ballot_seed);

extern template verification emit_recomputed(equation_sink<ristretto255>&,
                                             const slots_statement<ristretto255>&,
                                             const slots_proof<ristretto255>&,
                                             std::span<const std::uint32_t>, const byte_array<32>&);

}  // namespace sandoq
