#pragma once

#include <span>

#include "sandoq/core/executor.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/threshold/attempt.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/ceremony_elements.hpp"
#include "sandoq/threshold/commitments.hpp"
#include "sandoq/threshold/derived_key.hpp"

namespace sandoq {

/// What anyone can check of a key ceremony, one function for each check of section 90.2. Each gives
/// the outcome under its id, with the place ("dkg_reveal of board 0/trustee 2") and the reason. A
/// function may rely on the checks that its own rests on: complete first, then decode_elements,
/// then the others.

/// "ceremony.complete": numbers and order of all items. In every attempt one commit and reveal of
/// each participant, in the last one also one deal and confirm, with the right lengths; nobody
/// takes part again who was shut out, and enough are left; the key item has the right numbers of
/// boards and trustees. Looks at no element.                                SPEC(55.5) SPEC(90.2)
[[nodiscard]] check_outcome check_ceremony_complete(std::span<const board_size> boards,
                                                    std::span<const ceremony_items> attempts,
                                                    const election_key& published);

/// "ceremony.signatures": each message is signed by its trustee, each absence by all boards.
/// \pre complete. Cost: one batch of 4 signatures a trustee and attempt.   SPEC(55.4) SPEC(40.10)
[[nodiscard]] check_outcome check_ceremony_signatures(const ceremony_context& context,
                                                      std::span<const board_keys> boards,
                                                      std::span<const ceremony_items> attempts,
                                                      executor& workers);

/// "ceremony.blame": from attempt to attempt exactly the guilty and the absent are shut out.
/// \pre complete, signatures, elements decode. Cost: that of the proofs of the attempts that
/// failed, one by one. SPEC(55.5)
[[nodiscard]] check_outcome check_ceremony_blame(const ceremony_context& context,
                                                 std::span<const board> boards,
                                                 std::span<const ceremony_items> attempts);

/// "ceremony.commitments": every reveal of the last attempt opens its h. \pre complete SPEC(55.1)
[[nodiscard]] check_outcome check_ceremony_commitments(const ceremony_context& context,
                                                       const ceremony_items& items);

/// "ceremony.possession": every coefficient comes with a proof of its logarithm that knows all
/// commitments, none is the identity, no two A_0 are equal, no c1 is the identity.
/// \pre complete, commitments. Cost: one batch of t_b proofs a trustee.     SPEC(55.2) SPEC(55.3)
[[nodiscard]] check_outcome check_ceremony_possession(const attempt_context& context,
                                                      const ceremony_items& items,
                                                      const ceremony_elements& elements,
                                                      executor& workers);

/// "ceremony.confirmations": every confirm carries the transcript hash.                SPEC(55.4)
[[nodiscard]] check_outcome check_ceremony_confirmations(const ceremony_items& items,
                                                         const derived_key& derived);

/// "ceremony.key": no key is the identity, and all of them and e1 are those published. SPEC(55.6)
[[nodiscard]] check_outcome check_ceremony_key(const ceremony_context& context,
                                               std::span<const ceremony_items> attempts,
                                               const derived_key& derived,
                                               const election_key& published);

/// Every check of a ceremony in the order of section 90; a check whose ground is missing is not
/// run. The keys of `boards` are taken as proved (manifest.roster). SPEC(55)
[[nodiscard]] verdict check_ceremony(const ceremony_context& context, std::span<const board> boards,
                                     std::span<const ceremony_items> attempts,
                                     const election_key& published, executor& workers);

}  // namespace sandoq
