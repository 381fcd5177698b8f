// A secret scalar cannot reach a variable-time function.

#include "sandoq/group/ristretto255_secret.hpp"

using group = sandoq::ristretto255;

sandoq::secret<group::element> multiply(const sandoq::secret<group::scalar>& x,
                                        const group::element& e) {
#ifdef SANDOQ_MISUSE
  return sandoq::secret<group::element>(group::mul_vartime(x, e));
#else
  return sandoq::secret_ops<group>::mul(x, e);
#endif
}
