// Branches on a secret: the checker must report it.

#include <cstdio>

#include "tests/ctime/ctime_program.hpp"

int main() {
  sandoq::testing::require_checker();
  const sandoq::secret<std::uint64_t> x(7);
  if (expose_for_secret_ops(x) > 5) {
    std::puts("large");
  }
  return 0;
}
