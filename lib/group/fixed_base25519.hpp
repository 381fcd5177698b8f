#pragma once

// What stands behind a table of one base: the comb of single multiplications and, made at its first
// use, the layout of the kernel for many at once.

#include <memory>
#include <mutex>

#include "lib/group/comb25519.hpp"
#include "lib/kernels/aligned_words.hpp"
#include "lib/kernels/table.hpp"
#include "sandoq/group/ristretto255_secret.hpp"

namespace sandoq {

namespace edwards {

/// (column + 1) * 32^row * B as one kernel reads it.
struct kernel_comb {
  const kernels::ristretto255_table* kernel;
  kernels::aligned_words words;
};
[[nodiscard]] std::unique_ptr<const kernel_comb> make_kernel_comb(
    const ristretto255::element& base);

}  // namespace edwards

struct fixed_base_table<ristretto255>::rows {
  edwards::comb table;

  [[nodiscard]] const edwards::kernel_comb& for_kernel(const ristretto255::element& base) const {
    std::call_once(made_, [&] { kernel_comb_ = edwards::make_kernel_comb(base); });
    return *kernel_comb_;
  }

 private:
  mutable std::once_flag made_;
  mutable std::unique_ptr<const edwards::kernel_comb> kernel_comb_;
};

}  // namespace sandoq
