#pragma once

#include <string_view>

namespace sandoq {

/// What batches of ristretto255 run on in this thread of this machine: "avx512-ifma", "avx512",
/// "avx2" or "portable".
[[nodiscard]] std::string_view ristretto255_kernel_name() noexcept;

}  // namespace sandoq
