#include "lib/threshold/lagrange.core.hpp"

namespace sandoq {

template std::vector<ristretto255::scalar> lagrange_at_zero<ristretto255>(
    std::span<const std::uint32_t>);
template ristretto255::element evaluate_commitments<ristretto255>(
    std::span<const ristretto255::element>, std::uint32_t);

}  // namespace sandoq
