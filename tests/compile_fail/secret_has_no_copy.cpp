// A second copy of a secret is made on purpose or not at all.

#include "sandoq/core/secret.hpp"

sandoq::secret<std::uint64_t> second(const sandoq::secret<std::uint64_t>& a) {
#ifdef SANDOQ_MISUSE
  return a;
#else
  return a.clone();
#endif
}
