#pragma once

#include <span>

#include "lib/group/integer_arithmetic.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/integer_parameters.hpp"

namespace sandoq::integers {

/// A pinned group as the rules of membership see it.
struct subgroup {
  std::string_view name;
  limb_view p;
  limb_view q;
  membership_rule rule;
};

/// Reads one number of `in` into out: bad_encoding or not_in_group if it is no canonical residue;
/// whether it is in the subgroup is not looked at.                                      SPEC(12.4)
[[nodiscard]] result<void> read_residue_vartime(limb_span out, byte_view in, const subgroup& group);
/// Whether x, 0 < x < p, is in the subgroup, by its rule for one element.               SPEC(12.4)
[[nodiscard]] bool is_member_vartime(limb_view x, const subgroup& group);
/// Whether all of xs, n residues one after another, whose bytes are `octets`, are in the subgroup.
/// With batch_jacobi wrong with probability 2^-128 per attempt, otherwise never.        SPEC(12.5)
[[nodiscard]] bool are_members_vartime(limb_view xs, byte_view octets, const subgroup& group);

/// The weights of a batch, 2 limbs each, from the group and the complete bytes.         SPEC(12.5)
[[nodiscard]] std::vector<limb> membership_weights(byte_view octets, std::size_t count,
                                                   const subgroup& group);

/// A residue from 64 bytes: blocks of SHA-512, reduced mod p - 1, plus 1.               SPEC(12.6)
void residue_from_uniform_bytes(limb_span out, std::span<const std::byte, 64> wide,
                                const subgroup& group);

}  // namespace sandoq::integers
