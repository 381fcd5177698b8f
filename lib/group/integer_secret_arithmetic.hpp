#pragma once

// Arithmetic on secret integers of fixed length, by those functions of GMP that its manual names
// for cryptography: mpn_sec_* and mpn_cnd_*. Their time and the memory they touch depend on lengths
// only. Lengths and moduli are public; numbers are not.

#include <cstddef>

#include "lib/group/integer_arithmetic.hpp"
#include "sandoq/core/choice.hpp"

namespace sandoq::integers {

// Operands below m have the size of m, whose highest limb is not 0. `out` overlaps no operand.

/// in mod m, for `in` of any size.
void reduce(limb_span out, limb_view in, limb_view m);
void add(limb_span out, limb_view a, limb_view b, limb_view m) noexcept;
void subtract(limb_span out, limb_view a, limb_view b, limb_view m) noexcept;
void multiply(limb_span out, limb_view a, limb_view b, limb_view m);
/// 1/a mod m; 0 for a = 0. \pre m is an odd prime
void invert(limb_span out, limb_view a, limb_view m);
/// base^exponent mod m: exponent_bits bits of the exponent are used, whatever they are.
/// \pre exponent < 2^exponent_bits; m is odd
void power(limb_span out, limb_view base, limb_view exponent, std::size_t exponent_bits,
           limb_view m);
/// a < b. \pre equal sizes
[[nodiscard]] choice less(limb_view a, limb_view b);

}  // namespace sandoq::integers
