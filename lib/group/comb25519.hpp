#pragma once

#include <array>
#include <cstddef>
#include <memory>

#include "lib/arith/scalar25519.hpp"
#include "lib/group/edwards25519.hpp"

namespace sandoq::edwards {

inline constexpr std::size_t comb_rows = 32;
inline constexpr std::size_t comb_columns = 8;

/// rows[i][j] = (j+1) * 256^i * B, 30 KiB. With signed digits of radix 16,
/// s*B = sum over even i of d_i * 16^i * B + 16 * (sum over odd i of d_i * 16^(i-1) * B).
struct comb {
  std::array<std::array<affine_cached, comb_columns>, comb_rows> rows;
};

/// The table of the generator, made at first use. Cost then: 256 additions, 256 doublings, one
/// inversion.
[[nodiscard]] const comb& generator_comb();

[[nodiscard]] extended comb_mul_vartime(const comb& table, const arith::scalar_words& s) noexcept;

}  // namespace sandoq::edwards
