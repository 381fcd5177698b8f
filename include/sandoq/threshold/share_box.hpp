#pragma once

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/encoded_element.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/threshold/commitments.hpp"

namespace sandoq {

/// Which share a box holds: bound into its key, so a box means nothing in any other place.
struct share_route {
  digest32 manifest_hash;        ///< e0
  digest32 hash_of_commitments;  ///< Hcom, which covers the attempt
  board_index board;
  trustee_index dealer;
  trustee_index receiver;
};

/// Everything that is hashed into the key of a box before Kdh, the hash's own frames included:
///   key = H("dkg/share"; e0 || Hcom || board || dealer || receiver || c1 || P || Kdh).  SPEC(55.3)
[[nodiscard]] bytes share_key_prefix(const share_route& route, const wire_element& ephemeral,
                                     const encoded_element<ristretto255>& receiver_key);

/// Opens a box whose Kdh a complaint has made public.                                   SPEC(55.5)
/// \return mismatch if the box was not sealed with this Kdh for this route; out_of_range or
/// bad_encoding if its content is no scalar.
[[nodiscard]] result<ristretto255::scalar> open_share_vartime(
    const share_route& route, const encoded_element<ristretto255>& receiver_key,
    const sealed_share& box, const wire_element& shared);

}  // namespace sandoq
