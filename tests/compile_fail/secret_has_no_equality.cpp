// Secrets cannot be compared, which would branch on them sooner or later.

#include "sandoq/core/secret.hpp"

bool same(const sandoq::secret<std::uint64_t>& a, const sandoq::secret<std::uint64_t>& b) {
#ifdef SANDOQ_MISUSE
  return a == b;
#else
  return sandoq::declassify<"example: the outcome is published">(
      sandoq::choice::equal(expose_for_secret_ops(a), expose_for_secret_ops(b)));
#endif
}
