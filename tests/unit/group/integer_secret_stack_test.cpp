// Sums and powers by secrets in integer groups leave neither scalars nor results on the stack.

#include <gtest/gtest.h>

#include <cstring>
#include <type_traits>
#include <vector>

#include "sandoq/group/integer_group_secret.hpp"
#include "tests/support/dead_stack.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

using G = swisspost3072;
using ops = secret_ops<G>;
using testing::holds_piece_of;

// The value as it lies in memory.
template <class T>
bytes octets_of(const T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  bytes out(sizeof value);
  std::memcpy(out.data(), &value, sizeof value);
  return out;
}

TEST(integer_secret_stack, keeps_nothing_of_sums_and_powers) {
  if (!testing::stack_is_plain) {
    GTEST_SKIP() << "a sanitizer keeps objects elsewhere";
  }
  testing::deterministic_random random(testing::test_seed());
  std::vector<secret_scalar<G>> xs;
  std::vector<G::element> bases;
  for (int i = 0; i < 9; ++i) {
    xs.push_back(ops::random_scalar(random));
    bases.push_back(G::mul_base_vartime(G::scalar_from_u64(random.u64())));
  }
  std::vector<bytes> searched;
  for (const std::size_t i : {0U, 8U}) {
    searched.push_back(octets_of(declassify<"looked for in a test">(xs[i])));
    searched.push_back(octets_of(declassify<"looked for in a test">(ops::mul_base(xs[i]))));
  }
  searched.push_back(octets_of(declassify<"looked for in a test">(ops::msm(xs, bases))));
  const auto expect_clean = [&](const char* name, const auto& operation) {
    const bytes stack = testing::stack_after([&] {
      const auto out = operation();
      asm volatile("" : : "r"(&out) : "memory");
    });
    for (const bytes& value : searched) {
      EXPECT_FALSE(holds_piece_of(stack, value)) << name;
    }
  };
  expect_clean("msm", [&] { return ops::msm(xs, bases).clone(); });
  expect_clean("mul_base_each", [&] { return ops::mul_base_each(xs); });
}

}  // namespace
}  // namespace sandoq
