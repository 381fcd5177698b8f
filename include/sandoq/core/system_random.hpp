#pragma once

#include "sandoq/core/random_source.hpp"

namespace sandoq {

/// The operating system's generator, through libsodium. Safe to use from several threads.
class system_random final : public random_source {
 public:
  /// Prepares libsodium; aborts if the system offers no randomness.
  system_random() noexcept;
  void fill(byte_span out) noexcept override;
};

}  // namespace sandoq
