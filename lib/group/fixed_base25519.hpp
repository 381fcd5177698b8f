#pragma once

// What stands behind a table of one base: a comb in the layout of the kernel that multiplies by it.

#include <memory>
#include <mutex>
#include <vector>

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

struct fixed_base_table<ristretto255>::combs {
  /// The layout for the kernel that this thread runs now: one a process, but for tests that choose
  /// kernels and threads that round otherwise.
  [[nodiscard]] const edwards::kernel_comb& for_kernel(const ristretto255::element& base) const {
    const kernels::ristretto255_table& kernel = kernels::ristretto255_kernel();
    const std::lock_guard lock(mutex_);
    for (const auto& comb : made_) {
      if (comb->kernel == &kernel) {
        return *comb;
      }
    }
    made_.push_back(edwards::make_kernel_comb(kernel, base));
    return *made_.back();
  }

 private:
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<const edwards::kernel_comb>> made_;
};

}  // namespace sandoq
