#include "lib/group/affine25519.hpp"

#include <cstddef>

#include "lib/group/ristretto255_access.hpp"

namespace sandoq::edwards {

std::vector<ristretto255::element> made_affine(std::span<const ristretto255::element> elements) {
  std::vector<ristretto255::element> out(elements.begin(), elements.end());
  std::vector<std::size_t> others;
  std::vector<field_element> before;  // products of the Z before
  field_element product = arith::field_one;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const extended p = point_of(out[i]);
    if (p.z.v != arith::field_one.v) {
      others.push_back(i);
      before.push_back(product);
      product = product * p.z;
    }
  }
  if (others.empty()) {
    return out;
  }
  field_element inverse = invert(product);
  for (std::size_t k = others.size(); k-- > 0;) {
    const extended p = point_of(out[others[k]]);
    const field_element z_inverse = before[k] * inverse;
    inverse = inverse * p.z;
    const field_element x = p.x * z_inverse;
    const field_element y = p.y * z_inverse;
    out[others[k]] = element_of_point({x, y, arith::field_one, x * y});
  }
  return out;
}

}  // namespace sandoq::edwards
