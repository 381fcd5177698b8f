#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/result.hpp"
#include "sandoq/proofs/choice_limits.hpp"

namespace sandoq {

/// What a packed ballot holds besides its options.
enum class packed_order : std::uint8_t { subset = 0, ranking = 1 };

/// The constants of a contest whose choices are packed, derived from its limits and from nothing
/// else: how many numbers there are, and into how many parts of 240 bits they are cut. SPEC(47.1)
class packed_shape {
 public:
  static constexpr std::uint32_t max_options = 8192;
  static constexpr std::uint32_t max_choices = 64;
  static constexpr std::uint32_t max_text_bytes = 240;
  static constexpr std::size_t part_bytes = 30;

  /// \param text_bytes  room for write-ins, 0 to 240
  /// \return out_of_range if n = 0, n > 8,192, L = 0, L > 64, L > n, Lmin > L, blank with Lmin = 0,
  /// or too many text bytes. Cost: n*L additions of long numbers for subsets.
  [[nodiscard]] static result<packed_shape> derive(const choice_limits& limits, packed_order order,
                                                   std::uint32_t text_bytes = 0);

  /// n.
  [[nodiscard]] std::uint32_t options() const noexcept { return limits_.options; }
  /// k.
  [[nodiscard]] std::uint32_t choices() const noexcept { return limits_.max_choices; }
  /// Lmin.
  [[nodiscard]] std::uint32_t minimum() const noexcept { return limits_.min_choices; }
  [[nodiscard]] bool counts_blank() const noexcept {
    return limits_.blank == blank_option::counted;
  }
  [[nodiscard]] packed_order order() const noexcept { return order_; }
  [[nodiscard]] std::uint32_t text_bytes() const noexcept { return text_bytes_; }
  /// w': parts of the choice.
  [[nodiscard]] std::size_t choice_parts() const noexcept { return choice_parts_; }
  /// w: parts of choice and text; ciphertexts of a ballot.
  [[nodiscard]] std::size_t width() const noexcept {
    return choice_parts_ + (text_bytes_ + part_bytes - 1) / part_bytes;
  }
  /// 64-bit words, least significant first, of the numbers of choices and of M.
  [[nodiscard]] std::size_t words() const noexcept { return values_.size(); }
  /// M, the number of values.
  [[nodiscard]] std::span<const std::uint64_t> values() const noexcept { return values_; }

 private:
  packed_shape() = default;

  choice_limits limits_;
  packed_order order_ = packed_order::subset;
  std::uint32_t text_bytes_ = 0;
  std::size_t choice_parts_ = 1;
  std::vector<std::uint64_t> values_;
};

}  // namespace sandoq
