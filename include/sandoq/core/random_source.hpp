#pragma once

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/secret.hpp"

namespace sandoq {

/// Where randomness comes from. Passed by reference to whatever needs it; nothing draws randomness
/// by itself. Not for concurrent use: draw one seed per item first, then work in parallel.
class random_source {
 public:
  virtual ~random_source() = default;

  /// Fills out with bytes that nobody can predict. Does not fail: a source that cannot deliver
  /// aborts.
  virtual void fill(byte_span out) noexcept = 0;

 protected:
  random_source() = default;
  random_source(const random_source&) = default;
  random_source& operator=(const random_source&) = default;
};

/// N fresh secret bytes.
template <std::size_t N>
[[nodiscard]] secret<byte_array<N>> random_secret(random_source& source) noexcept {
  secret<byte_array<N>> out;
  source.fill(expose_for_secret_ops(out));
  detail::mark_secret(expose_for_secret_ops(out).data(), N);
  return out;
}

}  // namespace sandoq
