#pragma once

#include <span>
#include <utility>

#include "lib/arith/scalar25519.hpp"
#include "lib/group/edwards25519.hpp"
#include "lib/kernels/point.hpp"
#include "sandoq/group/ristretto255.hpp"

namespace sandoq {

namespace detail {

/// The only way to the limbs of the public types.
struct ristretto255_access {
  using element = ristretto255::element;
  using scalar = ristretto255::scalar;

  static edwards::extended point(const element& e) noexcept {
    return {arith::make_field(e.x_), arith::make_field(e.y_), arith::make_field(e.z_),
            arith::make_field(e.t_)};
  }
  static element make_element(const edwards::extended& p) noexcept {
    element out;
    out.x_ = p.x.v;
    out.y_ = p.y.v;
    out.z_ = p.z.v;
    out.t_ = p.t.v;
    return out;
  }
  /// The same memory as kernels see it.
  static const kernels::point* points(const element* e) noexcept {
    static_assert(sizeof(element) == sizeof(kernels::point));
    return reinterpret_cast<const kernels::point*>(e);
  }
  static kernels::point* points(element* e) noexcept {
    return reinterpret_cast<kernels::point*>(e);
  }
  static const arith::scalar_words& words(const scalar& s) noexcept { return s.limbs_; }
  static scalar make_scalar(const arith::scalar_words& words) noexcept {
    scalar out;
    out.limbs_ = words;
    return out;
  }
  /// Of the words that make() returns; they are made where the scalar will stand.
  template <class MakeWords>
  static scalar make_scalar_by(MakeWords& make) noexcept {
    return scalar(std::in_place, make);
  }
};

}  // namespace detail

inline edwards::extended point_of(const ristretto255::element& e) noexcept {
  return detail::ristretto255_access::point(e);
}
inline ristretto255::element element_of_point(const edwards::extended& p) noexcept {
  return detail::ristretto255_access::make_element(p);
}
inline const kernels::point* points_of(std::span<const ristretto255::element> elements) noexcept {
  return detail::ristretto255_access::points(elements.data());
}
inline kernels::point* points_of(std::span<ristretto255::element> elements) noexcept {
  return detail::ristretto255_access::points(elements.data());
}
inline edwards::extended point_of(const kernels::point& p) noexcept {
  const auto coordinate = [&p](std::size_t c) noexcept {
    const std::uint64_t* w = p.words + 5 * c;
    return arith::make_field({w[0], w[1], w[2], w[3], w[4]});
  };
  return {coordinate(0), coordinate(1), coordinate(2), coordinate(3)};
}
inline const arith::scalar_words& words_of(const ristretto255::scalar& s) noexcept {
  return detail::ristretto255_access::words(s);
}
inline ristretto255::scalar scalar_of_words(const arith::scalar_words& words) noexcept {
  return detail::ristretto255_access::make_scalar(words);
}

/// A choice about public data, as a branch condition.
inline bool is_public_true(choice c) noexcept {
  return c.bit() != 0;
}

}  // namespace sandoq
