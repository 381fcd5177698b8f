#include <gtest/gtest.h>

#include <vector>

#include "sandoq/group/ristretto255.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using scalar = group::scalar;
using element = group::element;

/// Elements with known logarithms, so that large sums can be checked by one multiplication.
struct terms {
  std::vector<scalar> scalars;
  std::vector<element> elements;
  scalar expected;  ///< logarithm of the sum
};

class msm_test : public ::testing::Test {
 protected:
  scalar random_scalar() { return group::scalar_from_wide(random.octets<64>()); }
  scalar random_scalar(std::size_t bits) {
    auto wide = random.octets<64>();
    for (std::size_t i = 0; i < 64; ++i) {
      const std::size_t keep = bits > 8 * i ? std::min<std::size_t>(8, bits - 8 * i) : 0;
      wide[i] &= static_cast<std::byte>((1U << keep) - 1U);
    }
    return group::scalar_from_wide(wide);
  }

  template <class NextScalar>
  terms make(std::size_t n, NextScalar&& next) {
    terms out;
    // Element i is (a + i*b)*G, by additions only.
    scalar log = random_scalar();
    const scalar step_log = random_scalar();
    element e = group::mul_base_vartime(log);
    const element step = group::mul_base_vartime(step_log);
    for (std::size_t i = 0; i < n; ++i) {
      out.scalars.push_back(next(i));
      out.elements.push_back(e);
      out.expected += out.scalars.back() * log;
      e += step;
      log += step_log;
    }
    return out;
  }

  static void check(const terms& t) {
    const element expected = group::mul_base_vartime(t.expected);
    EXPECT_EQ(group::msm_vartime(t.scalars, t.elements), expected) << t.scalars.size();
    EXPECT_EQ(group::msm_straus_vartime(t.scalars, t.elements), expected) << t.scalars.size();
    EXPECT_EQ(group::msm_pippenger_vartime(t.scalars, t.elements), expected) << t.scalars.size();
  }

  testing::deterministic_random random{testing::test_seed()};
};

TEST_F(msm_test, both_methods_at_every_size_around_the_change) {
  for (const std::size_t n : {1U, 2U, 7U, 64U, 190U, 340U, 400U, 1000U, 3000U}) {
    check(make(n, [&](std::size_t) { return random_scalar(); }));
  }
}

TEST_F(msm_test, scalars_of_every_length) {
  for (std::size_t bits = 0; bits <= 252; bits += 7) {
    check(make(40, [&](std::size_t) { return random_scalar(bits); }));
  }
  check(make(300, [&](std::size_t i) { return random_scalar(i % 2 == 0 ? 128 : 252); }));
}

TEST_F(msm_test, digits_at_their_bounds) {
  // Patterns whose digits are all largest, smallest or just over half, for every window.
  for (unsigned width = 2; width <= 16; ++width) {
    for (const std::uint64_t digit : {(1ULL << (width - 1)) - 1, 1ULL << (width - 1),
                                      (1ULL << (width - 1)) + 1, (1ULL << width) - 1}) {
      scalar pattern;
      for (unsigned place = 0; place + width <= 252; place += width) {
        scalar shift = group::scalar_from_u64(1);
        for (unsigned i = 0; i < width; ++i) {
          shift += shift;
        }
        pattern = pattern * shift + group::scalar_from_u64(digit);
      }
      for (const std::size_t n : {1U, 3U, 50U}) {
        check(make(n, [&](std::size_t i) { return i % 2 == 0 ? pattern : -pattern; }));
      }
    }
  }
}

TEST_F(msm_test, zeros_identities_and_repetitions) {
  terms t = make(450, [&](std::size_t i) { return i % 3 == 0 ? scalar{} : random_scalar(); });
  check(t);
  const element p = t.elements[7];
  for (element& e : t.elements) {
    e = p;
  }
  scalar sum;
  for (const scalar& s : t.scalars) {
    sum += s;
  }
  EXPECT_EQ(group::msm_straus_vartime(t.scalars, t.elements), group::mul_vartime(sum, p));
  EXPECT_EQ(group::msm_pippenger_vartime(t.scalars, t.elements), group::mul_vartime(sum, p));
  for (element& e : t.elements) {
    e = group::identity();
  }
  EXPECT_TRUE(group::is_identity(group::msm_straus_vartime(t.scalars, t.elements)));
  EXPECT_TRUE(group::is_identity(group::msm_pippenger_vartime(t.scalars, t.elements)));
  EXPECT_TRUE(group::is_identity(group::msm_vartime({}, {})));
  EXPECT_TRUE(group::is_identity(group::msm_pippenger_vartime({}, {})));
}

TEST_F(msm_test, long_sums_are_cut_into_chunks) {
  const std::size_t n = (std::size_t{1} << 16U) + 5;
  const terms t = make(n, [&](std::size_t) { return random_scalar(24); });
  EXPECT_EQ(group::msm_vartime(t.scalars, t.elements), group::mul_base_vartime(t.expected));
}

TEST_F(msm_test, sizes_must_agree) {
  const std::vector<scalar> one(1);
  const std::vector<element> two(2);
  EXPECT_DEATH(static_cast<void>(group::msm_vartime(one, two)), "one scalar for each element");
}

}  // namespace
}  // namespace sandoq
