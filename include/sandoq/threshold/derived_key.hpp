#pragma once

#include <span>
#include <string>
#include <vector>

#include "sandoq/core/hash.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/encoded_element.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/threshold/attempt.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/commitments.hpp"

namespace sandoq {

/// What everyone computes from a ceremony.                                  SPEC(55.4) SPEC(55.6)
struct derived_key {
  /// The keys of one board.
  struct board_part {
    encoded_element<ristretto255> key;  ///< K_b = sum of A_{b,i,0}
    /// Y_{b,j} of every trustee; the identity for who is shut out, and for nobody else.
    std::vector<encoded_element<ristretto255>> share_keys;
  };
  std::vector<board_part> boards;
  encoded_element<ristretto255> joint_key;  ///< K = sum of K_b
  digest32 transcript_hash;                 ///< what every dkg_confirm must carry
  participants who;                         ///< who holds a share

  /// "board 0/key", "board 1/share key 3" or "joint key": the first that is the identity, which
  /// none may be but the share keys of who is shut out; empty if there is none.
  [[nodiscard]] std::string first_identity() const;
};

/// \param items  of the attempt that succeeded
/// \param coefficients  of items.reveals, decoded. \pre the items are complete (ceremony.complete);
/// confirms are not read. Cost: n_b*t_b short multiplications and n_b encodings a board.
[[nodiscard]] derived_key derive_key(const attempt_context& context,
                                     std::span<const board_size> boards,
                                     const ceremony_items& items,
                                     std::span<const encoded_elements<ristretto255>> coefficients);

/// The item that publishes all keys, with
///   e1 = H("election"; e0 || list of K_b || K || H("ceremony"; every dkg item, confirms too)).
/// \param attempts  all that stand in the record, the one that succeeded last          SPEC(55.6)
[[nodiscard]] election_key make_election_key(const ceremony_context& context,
                                             const derived_key& derived,
                                             std::span<const ceremony_items> attempts);

/// The keys of an election, decoded, as openings use them.
struct election_keys {
  encoded_element<ristretto255> joint_key;
  std::vector<std::vector<encoded_element<ristretto255>>> share_keys;  ///< [board][trustee - 1]
  digest32 election_hash;
};

/// \return not_in_group or bad_encoding, naming the key. Membership only, board keys included.
[[nodiscard]] result<election_keys> decode_keys(const election_key& published);

}  // namespace sandoq
