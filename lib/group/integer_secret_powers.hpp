#pragma once

// Powers by secret exponents in the lanes of a kernel. Time and addresses depend on lengths only:
// every window of an exponent takes one product, chosen out of all entries of a table that are all
// read. What has held a secret is wiped.

#include <cstddef>

#include "lib/group/integer_lanes.hpp"

namespace sandoq::integers {

/// Numbers of a kernel's lanes are worked on at a time, so fewer are better done one by one.
inline constexpr std::size_t fewest_powers_of_one_base = 8;

/// The product of bases[i]^exponents[i] mod m; 1 for no factors. Bases (public, below m) and
/// exponents (secret, exponent_limbs each, below 2^exponent_bits) lie one after another. By shared
/// squarings (Straus) in windows of four bits, each lane with bases of its own. Cost in products of
/// a batch, for 32 bases a lane: exponent_bits/4 + 14 for each batch of bases, exponent_bits for
/// all of them. Memory: a table of 16 rows for each of those bases.
/// \pre the kernel has lanes; m as for lane_ring
void multi_power_secret(limb_span out, limb_view bases, limb_view exponents,
                        std::size_t exponent_limbs, std::size_t exponent_bits, limb_view m,
                        const kernels::montgomery_table& kernel);

/// base^exponents[i] mod m for all i: the powers of the base at one window after another, without a
/// squaring for an exponent. Cost in products of a batch: exponent_bits/4 for each batch of
/// exponents, and 15 times as many once. \pre the same
void powers_of_one_secret(limb_span out, limb_view base, limb_view exponents,
                          std::size_t exponent_limbs, std::size_t exponent_bits, limb_view m,
                          const kernels::montgomery_table& kernel);

}  // namespace sandoq::integers
