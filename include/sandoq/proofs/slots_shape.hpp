#pragma once

#include <cstddef>
#include <cstdint>

#include "sandoq/core/result.hpp"
#include "sandoq/proofs/bit_vector_shape.hpp"

namespace sandoq {

/// The constants of a contest of slots that its proof needs, derived from its limits and from
/// nothing else. A ballot has k = L slots with strictly ascending codes: 1 to n for options, n + j
/// for slot j if it is unused.                                               SPEC(46.1) SPEC(46.2)
class slots_shape {
 public:
  static constexpr std::uint32_t max_options = 8192;
  static constexpr std::uint32_t max_slots = 64;
  /// Rounds of the proof of the largest contest, which has 66 ranges of 14 bits.
  static constexpr std::size_t max_rounds = 10;

  /// out_of_range if n = 0, n > 8,192, L = 0, L > 64, L > n, Lmin > L, or blank with Lmin = 0.
  [[nodiscard]] static result<slots_shape> derive(const choice_limits& limits);

  /// n.
  [[nodiscard]] std::uint32_t options() const noexcept { return limits_.options; }
  /// k.
  [[nodiscard]] std::uint32_t slots() const noexcept { return limits_.max_choices; }
  /// Lmin.
  [[nodiscard]] std::uint32_t minimum() const noexcept { return limits_.min_choices; }
  [[nodiscard]] bool counts_blank() const noexcept {
    return limits_.blank == blank_option::counted;
  }
  /// The largest code, n + k.
  [[nodiscard]] std::uint32_t codes() const noexcept { return options() + slots(); }
  /// k, and Z where blanks are counted.
  [[nodiscard]] std::size_t ciphertexts() const noexcept {
    return slots() + (counts_blank() ? 1U : 0U);
  }
  /// The number of bits of n.
  [[nodiscard]] std::size_t digits() const noexcept { return digits_; }
  /// R, the derived values that are proved to be below 2^digits.
  [[nodiscard]] std::size_t ranges() const noexcept {
    return slots() + 1 + (minimum() != 0 ? 1U : 0U);
  }
  /// J, the ranges and z where blanks are counted.
  [[nodiscard]] std::size_t constraints() const noexcept {
    return ranges() + (counts_blank() ? 1U : 0U);
  }
  /// Bits that have a meaning: the ranges' and z.
  [[nodiscard]] std::size_t used_bits() const noexcept {
    return ranges() * digits_ + (counts_blank() ? 1U : 0U);
  }
  /// log2 N.
  [[nodiscard]] std::size_t rounds() const noexcept { return rounds_; }
  /// N.
  [[nodiscard]] std::size_t bits() const noexcept { return std::size_t{1} << rounds_; }

  /// Bytes of a proof on the wire, for a 32-byte group.                                 SPEC(46.5)
  [[nodiscard]] std::size_t proof_bytes() const noexcept {
    return 6 * 32 + 4 + rounds_ * 64 + 7 * 32;
  }

  friend bool operator==(const slots_shape&, const slots_shape&) = default;

 private:
  slots_shape() = default;

  choice_limits limits_;
  std::size_t digits_ = 0;
  std::size_t rounds_ = 0;
};

}  // namespace sandoq
