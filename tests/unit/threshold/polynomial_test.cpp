#include <gtest/gtest.h>

#include "lib/threshold/polynomial_secret.core.hpp"
#include "sandoq/threshold/lagrange.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/tiny_group.hpp"

namespace sandoq {
namespace {

using testing::tiny11;

TEST(SecretPolynomial, EvaluatesAsPlainIntegersDo) {
  for (std::uint32_t number = 0; number < 11 * 11 * 11; ++number) {
    const std::uint32_t a[] = {number % 11, number / 11 % 11, number / 121};
    std::vector<secret_scalar<tiny11>> coefficients;
    for (const std::uint32_t value : a) {
      coefficients.emplace_back(tiny11::scalar_from_u64(value));
    }
    const secret_polynomial<tiny11> f(std::move(coefficients));
    for (std::uint32_t x = 0; x < 20; ++x) {
      ASSERT_EQ(declassify<"compared in a test">(f.evaluate(x)).value(),
                (a[0] + a[1] * x + a[2] * x * x) % 11);
    }
  }
}

TEST(SecretPolynomial, CommitmentsFitItsValues) {
  testing::deterministic_random random(testing::test_seed());
  for (std::size_t t = 1; t <= 6; ++t) {
    const auto f = secret_polynomial<ristretto255>::random(t, random);
    const auto commitments = f.commitments();
    ASSERT_EQ(commitments.size(), t);
    for (const std::uint32_t j : {1U, 2U, 7U, 64U}) {
      EXPECT_EQ(ristretto255::mul_base_vartime(declassify<"compared in a test">(f.evaluate(j))),
                evaluate_commitments<ristretto255>(commitments, j));
    }
  }
}

// The field of 11 elements draws a 0 about every eleventh time.
TEST(SecretPolynomial, NeverDrawsAZeroCoefficient) {
  testing::deterministic_random random(testing::test_seed());
  const auto f = secret_polynomial<tiny11>::random(500, random);
  for (const auto& a : f.coefficients()) {
    EXPECT_NE(declassify<"compared in a test">(a).value(), 0U);
  }
}

}  // namespace
}  // namespace sandoq
