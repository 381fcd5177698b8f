// Many multiplications by secrets at once, on every kernel, against one at a time in public.

#include <gtest/gtest.h>

#include <vector>

#include "lib/kernels/choice.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "tests/support/deterministic_random.hpp"

#ifdef __x86_64__
#include <xmmintrin.h>
#endif

namespace sandoq {
namespace {

using G = ristretto255;
using ops = secret_ops<G>;

class batch_secret : public ::testing::Test {
 protected:
  /// 0, 1, the largest and random ones.
  std::vector<G::scalar> scalars(std::size_t n) {
    std::vector<G::scalar> out = {G::scalar(), G::scalar_from_u64(1), -G::scalar_from_u64(1)};
    out.resize(n);
    for (std::size_t i = 3; i < n; ++i) {
      out[i] = G::scalar_from_wide(random.octets<64>());
    }
    return out;
  }
  static std::vector<secret_scalar<G>> secrets(const std::vector<G::scalar>& scalars) {
    return one_by_one(scalars.size(), [&](std::size_t i) { return secret_scalar<G>(scalars[i]); });
  }
  std::vector<G::element> elements(std::size_t n) {
    return one_by_one(n, [&](std::size_t) { return G::from_uniform_bytes(random.octets<64>()); });
  }
  static void expect_products(const std::vector<secret_element<G>>& got,
                              const std::vector<G::scalar>& xs, const std::vector<G::element>& es) {
    ASSERT_EQ(got.size(), xs.size());
    for (std::size_t i = 0; i < got.size(); ++i) {
      EXPECT_EQ(declassify<"compared in a test">(got[i]), G::mul_vartime(xs[i], es[i])) << i;
    }
  }
  void check_all() {
    for (const std::size_t n : {0U, 1U, 3U, 8U, 21U}) {
      const auto xs = scalars(n);
      const auto es = elements(n);
      expect_products(ops::mul_each(secrets(xs), es), xs, es);
      const G::scalar one = G::scalar_from_wide(random.octets<64>());
      expect_products(ops::mul_each(secret_scalar<G>(one), es), std::vector<G::scalar>(n, one), es);
      const std::vector<G::element> base(n, G::from_uniform_bytes(random.octets<64>()));
      if (n > 0) {
        expect_products(fixed_base_table<G>(base[0]).mul_each(secrets(xs)), xs, base);
      }
      expect_products(ops::mul_base_each(secrets(xs)), xs,
                      std::vector<G::element>(n, G::generator()));
      check_sums(xs, es);
      EXPECT_EQ(declassify<"compared in a test">(ops::msm(secrets(xs), es)), G::msm_vartime(xs, es))
          << n;
    }
  }
  /// Of the first scalars, so that a lane or all of a batch may be idle.
  static void check_sums(std::vector<G::scalar> xs, const std::vector<G::element>& es) {
    const fixed_bases_table<G> table(es);
    EXPECT_TRUE(std::equal(es.begin(), es.end(), table.bases().begin(), table.bases().end()));
    for (const std::size_t used : {xs.size(), xs.size() / 2, std::size_t{0}}) {
      xs.resize(used);
      EXPECT_EQ(declassify<"compared in a test">(table.msm(secrets(xs))),
                G::msm_vartime(xs, std::span(es).first(used)))
          << used;
    }
  }

  testing::deterministic_random random{testing::test_seed()};
};

TEST_F(batch_secret, every_kernel_multiplies_as_one_at_a_time) {
  for (const kernels::ristretto255_table* kernel : kernels::kernels_here()) {
    SCOPED_TRACE(kernel->name);
    const kernels::forced_kernel only(*kernel);
    check_all();
  }
}

TEST_F(batch_secret, every_kernel_sums_in_blocks) {
  const auto xs = scalars(1030);
  auto es = elements(1030);
  es[7] = G::identity();
  es[1025] = es[8];
  for (const kernels::ristretto255_table* kernel : kernels::kernels_here()) {
    const kernels::forced_kernel only(*kernel);
    for (const std::size_t n : {1023U, 1024U, 1025U, 1030U}) {
      auto first = xs;
      first.resize(n);
      const auto some = std::span(es).first(n);
      EXPECT_EQ(declassify<"compared in a test">(ops::msm(secrets(first), some)),
                G::msm_vartime(first, some))
          << kernel->name << ", " << n;
    }
  }
}

TEST_F(batch_secret, a_table_outlives_the_choice_of_its_kernel) {
  const auto all = kernels::kernels_here();
  const auto xs = scalars(9);
  const auto es = elements(9);
  const fixed_base_table<G> base(es[0]);
  const fixed_bases_table<G> bases(es);
  for (const kernels::ristretto255_table* kernel : all) {
    const kernels::forced_kernel only(*kernel);
    expect_products(base.mul_each(secrets(xs)), xs, std::vector<G::element>(9, es[0]));
    EXPECT_EQ(declassify<"compared in a test">(bases.msm(secrets(xs))), G::msm_vartime(xs, es));
  }
}

#ifdef __x86_64__
TEST_F(batch_secret, threads_that_round_otherwise_get_the_same_results) {
  const unsigned kept = _mm_getcsr();
  const auto xs = scalars(9);
  const auto es = elements(9);
  const fixed_base_table<G> base(es[0]);
  const fixed_bases_table<G> bases(es);
  expect_products(base.mul_each(secrets(xs)), xs, std::vector<G::element>(9, es[0]));
  _mm_setcsr(kept | 0x6000U);
  const auto products = base.mul_each(secrets(xs));
  const auto sum = bases.msm(secrets(xs));
  const auto sum_of_others = ops::msm(secrets(xs), es);
  _mm_setcsr(kept);
  expect_products(products, xs, std::vector<G::element>(9, es[0]));
  EXPECT_EQ(declassify<"compared in a test">(sum), G::msm_vartime(xs, es));
  EXPECT_EQ(declassify<"compared in a test">(sum_of_others), G::msm_vartime(xs, es));
}
#endif

}  // namespace
}  // namespace sandoq
