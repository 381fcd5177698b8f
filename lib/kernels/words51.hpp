#pragma once

// Values in five words of radix 2^51: what the fields of all kernels do alike, at the end of their
// work.

#include "lib/kernels/lanes/vectors.hpp"

namespace sandoq::kernels {
namespace {

template <class L>
struct words51 {
  using u64 = typename L::u64;
  static constexpr uint64_t mask = (uint64_t{1} << 51U) - 1;

  SANDOQ_KERNEL_INLINE u64 times_19(u64 a) noexcept { return (a << 4U) + (a + a) + a; }

  /// Words below 2^51, but for what comes round to the lowest: the value is below 2^255 + 2^9,
  /// which is less than 2p. \pre words below 2^55
  SANDOQ_KERNEL_INLINE void carry(u64 (&w)[5]) noexcept {
    carry_up(w);
    w[0] += times_19(w[4] >> 51U);
    w[4] &= mask;
  }

  /// 1 where the value, below 2p, is p or more.
  SANDOQ_KERNEL_INLINE u64 reaches_p(const u64 (&w)[5]) noexcept {
    u64 over = (w[0] + 19) >> 51U;
    for (int i = 1; i < 5; ++i) {
      over = (w[i] + over) >> 51U;
    }
    return over;
  }

  /// The value below p in words below 2^51. \pre words below 2^55
  SANDOQ_KERNEL_INLINE void make_canonical(u64 (&w)[5]) noexcept {
    carry(w);
    w[0] += times_19(reaches_p(w));
    carry_up(w);
    w[4] &= mask;
  }

  /// All ones where the canonical value is odd: "negative" in RFC 9496. \pre words below 2^55
  SANDOQ_KERNEL_INLINE u64 is_negative(u64 (&w)[5]) noexcept {
    carry(w);
    return u64{} - ((w[0] + reaches_p(w)) & 1U);
  }

 private:
  SANDOQ_KERNEL_INLINE void carry_up(u64 (&w)[5]) noexcept {
    for (int i = 0; i < 4; ++i) {
      w[i + 1] += w[i] >> 51U;
      w[i] &= mask;
    }
  }
};

}  // namespace
}  // namespace sandoq::kernels
