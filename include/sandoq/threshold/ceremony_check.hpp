#pragma once

#include <span>

#include "sandoq/core/executor.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/ceremony_elements.hpp"
#include "sandoq/threshold/commitments.hpp"
#include "sandoq/threshold/derived_key.hpp"

namespace sandoq {

/// What anyone can check of a key ceremony, one function for each check of section 90.2. Each gives
/// the outcome under its id, with the place ("dkg_reveal of board 0/trustee 2") and the reason. A
/// function may rely on the checks that its own rests on: complete first, then decode_elements,
/// then the others.

/// "ceremony.complete": exactly one commit, reveal, deal and confirm of each trustee, in order, one
/// attempt number of at least 1; t_b coefficients and proofs, n_b entries in a deal; the key item
/// has the right numbers of boards and trustees. Looks at no element.       SPEC(55.1) SPEC(90.2)
[[nodiscard]] check_outcome check_ceremony_complete(std::span<const board_size> boards,
                                                    const ceremony_items& items,
                                                    const election_key& published);

/// "ceremony.signatures": each of the four messages is signed by its trustee. \pre complete
/// Cost: one batch of 4 signatures a trustee.                              SPEC(55.4) SPEC(40.10)
[[nodiscard]] check_outcome check_ceremony_signatures(const ceremony_context& context,
                                                      std::span<const board_keys> boards,
                                                      const ceremony_items& items,
                                                      executor& workers);

/// "ceremony.commitments": every reveal opens its h. \pre complete                     SPEC(55.1)
[[nodiscard]] check_outcome check_ceremony_commitments(const ceremony_context& context,
                                                       const ceremony_items& items);

/// "ceremony.possession": every coefficient comes with a proof of its logarithm that knows all
/// commitments, none is the identity, no two A_0 are equal, no c1 is the identity.
/// \pre complete, commitments. Cost: one batch of t_b proofs a trustee.     SPEC(55.2) SPEC(55.3)
[[nodiscard]] check_outcome check_ceremony_possession(const ceremony_context& context,
                                                      const ceremony_items& items,
                                                      const ceremony_elements& elements,
                                                      executor& workers);

/// "ceremony.confirmations": every confirm carries the transcript hash.                SPEC(55.4)
[[nodiscard]] check_outcome check_ceremony_confirmations(const ceremony_items& items,
                                                         const derived_key& derived);

/// "ceremony.key": no key is the identity, and all of them and e1 are those published. SPEC(55.5)
[[nodiscard]] check_outcome check_ceremony_key(const ceremony_context& context,
                                               const ceremony_items& items,
                                               const derived_key& derived,
                                               const election_key& published);

/// Every check of a ceremony in the order of section 90; a check whose ground is missing is not
/// run. The keys of `boards` are taken as proved (manifest.roster). SPEC(55)
[[nodiscard]] verdict check_ceremony(const ceremony_context& context,
                                     std::span<const board_keys> boards,
                                     const ceremony_items& items, const election_key& published,
                                     executor& workers);

}  // namespace sandoq
