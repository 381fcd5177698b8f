// Hands a secret scalar to the public power of an integer group, which is mpz_powm: the checker
// must report it, and so it sees into GMP.

#include "sandoq/group/integer_group.hpp"
#include "tests/ctime/ctime_program.hpp"

int main() {
  using group = sandoq::belenios2048;
  sandoq::testing::require_checker();
  const sandoq::secret<group::scalar> x(group::scalar_from_u64(123456789));
  const auto out = group::mul_vartime(expose_for_secret_ops(x), group::generator());
  return group::encode(out)[0] == std::byte{1} ? 1 : 0;
}
