#pragma once

// What stands behind a table of one base: the comb of single multiplications and, made at its first
// use, the layout of the kernel for many at once.

#include <memory>
#include <mutex>
#include <vector>

#include "lib/group/comb25519.hpp"
#include "lib/kernels/aligned_words.hpp"
#include "lib/kernels/select.hpp"
#include "sandoq/group/ristretto255_secret.hpp"

namespace sandoq {

namespace edwards {

/// (column + 1) * 32^row * B as one kernel reads it.
struct kernel_comb {
  const kernels::ristretto255_table* kernel;
  kernels::aligned_words words;
};
[[nodiscard]] std::unique_ptr<const kernel_comb> make_kernel_comb(
    const kernels::ristretto255_table& kernel, const ristretto255::element& base);

}  // namespace edwards

struct fixed_base_table<ristretto255>::rows {
  edwards::comb table;

  /// The layout for the kernel that this thread runs now: one a process, but for tests that choose
  /// kernels and threads that round otherwise.
  [[nodiscard]] const edwards::kernel_comb& for_kernel(const ristretto255::element& base) const {
    const kernels::ristretto255_table& kernel = kernels::ristretto255_kernel();
    const std::lock_guard lock(combs_mutex_);
    for (const auto& comb : combs_) {
      if (comb->kernel == &kernel) {
        return *comb;
      }
    }
    combs_.push_back(edwards::make_kernel_comb(kernel, base));
    return *combs_.back();
  }

 private:
  mutable std::mutex combs_mutex_;
  mutable std::vector<std::unique_ptr<const edwards::kernel_comb>> combs_;
};

}  // namespace sandoq
