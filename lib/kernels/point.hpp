#pragma once

#include <cstdint>

namespace sandoq::kernels {

/// A point of edwards25519 in extended coordinates, radix 2^51, words below 2^51 + 2^13: the memory
/// of ristretto255::element.
struct [[gnu::may_alias]] point {
  std::uint64_t words[20];  ///< X, Y, Z, T, five each
};

}  // namespace sandoq::kernels
