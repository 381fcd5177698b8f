#pragma once

#include <span>
#include <vector>

#include "sandoq/core/result.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/threshold/commitments.hpp"

namespace sandoq {

/// The elements of a ceremony, decoded once: coefficients[p][l] = A_l and ephemerals[p][j - 1] = c1
/// of the trustee at place p of the record (board 0: 1..n_0, board 1: ...).
struct ceremony_elements {
  std::vector<encoded_elements<ristretto255>> coefficients;
  std::vector<encoded_elements<ristretto255>> ephemerals;
};

/// \return not_in_group or bad_encoding with the item and the coefficient or share.    SPEC(10.3)
[[nodiscard]] result<ceremony_elements> decode_elements(const ceremony_items& items);

/// The same for one round alone.
[[nodiscard]] result<std::vector<encoded_elements<ristretto255>>> decode_coefficients(
    std::span<const dkg_reveal> reveals);
/// The ephemeral elements c1 of the sealed shares of round 3.
[[nodiscard]] result<std::vector<encoded_elements<ristretto255>>> decode_ephemerals(
    std::span<const dkg_deal> deals);

}  // namespace sandoq
