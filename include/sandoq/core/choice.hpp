#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#ifdef SANDOQ_CTIME_MSAN
#include <sanitizer/msan_interface.h>
#endif

namespace sandoq {

/// Hides a value from the optimiser, so that a mask cannot be turned back into a branch.
[[nodiscard]] inline std::uint64_t value_barrier(std::uint64_t value) noexcept {
#ifdef SANDOQ_CTIME_MSAN
  // MSan takes an asm operand for a use, and does not follow a mark through the carries of an
  // addition: here one marked bit marks the word.
  if (__msan_test_shadow(&value, sizeof value) >= 0) {
    __msan_allocated_memory(&value, sizeof value);
  }
  return value;
#else
  asm volatile("" : "+r"(value));  // NOLINT(hicpp-no-assembler): no portable equivalent exists
  return value;
#endif
}

/// A secret truth value, kept as a mask of all zeros or all ones. Has no conversion to bool: use
/// select, or declassify<"reason"> of core/secret.hpp.
class choice {
 public:
  /// False.
  constexpr choice() = default;

  [[nodiscard]] static choice yes() noexcept { return choice(~std::uint64_t{0}); }
  [[nodiscard]] static choice no() noexcept { return choice(0); }

  /// True iff the lowest bit is set; the other bits are ignored.
  [[nodiscard]] static choice from_bit(std::uint64_t bit) noexcept {
    return choice(std::uint64_t{0} - (value_barrier(bit) & 1U));
  }
  /// True iff x = 0. Constant time.
  [[nodiscard]] static choice is_zero(std::uint64_t x) noexcept {
    x = value_barrier(x);
    return from_bit(~(x | (std::uint64_t{0} - x)) >> 63U);
  }
  /// True iff a = b. Constant time.
  [[nodiscard]] static choice equal(std::uint64_t a, std::uint64_t b) noexcept {
    return is_zero(a ^ b);
  }
  /// True iff a < b, unsigned.
  [[nodiscard]] static choice less(std::uint64_t a, std::uint64_t b) noexcept {
    a = value_barrier(a);
    b = value_barrier(b);
    return from_bit((((~a) & b) | (((~a) | b) & (a - b))) >> 63U);
  }

  /// All ones or all zeros.
  [[nodiscard]] std::uint64_t mask() const noexcept { return value_barrier(mask_); }
  /// 1 or 0.
  [[nodiscard]] std::uint64_t bit() const noexcept { return mask() & 1U; }

  friend choice operator&(choice a, choice b) noexcept { return choice(a.mask_ & b.mask_); }
  friend choice operator|(choice a, choice b) noexcept { return choice(a.mask_ | b.mask_); }
  friend choice operator^(choice a, choice b) noexcept { return choice(a.mask_ ^ b.mask_); }
  friend choice operator~(choice a) noexcept { return choice(~a.mask_); }

  explicit operator bool() const = delete;
  bool operator==(const choice&) const = delete;

 private:
  explicit constexpr choice(std::uint64_t mask) : mask_(mask) {}
  std::uint64_t mask_ = 0;
};

/// if_true where c holds, otherwise if_false; both are read. Constant time.
[[nodiscard]] inline std::uint64_t select(choice c, std::uint64_t if_true,
                                          std::uint64_t if_false) noexcept {
  return if_false ^ (c.mask() & (if_true ^ if_false));
}

/// Limb-wise select.
template <std::size_t N>
[[nodiscard]] std::array<std::uint64_t, N> select(
    choice c, const std::array<std::uint64_t, N>& if_true,
    const std::array<std::uint64_t, N>& if_false) noexcept {
  const std::uint64_t mask = c.mask();
  std::array<std::uint64_t, N> out;
  for (std::size_t i = 0; i < N; ++i) {
    out[i] = if_false[i] ^ (mask & (if_true[i] ^ if_false[i]));
  }
  return out;
}

/// Compares bytes without stopping at the first difference. \pre equal sizes (lengths are public)
[[nodiscard]] choice ct_equal(std::span<const std::byte> a, std::span<const std::byte> b) noexcept;

}  // namespace sandoq
