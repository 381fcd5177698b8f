#include <algorithm>
#include <utility>

#include "sandoq/proofs/bit_vector_shape.hpp"

namespace sandoq {

result<bit_vector_shape> bit_vector_shape::derive(const choice_limits& limits) {
  if (auto good = check(limits, max_options, max_options); !good) {
    return tl::unexpected<error>(std::move(good.error()));
  }
  bit_vector_shape shape;
  shape.limits_ = limits;
  shape.weights_.assign(limits.options - limits.whole, 1);
  shape.weights_.insert(shape.weights_.end(), limits.whole, limits.max_choices);
  if (limits.blank == blank_option::counted) {
    shape.weights_.push_back(limits.max_choices);
  }
  shape.ciphertexts_ = shape.weights_.size();
  std::uint32_t left = limits.max_choices - limits.min_choices;
  for (std::uint32_t power = 1; left > 0; power *= 2) {
    const std::uint32_t weight = std::min(power, left);
    shape.weights_.push_back(weight);
    left -= weight;
  }
  return shape;
}

}  // namespace sandoq
