#pragma once

#include "lib/kernels/table.hpp"

namespace sandoq::kernels {

/// The kernel for this processor: the first of avx512-ifma, avx512, avx2, portable that it can run.
/// Chosen at the first call. A thread whose floating-point unit does not round to nearest, or traps
/// on inexact results, gets the portable one instead of a kernel on doubles; nothing is changed.
[[nodiscard]] const ristretto255_table& ristretto255_kernel() noexcept;

/// Whether this processor and its operating system can run a kernel.
[[nodiscard]] bool runs_here(const ristretto255_table& kernel) noexcept;

/// Whether this thread may run a kernel now: its floating-point unit is in the state that the
/// kernel needs. For work prepared for that kernel earlier.
[[nodiscard]] bool usable_now(const ristretto255_table& kernel) noexcept;

namespace detail {
/// What choice.hpp sets; null is the choice by processor.
void force(const ristretto255_table* kernel) noexcept;
}  // namespace detail

}  // namespace sandoq::kernels
