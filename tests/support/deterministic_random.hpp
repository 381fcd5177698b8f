#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "sandoq/core/hash.hpp"
#include "sandoq/core/random_source.hpp"

namespace sandoq::testing {

/// SHA-512(seed || counter) as a stream. For tests only: whoever knows the seed knows everything.
class deterministic_random final : public random_source {
 public:
  explicit deterministic_random(std::uint64_t seed) noexcept : seed_(seed) {}

  void fill(byte_span out) noexcept override {
    for (std::byte& octet : out) {
      if (used_ == block_.octets.size()) {
        refill();
      }
      octet = block_.octets[used_++];
    }
  }

  std::uint64_t u64() noexcept {
    byte_array<8> octets;
    fill(octets);
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 8; ++i) {
      value |= std::to_integer<std::uint64_t>(octets[i]) << (8 * i);
    }
    return value;
  }

  /// A number below bound (slightly biased, which tests do not mind).
  std::uint64_t below(std::uint64_t bound) noexcept { return u64() % bound; }

  template <std::size_t N>
  byte_array<N> octets() noexcept {
    byte_array<N> out;
    fill(out);
    return out;
  }

 private:
  void refill() noexcept {
    byte_array<16> input;
    for (std::size_t i = 0; i < 8; ++i) {
      input[i] = static_cast<std::byte>((seed_ >> (8 * i)) & 0xFFU);
      input[8 + i] = static_cast<std::byte>((counter_ >> (8 * i)) & 0xFFU);
    }
    block_ = sha512::of(input);
    ++counter_;
    used_ = 0;
  }

  std::uint64_t seed_;
  std::uint64_t counter_ = 0;
  digest64 block_{};
  std::size_t used_ = 64;
};

/// The seed of this run: SANDOQ_TEST_SEED if set, otherwise new each time; printed once.
inline std::uint64_t test_seed() {
  static const std::uint64_t seed = [] {
    const char* given = std::getenv("SANDOQ_TEST_SEED");
    const std::uint64_t value =
        given != nullptr ? std::strtoull(given, nullptr, 0) : std::random_device{}();
    std::printf("[ seed     ] SANDOQ_TEST_SEED=%llu\n", static_cast<unsigned long long>(value));
    return value;
  }();
  return seed;
}

}  // namespace sandoq::testing
