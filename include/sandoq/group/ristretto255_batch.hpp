#pragma once

#include <span>

#include "sandoq/group/ristretto255.hpp"

namespace sandoq {

/// out[i] = x*es[i]: one public scalar times many elements, as many at a time as the processor's
/// kernel has lanes. \pre equal sizes; out and es are the same elements or have none in common
/// Cost a product: 252 doublings and 71 additions in a lane.
void mul_each_vartime(std::span<ristretto255::element> out, const ristretto255::scalar& x,
                      std::span<const ristretto255::element> es);

}  // namespace sandoq
