#pragma once

#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/encoded_element.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/group/secret_ops.hpp"
#include "sandoq/threshold/commitments.hpp"
#include "sandoq/threshold/share_box.hpp"

namespace sandoq {

/// Seals a share to its receiver: c1 = eps*G for a fresh eps, Kdh = eps*P, the key as
/// share_key_prefix() says. SPEC(55.3)
/// Constant time in the share. \pre receiver_key is not the identity
/// Cost: a fixed-base and a variable-base multiplication.
[[nodiscard]] sealed_share seal_share(const share_route& route,
                                      const encoded_element<ristretto255>& receiver_key,
                                      const secret_scalar<ristretto255>& share,
                                      random_source& source);

/// Opens a box with the receiver's decryption key x, P = x*G, by Kdh = x*c1. Constant time in x and
/// in the share. \return not_in_group or identity_element for c1; mismatch for a box that was not
/// sealed for this route and key; out_of_range for a content that is no scalar.
[[nodiscard]] result<secret_scalar<ristretto255>> open_share(
    const share_route& route, const secret_scalar<ristretto255>& decryption_key,
    const encoded_element<ristretto255>& receiver_key, const sealed_share& box);

}  // namespace sandoq
