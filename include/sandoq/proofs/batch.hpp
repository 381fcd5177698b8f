#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "sandoq/core/executor.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/proofs/equation_sink.hpp"

namespace sandoq {

/// The weights of a batch whose items have the hashes h_1 ... h_m:
///   seed = H64("batch"; e || u32(m) || h_1 || ... || h_m)
/// h_j covers the complete bytes of item j: statement, proofs and responses. Weights that were
/// known before a response was fixed would let the errors of two items cancel. SPEC(40.10)
[[nodiscard]] weights batch_weights(const digest32& election, std::span<const digest32> hashes);
/// The same under the tag "bisect", for a part of a batch that failed.
[[nodiscard]] weights bisect_weights(const digest32& election, std::span<const digest32> hashes);

/// An item of a batch that does not verify, and why.
struct batch_failure {
  std::size_t item;  ///< index from 0
  std::string reason;
  friend bool operator==(const batch_failure&, const batch_failure&) = default;
};

/// Emits the equations of one item into a sink, in the order of its section; or rejects it for a
/// reason outside the equations (a value that does not decode, an identity where none may stand).
/// Called from several threads at once and, after a failure, more than once for an item.
template <prime_order_group G>
using item_emitter = std::function<verification(std::size_t item, equation_sink<G>& sink)>;

/// Verifies m items by one multi-scalar multiplication. If that fails, halves the batch until every
/// culprit is known; a single item is checked equation by equation. Returns the items that do not
/// verify, ascending; empty means that all do. Error probability 2^-128 per attempt.
/// \param election  e1, or e0 before it exists
/// \param hashes    m hashes, each of the complete bytes of its item
/// Cost: one emission an item and one multi-scalar multiplication; with f culprits up to
/// 2f*log2(m/f) times that.                                                           SPEC(40.10)
template <prime_order_group G>
[[nodiscard]] std::vector<batch_failure> verify_batch(const digest32& election,
                                                      std::span<const digest32> hashes,
                                                      const shared_bases<G>& bases,
                                                      const item_emitter<G>& emit,
                                                      executor& workers);

extern template std::vector<batch_failure> verify_batch<ristretto255>(
    const digest32&, std::span<const digest32>, const shared_bases<ristretto255>&,
    const item_emitter<ristretto255>&, executor&);

}  // namespace sandoq
