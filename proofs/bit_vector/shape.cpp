#include <algorithm>

#include "sandoq/proofs/bit_vector_shape.hpp"

namespace sandoq {

result<bit_vector_shape> bit_vector_shape::derive(const choice_limits& limits) {
  if (limits.options == 0 || limits.options > max_options) {
    return fail(errc::out_of_range, "options", "a contest has 1 to 1024 options");
  }
  if (limits.max_choices == 0 || limits.max_choices > limits.options) {
    return fail(errc::out_of_range, "max",
                "the most choices must be at least 1 and at most the number of options");
  }
  if (limits.min_choices > limits.max_choices) {
    return fail(errc::out_of_range, "min", "the fewest choices must be at most the most choices");
  }
  if (limits.blank == blank_option::counted && limits.min_choices == 0) {
    return fail(errc::out_of_range, "min",
                "a contest that counts blanks needs a minimum of at least 1, otherwise an empty "
                "ballot and a blank one could not be told apart");
  }
  bit_vector_shape shape;
  shape.limits_ = limits;
  shape.weights_.assign(limits.options, 1);
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
