#include <algorithm>

#include "sandoq/core/contract.hpp"
#include "sandoq/core/executor.hpp"

namespace sandoq {

void sequential_executor::run(std::size_t count, std::size_t grain, range_function body,
                              void* context) {
  SANDOQ_EXPECTS(grain >= 1, "the grain of a parallel loop is at least one item");
  for (std::size_t begin = 0; begin < count; begin += std::min(grain, count - begin)) {
    body(context, {begin, begin + std::min(grain, count - begin)});
  }
}

}  // namespace sandoq
