// The body of a parallel loop may not throw.

#include "sandoq/core/executor.hpp"

void run(sandoq::executor& ex, std::size_t* out) {
#ifdef SANDOQ_MISUSE
  ex.parallel_for(3, [out](std::size_t i) { out[i] = i; });
#else
  ex.parallel_for(3, [out](std::size_t i) noexcept { out[i] = i; });
#endif
}
