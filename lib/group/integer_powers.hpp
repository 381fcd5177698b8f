#pragma once

#include "lib/group/integer_lanes.hpp"
#include "lib/kernels/montgomery_select.hpp"

namespace sandoq::integers {

// Many powers modulo m at once, on the lanes of a kernel. Numbers lie one after another; bases are
// below m, exponents of any value. m as for lane_ring.

/// out[i] = bases[i]^exponents[i], exponents of exponent_limbs limbs each.
/// Cost: that of a power in every lane, by windows; a single one by GMP.
void powers_vartime(limb_span out, limb_view bases, limb_view exponents, std::size_t exponent_limbs,
                    limb_view m,
                    const kernels::montgomery_table& kernel = kernels::montgomery_kernel());
/// out[i] = bases[i]^exponent.
void powers_vartime(limb_span out, limb_view bases, limb_view exponent, limb_view m,
                    const kernels::montgomery_table& kernel = kernels::montgomery_kernel());

/// Powers of one base by a table of base^(d * 16^k), d < 16: exponent_bits/4 products a power, each
/// lane another power or, for a single one, another part of the exponent. For one kernel.
class fixed_base {
 public:
  /// Cost: about three powers.
  fixed_base(limb_view base, std::size_t exponent_bits, limb_view m,
             const kernels::montgomery_table& kernel = kernels::montgomery_kernel());

  [[nodiscard]] const kernels::montgomery_table& kernel() const noexcept { return ring_.kernel(); }
  /// out = base^exponent. \pre the exponent has at most exponent_bits
  void power_vartime(limb_span out, limb_view exponent) const;
  /// out[i] = base^exponents[i], exponents of exponent_limbs limbs each.
  void powers_vartime(limb_span out, limb_view exponents, std::size_t exponent_limbs) const;

 private:
  [[nodiscard]] limb* entry(std::size_t window, std::size_t digit) const noexcept;

  lane_ring ring_;
  std::size_t windows_;
  kernels::aligned_words table_;
};

}  // namespace sandoq::integers
