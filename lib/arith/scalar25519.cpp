#include "lib/arith/scalar25519.hpp"

#include <utility>

#include "lib/arith/field25519.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq::arith {
namespace {

/// q = 2^252 + c.
constexpr std::array<std::uint64_t, 2> order_low = {0x5812631a5cf5d3ed, 0x14def9dea2f79cd6};
constexpr scalar_words twice_order = {0xb024c634b9eba7da, 0x29bdf3bd45ef39ac, 0,
                                      0x2000000000000000};

struct with_borrow {
  scalar_words value;
  std::uint64_t borrow;  // 1 if the difference was negative
};

/// f(0), ..., f(N-1), written out: at -O2 the compilers leave such short loops rolled, at twice the
/// time.
template <std::size_t N, class F>
[[gnu::always_inline]] inline void unrolled(F&& f) noexcept {
  [&f]<std::size_t... I>(std::index_sequence<I...>) {
    (f(I), ...);
  }
  (std::make_index_sequence<N>());
}

[[gnu::always_inline]] inline scalar_words add_words(const scalar_words& a,
                                                     const scalar_words& b) noexcept {
  scalar_words out;
  uint128 sum = 0;
  unrolled<4>([&](std::size_t i) {
    sum += static_cast<uint128>(a[i]) + b[i];
    out[i] = static_cast<std::uint64_t>(sum);
    sum >>= 64U;
  });
  return out;
}

[[gnu::always_inline]] inline with_borrow sub_words(const scalar_words& a,
                                                    const scalar_words& b) noexcept {
  with_borrow out{};
  unrolled<4>([&](std::size_t i) {
    const uint128 difference = static_cast<uint128>(a[i]) - b[i] - out.borrow;
    out.value[i] = static_cast<std::uint64_t>(difference);
    out.borrow = static_cast<std::uint64_t>(difference >> 64U) & 1U;
  });
  return out;
}

/// a - m where a >= m, otherwise a.
[[gnu::always_inline]] inline scalar_words sub_if_not_less(const scalar_words& a,
                                                           const scalar_words& m) noexcept {
  const with_borrow difference = sub_words(a, m);
  return sandoq::select(choice::from_bit(difference.borrow), a, difference.value);
}

template <std::size_t A, std::size_t B>
[[gnu::always_inline]] inline std::array<std::uint64_t, A + B> mul_words(
    const std::array<std::uint64_t, A>& a, const std::array<std::uint64_t, B>& b) noexcept {
  std::array<std::uint64_t, A + B> out{};
  unrolled<A>([&](std::size_t i) {
    std::uint64_t carried = 0;
    unrolled<B>([&](std::size_t j) {
      const uint128 sum = static_cast<uint128>(a[i]) * b[j] + out[i + j] + carried;
      out[i + j] = static_cast<std::uint64_t>(sum);
      carried = static_cast<std::uint64_t>(sum >> 64U);
    });
    out[i + B] = carried;
  });
  return out;
}

constexpr std::uint64_t low_60 = (std::uint64_t{1} << 60U) - 1;

/// x mod 2^252.
template <std::size_t N>
[[gnu::always_inline]] inline scalar_words low_252(const std::array<std::uint64_t, N>& x) noexcept {
  return {x[0], x[1], x[2], x[3] & low_60};
}

/// x div 2^252, in Out words.
template <std::size_t Out, std::size_t N>
[[gnu::always_inline]] inline std::array<std::uint64_t, Out> high_252(
    const std::array<std::uint64_t, N>& x) noexcept {
  std::array<std::uint64_t, Out> out{};
  unrolled<Out>([&](std::size_t i) {
    const std::uint64_t low = x[i + 3] >> 60U;
    out[i] = low | (i + 4 < N ? x[i + 4] << 4U : 0);
  });
  return out;
}

}  // namespace

scalar_words scalar_reduce(const std::array<std::uint64_t, 8>& wide) noexcept {
  // 2^252 = -c mod q, so x = l + h*2^252 = l - h*c. Three times: h has 260, then 133, then 6 bits.
  const auto a = mul_words(high_252<5>(wide), order_low);
  const auto b = mul_words(high_252<3>(a), order_low);
  const auto c = mul_words(high_252<1>(b), order_low);
  // x = l(x) - l(a) + l(b) - c: above -2^252 - 2^131, below 2^253. With 2q it is in (0, 4q).
  const scalar_words plus = add_words(add_words(low_252(wide), low_252(b)), twice_order);
  const with_borrow once = sub_words(plus, low_252(a));
  const with_borrow both = sub_words(once.value, {c[0], c[1], c[2], 0});
  SANDOQ_INVARIANT(once.borrow == 0 && both.borrow == 0, "a scalar reduction went below zero");
  const scalar_words out = sub_if_not_less(sub_if_not_less(both.value, twice_order), scalar_order);
  SANDOQ_INVARIANT(scalar_in_range(out).bit() == 1, "a scalar was not fully reduced");
  return out;
}

scalar_words scalar_add(const scalar_words& a, const scalar_words& b) noexcept {
  return sub_if_not_less(add_words(a, b), scalar_order);
}

scalar_words scalar_sub(const scalar_words& a, const scalar_words& b) noexcept {
  const with_borrow difference = sub_words(a, b);
  const scalar_words wrapped = add_words(difference.value, scalar_order);
  return sandoq::select(choice::from_bit(difference.borrow), wrapped, difference.value);
}

scalar_words scalar_neg(const scalar_words& a) noexcept {
  return scalar_sub({}, a);
}

scalar_words scalar_mul(const scalar_words& a, const scalar_words& b) noexcept {
  return scalar_reduce(mul_words(a, b));
}

scalar_words scalar_invert(const scalar_words& a) noexcept {
  // a^(q-2), four bits at a time. The exponent is public, so the table may be indexed by it.
  scalar_words exponent = scalar_order;
  exponent[0] -= 2;
  std::array<scalar_words, 16> powers;
  powers[0] = {1, 0, 0, 0};
  for (std::size_t i = 1; i < powers.size(); ++i) {
    powers[i] = scalar_mul(powers[i - 1], a);
  }
  scalar_words out = powers[0];
  for (unsigned nibble = 64; nibble-- > 0;) {
    for (int i = 0; i < 4; ++i) {
      out = scalar_mul(out, out);
    }
    const auto digit =
        static_cast<std::size_t>((exponent[nibble / 16] >> (4 * (nibble % 16))) & 15U);
    if (digit != 0) {
      out = scalar_mul(out, powers[digit]);
    }
  }
  return out;
}

choice scalar_in_range(const scalar_words& a) noexcept {
  return choice::from_bit(sub_words(a, scalar_order).borrow);
}

}  // namespace sandoq::arith
