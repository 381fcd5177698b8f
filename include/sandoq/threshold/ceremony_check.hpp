#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sandoq/core/executor.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/group/encoded_element.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/commitments.hpp"

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

/// The elements of a ceremony, decoded once: coefficients[p][l] = A_l and ephemerals[p][j - 1] = c1
/// of the trustee at place p of the record (board 0: 1..n_0, board 1: ...).
struct ceremony_elements {
  std::vector<encoded_elements<ristretto255>> coefficients;
  std::vector<encoded_elements<ristretto255>> ephemerals;
};

/// \return not_in_group or bad_encoding with the item and the coefficient or share.    SPEC(10.3)
[[nodiscard]] result<ceremony_elements> decode_elements(const ceremony_items& items);

/// "ceremony.possession": every coefficient comes with a proof of its logarithm that knows all
/// commitments, none is the identity, no two A_0 are equal, no c1 is the identity.
/// \pre complete, commitments. Cost: one batch of t_b proofs a trustee.     SPEC(55.2) SPEC(55.3)
[[nodiscard]] check_outcome check_ceremony_possession(const ceremony_context& context,
                                                      const ceremony_items& items,
                                                      const ceremony_elements& elements,
                                                      executor& workers);

/// What everyone computes from a ceremony.                                  SPEC(55.4) SPEC(55.5)
struct derived_key {
  struct board_part {
    encoded_element<ristretto255> key;                      ///< K_b = sum of A_{b,i,0}
    std::vector<encoded_element<ristretto255>> share_keys;  ///< Y_{b,j}
  };
  std::vector<board_part> boards;
  encoded_element<ristretto255> joint_key;  ///< K = sum of K_b
  digest32 transcript_hash;                 ///< what every dkg_confirm must carry

  /// "board 0 key", "board 1 share key 3" or "joint key": the first that is the identity, which
  /// none may be; empty if there is none.
  [[nodiscard]] std::string first_identity() const;
};

/// \pre complete, and elements belong to items. Reads no confirm.
/// Cost: n_b*t_b short multiplications and n_b encodings a board.
[[nodiscard]] derived_key derive_key(const ceremony_context& context,
                                     std::span<const board_size> boards,
                                     const ceremony_items& items,
                                     const ceremony_elements& elements);

/// e1 = H("election"; e0 || list of K_b || K || H("ceremony"; every dkg item)), and the item that
/// publishes it with all keys. Reads the confirms too.                                 SPEC(55.5)
[[nodiscard]] election_key make_election_key(const ceremony_context& context,
                                             const derived_key& derived,
                                             const ceremony_items& items);

/// "ceremony.confirmations": every confirm carries the transcript hash.                SPEC(55.4)
[[nodiscard]] check_outcome check_ceremony_confirmations(const ceremony_items& items,
                                                         const derived_key& derived);

/// "ceremony.key": no key is the identity, and all of them and e1 are those published. SPEC(55.5)
[[nodiscard]] check_outcome check_ceremony_key(const ceremony_context& context,
                                               const ceremony_items& items,
                                               const derived_key& derived,
                                               const election_key& published);

/// The keys of an election, decoded, as openings use them.
struct election_keys {
  encoded_element<ristretto255> joint_key;
  std::vector<std::vector<encoded_element<ristretto255>>> share_keys;  ///< [board][trustee - 1]
  digest32 election_hash;
};

/// \return not_in_group or bad_encoding, naming the key. Membership only.
[[nodiscard]] result<election_keys> decode_keys(const election_key& published);

/// Every check of a ceremony in the order of section 90; a check whose ground is missing is not
/// run. The keys of `boards` are taken as proved (manifest.roster). SPEC(55)
[[nodiscard]] verdict check_ceremony(const ceremony_context& context,
                                     std::span<const board_keys> boards,
                                     const ceremony_items& items, const election_key& published,
                                     executor& workers);

}  // namespace sandoq
