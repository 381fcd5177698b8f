#include <gtest/gtest.h>

#include <string>

#include "lib/kernels/choice.hpp"

#ifdef __x86_64__
#include <xmmintrin.h>
#endif

namespace sandoq::kernels {
namespace {

TEST(kernel_selection, is_one_that_runs_here_and_can_be_forced) {
  const ristretto255_table& chosen = ristretto255_kernel();
  EXPECT_TRUE(runs_here(chosen));
  EXPECT_EQ(kernel_named(chosen.name), &chosen);
  EXPECT_EQ(kernel_named("no such kernel"), nullptr);
  for (const ristretto255_table* kernel : kernels_here()) {
    const forced_kernel only(*kernel);
    EXPECT_EQ(&ristretto255_kernel(), kernel) << kernel->name;
  }
  EXPECT_EQ(&ristretto255_kernel(), &chosen);
}

TEST(kernel_selection, takes_the_widest_that_the_processor_has) {
  const auto all = kernels_here();
  ASSERT_GE(all.size(), 3U);
  EXPECT_EQ(&ristretto255_kernel(), all[all.size() - 3]);  // the last two are emulated
}

#ifdef __x86_64__

class rounding : public ::testing::Test {
 protected:
  void TearDown() override { _mm_setcsr(kept_); }
  unsigned kept_ = _mm_getcsr();
};

TEST_F(rounding, other_than_to_nearest_leaves_the_kernels_on_doubles) {
  for (const ristretto255_table* kernel : kernels_here()) {
    const forced_kernel only(*kernel);
    for (const unsigned mode : {0x2000U, 0x4000U, 0x6000U}) {
      _mm_setcsr(kept_ | mode);
      const ristretto255_table* chosen = &ristretto255_kernel();
      EXPECT_EQ(_mm_getcsr(), kept_ | mode) << "the mode is the caller's";
      EXPECT_EQ(chosen, kernel->needs_rounding_to_nearest ? &portable_ristretto255 : kernel)
          << kernel->name;
    }
    _mm_setcsr(kept_ & ~0x1000U);  // inexact results trap
    const ristretto255_table* chosen = &ristretto255_kernel();
    _mm_setcsr(kept_);
    EXPECT_EQ(chosen, kernel->needs_rounding_to_nearest ? &portable_ristretto255 : kernel)
        << kernel->name;
  }
}

#endif

}  // namespace
}  // namespace sandoq::kernels
