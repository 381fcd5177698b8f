// An element computed from a secret cannot be put on the wire without saying why.

#include "sandoq/group/ristretto255_secret.hpp"

using group = sandoq::ristretto255;

auto publish(const sandoq::secret<group::scalar>& x) {
  const auto y = sandoq::secret_ops<group>::mul_base(x);
#ifdef SANDOQ_MISUSE
  return group::encode(y);
#else
  return group::encode(sandoq::declassify<"example: y = xG is a public key">(y));
#endif
}
