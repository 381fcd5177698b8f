#pragma once

// The field of one kernel, laid open for tests: digits go in and come out as they are.

#include "lib/kernels/table.hpp"

namespace sandoq::kernels {
namespace {

template <class F>
struct field25519_probing {
  using L = typename F::lanes;
  using u64 = typename F::u64;
  using element = typename F::element;

  /// limbs<M> out of digits [5][lanes].
  template <int M>
  SANDOQ_KERNEL_INLINE typename F::template limbs<M> load(const int64_t* digits) noexcept {
    element part;
    for (int i = 0; i < 5; ++i) {
      u64 bits{};
      for (int lane = 0; lane < L::count; ++lane) {
        L::set(bits, lane, F::bits_of(digits[i * L::count + lane]));
      }
      F::set_bits(part, i, bits);
    }
    typename F::template limbs<M> out;
    for (int i = 0; i < 5; ++i) {
      out.v[i] = part.v[i];
    }
    return out;
  }
  SANDOQ_KERNEL_INLINE void store(int64_t* digits, const element& a) noexcept {
    for (int i = 0; i < 5; ++i) {
      for (int lane = 0; lane < L::count; ++lane) {
        digits[i * L::count + lane] = F::digit_of(L::get(F::bits(a, i), lane));
      }
    }
  }

  static void mul(int64_t* out, const int64_t* a, const int64_t* b) noexcept {
    store(out, F::mul(load<F::most_left>(a), load<F::most_right>(b)));
  }
  static void square(int64_t* out, const int64_t* a) noexcept { store(out, F::square(load<1>(a))); }
  static void carry(int64_t* out, const int64_t* a) noexcept {
    store(out, F::carry(load<F::most_right>(a)));
  }
  static void canonical(int64_t* out, const int64_t* a) noexcept {
    const auto words = F::canonical(load<1>(a));
    for (int i = 0; i < 5; ++i) {
      for (int lane = 0; lane < L::count; ++lane) {
        out[i * L::count + lane] = static_cast<int64_t>(L::get(words.v[i], lane));
      }
    }
  }
};

template <class F>
constexpr field25519_probe make_field25519_probe() noexcept {
  using probing = field25519_probing<F>;
  return {F::digit_bound, F::signed_digits, F::most_left,   F::most_right,
          probing::mul,   probing::square,  probing::carry, probing::canonical};
}

}  // namespace
}  // namespace sandoq::kernels
