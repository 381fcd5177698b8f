// Hands a secret scalar to a variable-time function by the back door: the checker must report it.

#include "sandoq/group/ristretto255.hpp"
#include "tests/ctime/ctime_program.hpp"

int main() {
  using group = sandoq::ristretto255;
  sandoq::testing::require_checker();
  const sandoq::secret<group::scalar> x(group::scalar_from_u64(123456789));
  const auto out = group::mul_vartime(expose_for_secret_ops(x), group::generator());
  return group::encode(out)[0] == std::byte{1} ? 1 : 0;
}
