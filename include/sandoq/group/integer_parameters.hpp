#pragma once

#include <cstddef>
#include <string_view>

namespace sandoq {

/// How one knows that a residue x, 0 < x < p, lies in the subgroup of order q.           SPEC(12.4)
enum class membership_rule {
  exact,         ///< x^q = 1, one by one: the cofactor has small or unknown factors
  jacobi,        ///< Jacobi symbol (x/p) = 1: p = 2q + 1, so the subgroup is that of the squares
  batch_jacobi,  ///< cofactor 2r', r' a large prime: Jacobi symbol 1 each, then one power for all
};

// The groups that are pinned. Nobody may supply another: numbers, generators and cofactors stand in
// lib/group/integer_constants.hpp and in spec/12-integer-groups/groups.json, with where they come
// from. These types only say what a program must know when it is compiled.             SPEC(12.2)

/// ElectionGuard 1.5 to 2.1.
struct modp4096_parameters {
  static constexpr std::string_view name = "modp4096";
  static constexpr std::size_t p_bits = 4096;
  static constexpr std::size_t q_bits = 256;
  static constexpr membership_rule membership = membership_rule::batch_jacobi;
};

/// ElectionGuard 0.95 to 1.1.
struct modp4096_v1_parameters {
  static constexpr std::string_view name = "modp4096-v1";
  static constexpr std::size_t p_bits = 4096;
  static constexpr std::size_t q_bits = 256;
  static constexpr membership_rule membership = membership_rule::batch_jacobi;
};

/// Belenios, the group "BELENIOS-2048".
struct belenios2048_parameters {
  static constexpr std::string_view name = "belenios-2048";
  static constexpr std::size_t p_bits = 2048;
  static constexpr std::size_t q_bits = 256;
  static constexpr membership_rule membership = membership_rule::exact;
};

/// RFC 3526 group 14 with generator 2; in Belenios "RFC-3526-2048".
struct rfc3526_2048_parameters {
  static constexpr std::string_view name = "rfc3526-2048";
  static constexpr std::size_t p_bits = 2048;
  static constexpr std::size_t q_bits = 2047;
  static constexpr membership_rule membership = membership_rule::jacobi;
};

/// Swiss Post, 3072 bits: the group of the published test vectors.
struct swisspost3072_parameters {
  static constexpr std::string_view name = "swisspost-3072";
  static constexpr std::size_t p_bits = 3072;
  static constexpr std::size_t q_bits = 3071;
  static constexpr membership_rule membership = membership_rule::jacobi;
};

/// Swiss Post, 3072 bits: the group made from the seed NE_20231124_TT05 of the published test
/// election. (Every election event of Swiss Post makes its own.)
struct swisspost3072_tt05_parameters {
  static constexpr std::string_view name = "swisspost-3072-tt05";
  static constexpr std::size_t p_bits = 3072;
  static constexpr std::size_t q_bits = 3071;
  static constexpr membership_rule membership = membership_rule::jacobi;
};

}  // namespace sandoq
