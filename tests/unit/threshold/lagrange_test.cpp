#include "sandoq/threshold/lagrange.hpp"

#include <gtest/gtest.h>

#include <bit>

#include "lib/threshold/lagrange.core.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/tiny_group.hpp"

namespace sandoq {
namespace {

using testing::tiny11;
using testing::tiny13;

template <class G>
std::uint32_t value_mod(const std::vector<std::uint32_t>& f, std::uint32_t at) {
  std::uint32_t value = 0;
  std::uint32_t power = 1;
  for (const std::uint32_t a : f) {
    value = (value + a * power) % G::order;
    power = power * at % G::order;
  }
  return value;
}

template <class G>
std::vector<std::uint32_t> polynomial(std::uint32_t number, std::size_t coefficients) {
  std::vector<std::uint32_t> f;
  for (std::size_t l = 0; l < coefficients; ++l) {
    f.push_back(number % G::order);
    number /= G::order;
  }
  return f;
}

// Every polynomial of degree below 3, every set of points from 1..6, in a whole group.
template <class G>
void check_every_polynomial() {
  for (std::uint32_t set = 1; set < 64; ++set) {
    std::vector<std::uint32_t> points;
    for (std::uint32_t j = 0; j < 6; ++j) {
      if (((set >> j) & 1U) != 0) {
        points.push_back(j + 1);
      }
    }
    const auto weights = lagrange_at_zero<G>(points);
    ASSERT_EQ(weights.size(), points.size());
    const std::size_t t = std::min<std::size_t>(points.size(), 3);
    std::uint32_t polynomials = 1;
    for (std::size_t l = 0; l < t; ++l) {
      polynomials *= G::order;
    }
    for (std::uint32_t number = 0; number < polynomials; ++number) {
      const auto f = polynomial<G>(number, t);
      typename G::scalar sum{};
      for (std::size_t j = 0; j < points.size(); ++j) {
        sum += weights[j] * G::scalar_from_u64(value_mod<G>(f, points[j]));
      }
      ASSERT_EQ(sum.value(), f[0]) << "set " << set << " polynomial " << number;
    }
  }
}

TEST(Lagrange, GivesTheConstantTermOfEveryPolynomialOfATinyGroup) {
  check_every_polynomial<tiny11>();
  check_every_polynomial<tiny13>();
}

TEST(Lagrange, OnePointTooFewTellsNothingOfTheConstantTerm) {
  // For each value at one point there is, for each constant term, exactly one line through it.
  for (std::uint32_t value = 0; value < tiny11::order; ++value) {
    std::vector<int> lines(tiny11::order, 0);
    for (std::uint32_t number = 0; number < tiny11::order * tiny11::order; ++number) {
      const auto f = polynomial<tiny11>(number, 2);
      if (value_mod<tiny11>(f, 3) == value) {
        ++lines[f[0]];
      }
    }
    for (const int count : lines) {
      EXPECT_EQ(count, 1);
    }
  }
}

TEST(Lagrange, EvaluatesCommitmentsOfEveryPolynomial) {
  for (std::uint32_t number = 0; number < 11 * 11 * 11; ++number) {
    const auto f = polynomial<tiny11>(number, 3);
    std::vector<tiny11::element> commitments;
    for (const std::uint32_t a : f) {
      commitments.push_back(tiny11::mul_base_vartime(tiny11::scalar_from_u64(a)));
    }
    for (std::uint32_t at = 0; at <= 64; ++at) {
      ASSERT_EQ(evaluate_commitments<tiny11>(commitments, at),
                tiny11::mul_base_vartime(
                    tiny11::scalar_from_u64(value_mod<tiny11>(f, at % tiny11::order))));
    }
  }
}

TEST(Lagrange, AnyQuorumOfRistrettoSharesGivesTheConstantTerm) {
  using group = ristretto255;
  testing::deterministic_random random(testing::test_seed());
  for (std::size_t t = 1; t <= 5; ++t) {
    std::vector<group::scalar> f;
    std::vector<group::element> commitments;
    for (std::size_t l = 0; l < t; ++l) {
      f.push_back(group::scalar_from_wide(random.octets<64>()));
      commitments.push_back(group::mul_base_vartime(f.back()));
    }
    const auto at = [&](std::uint32_t j) {
      group::scalar value{};
      for (std::size_t l = t; l-- > 0;) {
        value = value * group::scalar_from_u64(j) + f[l];
      }
      return value;
    };
    for (std::uint32_t set = 1; set < 128; ++set) {
      if (static_cast<std::size_t>(std::popcount(set)) != t) {
        continue;
      }
      std::vector<std::uint32_t> points;
      for (std::uint32_t j = 0; j < 7; ++j) {
        if (((set >> j) & 1U) != 0) {
          points.push_back(9 * j + 1);  // 1 to 55
        }
      }
      const auto weights = lagrange_at_zero<group>(points);
      group::scalar sum{};
      for (std::size_t k = 0; k < t; ++k) {
        sum += weights[k] * at(points[k]);
        ASSERT_EQ(evaluate_commitments<group>(commitments, points[k]),
                  group::mul_base_vartime(at(points[k])));
      }
      ASSERT_EQ(sum, f[0]);
    }
  }
}

TEST(LagrangeDeathTest, RefusesARepeatedPoint) {
  const std::uint32_t points[] = {2, 5, 2};
  EXPECT_DEATH((void)lagrange_at_zero<ristretto255>(points), "distinct");
}

}  // namespace
}  // namespace sandoq
