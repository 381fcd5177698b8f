#pragma once

// Decoding and encoding of ristretto255 in lanes: RFC 9496 sections 4.3.1 and 4.3.2, with the
// letters used there. `Depth` vectors run interleaved through the long chain of squarings: one
// chain alone waits for its own results most of the time. Where only the first vector is `live`,
// the others are left out of that chain, and what comes out for them has no meaning.

#include "lib/kernels/edwards25519_lanes.hpp"

namespace sandoq::kernels {
namespace {

template <class F, int Depth>
struct ristretto255_lanes {
  using element = typename F::element;
  using words = typename F::words;
  using u64 = typename F::u64;
  using curve = edwards25519_lanes<F>;
  using affine = typename curve::affine;
  using extended = typename curve::extended;

  /// 32 bytes a lane, as four words.
  struct encoding {
    u64 v[4];
  };
  /// All ones where it holds. Where `canonical` does not hold, the rest has no meaning.
  struct decoded {
    affine point;
    u64 canonical;
    u64 in_group;
    element root;  ///< the inverse square root; its sign carries no meaning
  };

  SANDOQ_KERNEL_INLINE void decode(decoded (&out)[Depth], const encoding (&in)[Depth],
                                   int live) noexcept {
    element s[Depth], u1[Depth], u2[Depth], v[Depth], to_root[Depth], root[Depth];
    u64 was_square[Depth];
    for (int k = 0; k < Depth; ++k) {
      s[k] = read(in[k], out[k].canonical);
      decode_terms(s[k], u1[k], u2[k], v[k], to_root[k]);
    }
    inverse_sqrt(root, was_square, to_root, live);
    for (int k = 0; k < Depth; ++k) {
      finish_decoding(out[k], s[k], u1[k], u2[k], v[k], root[k]);
      out[k].in_group &= was_square[k];
    }
  }

  /// Decoding with the inverse square root given: `fits` is all ones where it is one. Where it is
  /// not, nothing else has a meaning.
  SANDOQ_KERNEL_INLINE void decode_hinted(decoded& out, u64& fits, const encoding& in,
                                          const encoding& hint) noexcept {
    element u1, u2, v, to_root;
    const element s = read(in, out.canonical);
    const element root = F::from_words(five_words(hint));
    decode_terms(s, u1, u2, v, to_root);
    fits = equals(F::canonical(F::mul(F::square(root), to_root)), radix51::one);
    finish_decoding(out, s, u1, u2, v, root);
  }

  SANDOQ_KERNEL_INLINE void encode(encoding (&out)[Depth], const extended (&in)[Depth],
                                   int live) noexcept {
    element u1[Depth], u2[Depth], to_root[Depth], root[Depth];
    u64 was_square[Depth];
    for (int k = 0; k < Depth; ++k) {
      const extended& p = in[k];
      u1[k] = F::mul(F::left(F::add(p.z, p.y)), F::right(F::sub(p.z, p.y)));
      u2[k] = F::mul(p.x, p.y);
      to_root[k] = F::mul(u1[k], F::square(u2[k]));
    }
    inverse_sqrt(root, was_square, to_root, live);
    for (int k = 0; k < Depth; ++k) {
      const extended& p = in[k];
      const element den1 = F::mul(root[k], u1[k]);
      const element den2 = F::mul(root[k], u2[k]);
      const element z_inv = F::mul(F::mul(den1, den2), p.t);
      const element sqrt_m1 = F::constant(radix51::sqrt_m1);
      const u64 rotate = F::is_negative(F::mul(p.t, z_inv));
      const element x = F::select(rotate, F::mul(p.y, sqrt_m1), p.x);
      element y = F::select(rotate, F::mul(p.x, sqrt_m1), p.y);
      const element den_inv =
          F::select(rotate, F::mul(den1, F::constant(radix51::invsqrt_a_minus_d)), den2);
      y = F::select(F::is_negative(F::mul(x, z_inv)), F::negate(y), y);
      out[k] = write(F::canonical(absolute(F::mul(den_inv, F::right(F::sub(p.z, y))))));
    }
  }

  /// All ones where a is 0.
  SANDOQ_KERNEL_INLINE u64 is_zero(const element& a) noexcept {
    return equals(F::canonical(a), radix51::zero);
  }

  /// Canonical words in 32 bytes.
  SANDOQ_KERNEL_INLINE encoding write(const words& w) noexcept {
    return {{w.v[0] | (w.v[1] << 51U), (w.v[1] >> 13U) | (w.v[2] << 38U),
             (w.v[2] >> 26U) | (w.v[3] << 25U), (w.v[3] >> 39U) | (w.v[4] << 12U)}};
  }

 private:
  static constexpr uint64_t mask51 = (uint64_t{1} << 51U) - 1;

  /// The low 255 bits, in five words.
  SANDOQ_KERNEL_INLINE words five_words(const encoding& in) noexcept {
    const u64(&w)[4] = in.v;
    return {{w[0] & mask51, ((w[0] >> 51U) | (w[1] << 13U)) & mask51,
             ((w[1] >> 38U) | (w[2] << 26U)) & mask51, ((w[2] >> 25U) | (w[3] << 39U)) & mask51,
             (w[3] >> 12U) & mask51}};
  }
  SANDOQ_KERNEL_INLINE element read(const encoding& in, u64& canonical) noexcept {
    const words five = five_words(in);
    u64 over = (five.v[0] + 19) >> 51U;
    for (int i = 1; i < 5; ++i) {
      over = (five.v[i] + over) >> 51U;  // 1 where the value is p or more
    }
    canonical = (over | (in.v[3] >> 63U) | (in.v[0] & 1U)) - 1;
    return F::from_words(five);
  }
  SANDOQ_KERNEL_INLINE void decode_terms(const element& s, element& u1, element& u2, element& v,
                                         element& to_root) noexcept {
    const element one = F::constant(radix51::one);
    const element ss = F::square(s);
    u1 = F::carry(F::sub(one, ss));
    u2 = F::carry(F::add(one, ss));
    const element u2_squared = F::square(u2);
    const element d_u1_squared = F::mul(F::square(u1), F::constant(radix51::d));
    v = F::negate(F::carry(F::add(d_u1_squared, u2_squared)));
    to_root = F::mul(v, u2_squared);
  }

