#pragma once

// Public arithmetic on integers of fixed length, by GMP. A number is a span of little-endian limbs.
// Variable time: nothing here takes a secret (integer_secret_arithmetic.hpp does).

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/bytes.hpp"

namespace sandoq::integers {

using limb = std::uint64_t;
using limb_view = std::span<const limb>;
using limb_span = std::span<limb>;

/// Big-endian bytes; the number fits into `out`, whose other limbs become 0.
void from_big_endian(limb_span out, byte_view in) noexcept;
void from_little_endian(limb_span out, byte_view in) noexcept;
/// The lowest out.size() bytes, big-endian.
void to_big_endian(byte_span out, limb_view in) noexcept;

[[nodiscard]] bool is_zero(limb_view a) noexcept;
/// a < b. \pre equal sizes
[[nodiscard]] bool less_vartime(limb_view a, limb_view b) noexcept;
[[nodiscard]] std::size_t bit_length_vartime(limb_view a) noexcept;
/// `width` bits from bit `at` on; bits beyond the number are 0. \pre width < 64
[[nodiscard]] std::size_t digit_of_vartime(limb_view a, std::size_t at, std::size_t width) noexcept;

// All operands below m have the size of m, whose highest limb is not 0, and are below m.

/// in mod m, for `in` of any size.
void reduce_vartime(limb_span out, limb_view in, limb_view m);
/// in / m, rounded down, with as many limbs as it needs. \pre in.size() >= m.size()
[[nodiscard]] std::vector<limb> quotient_vartime(limb_view in, limb_view m);
void add_vartime(limb_span out, limb_view a, limb_view b, limb_view m);
void subtract_vartime(limb_span out, limb_view a, limb_view b, limb_view m);
void multiply_vartime(limb_span out, limb_view a, limb_view b, limb_view m);
/// 1/a mod m; 0 for a = 0. \pre m is prime
void invert_vartime(limb_span out, limb_view a, limb_view m);
/// base^exponent mod m, for an exponent of any size.
void power_vartime(limb_span out, limb_view base, limb_view exponent, limb_view m);
/// The Jacobi symbol (a/m): 1, -1 or 0. \pre m is odd
[[nodiscard]] int jacobi_vartime(limb_view a, limb_view m);

}  // namespace sandoq::integers
