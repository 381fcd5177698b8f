#pragma once

#include "lib/group/integer_group_access.hpp"

namespace sandoq::testing {

template <class G>
struct parameters_of_group;
template <class Parameters>
struct parameters_of_group<integer_group<Parameters>> {
  using type = Parameters;
};

/// The pinned numbers of an integer group.
template <class G>
using numbers_of = integers::constants<typename parameters_of_group<G>::type>;

/// p - x for the bytes of x: not in the subgroup, but as big as what is.
template <class G>
std::array<std::byte, G::element_bytes> residue_negated(byte_view octets) {
  std::array<std::uint64_t, G::p_limbs> x{};
  std::array<std::uint64_t, G::p_limbs> zero{};
  integers::from_big_endian(x, octets);
  integers::subtract_vartime(x, zero, x, numbers_of<G>::p);
  std::array<std::byte, G::element_bytes> out;
  integers::to_big_endian(out, x);
  return out;
}

}  // namespace sandoq::testing