  SANDOQ_KERNEL_INLINE void finish_decoding(decoded& out, const element& s, const element& u1,
                                            const element& u2, const element& v,
                                            const element& root) noexcept {
    const element den_x = F::mul(root, u2);
    const element den_y = F::mul(F::mul(root, den_x), v);
    const element x = F::mul(s, den_x);
    const element x2 = absolute(F::carry(F::add(x, x)));
    const element y = F::mul(u1, den_y);
    const element t = F::mul(x2, y);
    out.point = {x2, y, t};
    out.in_group = ~F::is_negative(t) & ~is_zero(y);
    out.root = root;
  }

  SANDOQ_KERNEL_INLINE element absolute(const element& a) noexcept {
    return F::select(F::is_negative(a), F::negate(a), a);
  }

  /// All ones where w is that constant.
  SANDOQ_KERNEL_INLINE u64 equals(const words& w, const uint64_t (&value)[5]) noexcept {
    u64 off = w.v[0] ^ value[0];
    for (int i = 1; i < 5; ++i) {
      off |= w.v[i] ^ value[i];
    }
    return u64{} - ((off - 1) >> 63U);  // words are below 2^51
  }

  /// a^(2^times), for every live vector. Not inlined: the chains would make a function of many
  /// pages.
  [[gnu::noinline]] static void square_times(element (&a)[Depth], int times, int live) noexcept {
    if (live == 1) {
      element x = a[0];
      for (int i = 0; i < times; ++i) {
        x = F::square(x);
      }
      a[0] = x;
      return;
    }
    element x[Depth];
    for (int k = 0; k < Depth; ++k) {
      x[k] = a[k];
    }
    for (int i = 0; i < times; ++i) {
      for (int k = 0; k < Depth; ++k) {
        x[k] = F::square(x[k]);
      }
    }
    for (int k = 0; k < Depth; ++k) {
      a[k] = x[k];
    }
  }
  [[gnu::noinline]] static void multiply(element (&a)[Depth], const element (&b)[Depth]) noexcept {
    for (int k = 0; k < Depth; ++k) {
      a[k] = F::mul(a[k], b[k]);
    }
  }
  SANDOQ_KERNEL_INLINE void copy(element (&to)[Depth], const element (&from)[Depth]) noexcept {
    for (int k = 0; k < Depth; ++k) {
      to[k] = from[k];
    }
  }

  /// a^((p - 5)/8) = a^(2^252 - 3): 251 squarings, 11 products.
  SANDOQ_KERNEL_INLINE void power(element (&out)[Depth], const element (&a)[Depth],
                                  int live) noexcept {
    element a2_5[Depth], a2_10[Depth], a2_50[Depth], t[Depth];  // a2_n = a^(2^n - 1)
    copy(t, a);
    square_times(t, 1, live);
    multiply(t, a);  // a^3
    copy(out, t);
    square_times(out, 2, live);
    multiply(out, t);  // a^15
    square_times(out, 1, live);
    multiply(out, a);  // a^31
    copy(a2_5, out);
    square_times(out, 5, live);
    multiply(out, a2_5);
    copy(a2_10, out);
    square_times(out, 10, live);
    multiply(out, a2_10);  // 2^20 - 1
    copy(t, out);
    square_times(out, 20, live);
    multiply(out, t);  // 2^40 - 1
    square_times(out, 10, live);
    multiply(out, a2_10);  // 2^50 - 1
    copy(a2_50, out);
    square_times(out, 50, live);
    multiply(out, a2_50);  // 2^100 - 1
    copy(t, out);
    square_times(out, 100, live);
    multiply(out, t);  // 2^200 - 1
    square_times(out, 50, live);
    multiply(out, a2_50);  // 2^250 - 1
    square_times(out, 2, live);
    multiply(out, a);
  }

  /// SQRT_RATIO_M1(1, a), without the choice of sign, which decoding and encoding do not need.
  SANDOQ_KERNEL_INLINE void inverse_sqrt(element (&root)[Depth], u64 (&was_square)[Depth],
                                         const element (&a)[Depth], int live) noexcept {
    element a3[Depth], a7[Depth];
    for (int k = 0; k < Depth; ++k) {
      a3[k] = F::mul(F::square(a[k]), a[k]);
      a7[k] = F::mul(F::square(a3[k]), a[k]);
    }
    power(root, a7, live);
    multiply(root, a3);
    for (int k = 0; k < Depth; ++k) {
      const words check = F::canonical(F::mul(F::square(root[k]), a[k]));
      const u64 is_minus_one = equals(check, radix51::minus_one);
      const u64 turn = is_minus_one | equals(check, radix51::minus_sqrt_m1);
      was_square[k] = is_minus_one | equals(check, radix51::one);
      root[k] = F::select(turn, F::mul(root[k], F::constant(radix51::sqrt_m1)), root[k]);
    }
  }
};

}  // namespace
}  // namespace sandoq::kernels
