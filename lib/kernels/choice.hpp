#pragma once

// Kernels by name, for tests and benchmarks. The library does not link this.

#include <string_view>
#include <vector>

#include "lib/kernels/select.hpp"

namespace sandoq::kernels {

/// All kernels that can run here, the portable one first, emulated ones last.
[[nodiscard]] std::vector<const ristretto255_table*> kernels_here();

/// The one of that name, or null if there is none here.
[[nodiscard]] const ristretto255_table* kernel_named(std::string_view name);

/// Everything runs on this kernel while the object lives. One at a time; not for threads under way.
class forced_kernel {
 public:
  explicit forced_kernel(const ristretto255_table& kernel) noexcept { detail::force(&kernel); }
  forced_kernel(const forced_kernel&) = delete;
  forced_kernel& operator=(const forced_kernel&) = delete;
  ~forced_kernel() { detail::force(nullptr); }
};

}  // namespace sandoq::kernels
