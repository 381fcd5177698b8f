#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/result.hpp"
#include "sandoq/proofs/choice_limits.hpp"

namespace sandoq {

/// The constants of a contest that its proof needs, derived from its limits and from nothing else:
/// b = (m_1 ... m_n, m_0 where blank is counted, slack bits), sum of weights[i]*b[i] = limit.
/// SPEC(45.1)
class bit_vector_shape {
 public:
  static constexpr std::uint32_t max_options = 1024;
  /// Most responses of any proof: n' and the slack bits of L - Lmin <= 1,024.
  static constexpr std::size_t max_bits = max_options + 1 + 11;

  /// out_of_range if n = 0, n > 1,024, L = 0, L > n, Lmin > L, or blank with Lmin = 0 (an empty
  /// ballot could then be written in two ways).
  [[nodiscard]] static result<bit_vector_shape> derive(const choice_limits& limits);

  [[nodiscard]] std::uint32_t options() const noexcept { return limits_.options; }
  /// n', the blank one included.
  [[nodiscard]] std::size_t ciphertexts() const noexcept { return ciphertexts_; }
  /// N = n' + number of slack bits.
  [[nodiscard]] std::size_t bits() const noexcept { return weights_.size(); }
  /// L.
  [[nodiscard]] std::uint32_t limit() const noexcept { return limits_.max_choices; }
  /// Lmin.
  [[nodiscard]] std::uint32_t minimum() const noexcept { return limits_.min_choices; }
  [[nodiscard]] bool counts_blank() const noexcept {
    return limits_.blank == blank_option::counted;
  }
  /// u_1 ... u_N: 1 for options, L for those that fill a ballot alone and for blank, then the slack
  /// weights.
  [[nodiscard]] std::span<const std::uint32_t> weights() const noexcept { return weights_; }
  /// v_1 ... v_t, the end of weights(); their sum is L - Lmin.
  [[nodiscard]] std::span<const std::uint32_t> slack_weights() const noexcept {
    return weights().subspan(ciphertexts_);
  }

  /// Bytes of a proof on the wire, 6*32 + 4 + (N - 1)*32 + 3*32, for a 32-byte group.   SPEC(45.4)
  [[nodiscard]] std::size_t proof_bytes() const noexcept {
    return 6 * 32 + 4 + (bits() - 1) * 32 + 3 * 32;
  }

  friend bool operator==(const bit_vector_shape&, const bit_vector_shape&) = default;

 private:
  bit_vector_shape() = default;

  choice_limits limits_;
  std::size_t ciphertexts_ = 0;
  std::vector<std::uint32_t> weights_;
};

}  // namespace sandoq
