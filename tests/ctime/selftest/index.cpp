// Reads memory at a secret place: the checker must report it.

#include <array>
#include <cstdio>

#include "tests/ctime/ctime_program.hpp"

int main() {
  sandoq::testing::require_checker();
  std::array<volatile unsigned char, 16> table{};
  const sandoq::secret<std::uint64_t> x(7);
  const unsigned char read = table[expose_for_secret_ops(x) & 15U];
  sandoq::detail::mark_public(&table, sizeof table);
  static_cast<void>(read);
  return 0;
}
