// "ok" is no reason.

#include "sandoq/core/secret.hpp"

std::uint64_t out(const sandoq::secret<std::uint64_t>& a) {
#ifdef SANDOQ_MISUSE
  return sandoq::declassify<"ok">(a);
#else
  return sandoq::declassify<"example: the value is published">(a);
#endif
}
