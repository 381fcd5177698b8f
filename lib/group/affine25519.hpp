#pragma once

#include <span>
#include <vector>

#include "sandoq/group/ristretto255.hpp"

namespace sandoq::edwards {

/// The same elements with Z = 1, by one inversion for all that need it (Montgomery's trick).
/// Variable time: which of them need it shows.
[[nodiscard]] std::vector<ristretto255::element> made_affine(
    std::span<const ristretto255::element> elements);

}  // namespace sandoq::edwards
