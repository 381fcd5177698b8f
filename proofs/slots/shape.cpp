#include <bit>
#include <utility>

#include "sandoq/proofs/slots_shape.hpp"

namespace sandoq {

result<slots_shape> slots_shape::derive(const choice_limits& limits) {
  if (auto good = check(limits, max_options, max_slots); !good) {
    return tl::unexpected<error>(std::move(good.error()));
  }
  slots_shape shape;
  shape.limits_ = limits;
  shape.digits_ = static_cast<std::size_t>(std::bit_width(limits.options));
  shape.rounds_ = static_cast<std::size_t>(std::bit_width(shape.used_bits() - 1));
  return shape;
}

}  // namespace sandoq
