#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/group/concept.hpp"

namespace sandoq {

/// Public 128-bit weights of random linear combinations, a function of a 64-byte seed:
///   weight_i     = first 16 bytes of SHA-512(frame("sandoq-1/weights") || seed || u32(i))
///   weight_{j,k} = first 16 bytes of SHA-512(frame("sandoq-1/weights") || seed || u32(j) ||
///   u32(k))
/// The seed must depend on everything that is combined.                  SPEC(30.5) SPEC(40.10)
class weights {
 public:
  /// The weights of that seed.
  explicit weights(const digest64& seed) noexcept;

  /// The bytes of weight_i, little-endian.
  [[nodiscard]] byte_array<16> octets(std::uint32_t i) const noexcept;
  /// The bytes of weight_{j,k}, little-endian.
  [[nodiscard]] byte_array<16> octets(std::uint32_t j, std::uint32_t k) const noexcept;

  /// weight_i as a scalar.
  template <prime_order_group G>
  [[nodiscard]] scalar_of<G> at(std::uint32_t i) const noexcept {
    return to_scalar<G>(octets(i));
  }
  /// weight_{j,k} as a scalar.
  template <prime_order_group G>
  [[nodiscard]] scalar_of<G> at(std::uint32_t j, std::uint32_t k) const noexcept {
    return to_scalar<G>(octets(j, k));
  }

 private:
  template <prime_order_group G>
  static scalar_of<G> to_scalar(const byte_array<16>& weight) noexcept {
    byte_array<64> wide{};
    std::copy(weight.begin(), weight.end(), wide.begin());
    return G::scalar_from_wide(wide);
  }

  sha512 prefix_;  // has absorbed the frame and the seed
};

}  // namespace sandoq
