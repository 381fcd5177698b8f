#pragma once

#include "lib/group/integer_constants.hpp"
#include "lib/group/integer_membership.hpp"
#include "sandoq/group/integer_group.hpp"

namespace sandoq {

namespace detail {

/// The only way to the limbs of the public types.
struct integer_group_access {
  template <class T>
  static auto& limbs(T& value) noexcept {
    return value.limbs_;
  }
};

}  // namespace detail

namespace integers {

template <class T>
limb_view limbs_of(const T& value) noexcept {
  return sandoq::detail::integer_group_access::limbs(value);
}
template <class T>
limb_span limbs_of(T& value) noexcept {
  return sandoq::detail::integer_group_access::limbs(value);
}

template <class Parameters>
subgroup subgroup_of() noexcept {
  return {Parameters::name, constants<Parameters>::p, constants<Parameters>::q,
          Parameters::membership};
}

}  // namespace integers

}  // namespace sandoq
