// A secret truth value cannot steer a branch.

#include "sandoq/core/choice.hpp"

std::uint64_t pick(sandoq::choice c, std::uint64_t a, std::uint64_t b) {
#ifdef SANDOQ_MISUSE
  return c ? a : b;
#else
  return select(c, a, b);
#endif
}
