#include "sandoq/proofs/choice_limits.hpp"

#include <algorithm>
#include <string>

namespace sandoq {

result<void> check(const choice_limits& limits, std::uint32_t max_options,
                   std::uint32_t max_choices) {
  if (limits.options == 0 || limits.options > max_options) {
    return fail(errc::out_of_range, "options",
                "a contest has 1 to " + std::to_string(max_options) +
                    " options; each vote that one can get counts, and each list with a vote");
  }
  if (limits.max_choices == 0 || limits.max_choices > limits.options) {
    return fail(errc::out_of_range, "max",
                "the most choices must be at least 1 and at most the number of options");
  }
  if (limits.max_choices > max_choices) {
    return fail(errc::out_of_range, "max",
                "the most choices of this encoding are " + std::to_string(max_choices) +
                    "; a list's vote beside them is one");
  }
  if (limits.min_choices > limits.max_choices) {
    return fail(errc::out_of_range, "min", "the fewest choices must be at most the most choices");
  }
  if (limits.whole >= limits.options && limits.whole > 0) {
    return fail(errc::out_of_range, "options",
                "a contest has options beside those that fill a ballot alone");
  }
  if (limits.blank == blank_option::counted && limits.min_choices == 0) {
    return fail(errc::out_of_range, "min",
                "a contest that counts blanks needs a minimum of at least 1, otherwise an empty "
                "ballot and a blank one could not be told apart");
  }
  return {};
}

}  // namespace sandoq
