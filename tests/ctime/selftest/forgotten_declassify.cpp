// Uses a published value without declassifying it first: the checker must report it.

#include <cstdio>

#include "sandoq/group/ristretto255_secret.hpp"
#include "tests/ctime/ctime_program.hpp"

int main() {
  using group = sandoq::ristretto255;
  sandoq::testing::require_checker();
  const sandoq::secret<group::scalar> x(group::scalar_from_u64(123456789));
  const auto out = sandoq::secret_ops<group>::mul_base(x);
  if (group::is_identity(expose_for_secret_ops(out))) {
    std::puts("the identity");
  }
  return 0;
}
