#pragma once

// Points between memory, where each stands by itself, and lanes.

#include "lib/kernels/edwards25519_lanes.hpp"
#include "lib/kernels/point.hpp"

namespace sandoq::kernels {
namespace {

/// Points between memory, where each stands by itself, and lanes.
template <class F>
struct point_memory {
  using L = typename F::lanes;
  using u64 = typename F::u64;
  using element = typename F::element;
  using words = typename F::words;
  using extended = typename edwards25519_lanes<F>::extended;

  static constexpr point neutral = {{0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1}};

  /// `count` points; lanes beyond them get the neutral one.
  SANDOQ_KERNEL_INLINE extended load(const point* in, int count) noexcept {
    const uint64_t* at[L::count];
    for (int lane = 0; lane < L::count; ++lane) {
      at[lane] = lane < count ? in[lane].words : neutral.words;
    }
    u64 w[20];
    for_each_block([&](int first) {
      const uint64_t* rows[L::count];
      u64 columns[L::count];
      for (int lane = 0; lane < L::count; ++lane) {
        rows[lane] = at[lane] + first;
      }
      L::load_columns(columns, rows);
      for (int k = 0; k < L::count; ++k) {
        w[first + k] = columns[k];
      }
    });
    return {element_of(w), element_of(w + 5), element_of(w + 10), element_of(w + 15)};
  }
  SANDOQ_KERNEL_INLINE void store(point* out, int count, const extended& p) noexcept {
    u64 w[20];
    put(w, p.x);
    put(w + 5, p.y);
    put(w + 10, p.z);
    put(w + 15, p.t);
    store_words(out, count, w);
  }
  /// With Z = 1 as the words 1, 0, 0, 0, 0, by which others see that a point needs no inversion.
  SANDOQ_KERNEL_INLINE void store_affine(point* out, int count,
                                         const typename edwards25519_lanes<F>::affine& p) noexcept {
    u64 w[20];
    put(w, p.x);
    put(w + 5, p.y);
    for (int i = 0; i < 5; ++i) {
      w[10 + i] = u64{} + radix51::one[i];
    }
    put(w + 15, p.t);
    store_words(out, count, w);
  }

 private:
  SANDOQ_KERNEL_INLINE void store_words(point* out, int count, const u64 (&w)[20]) noexcept {
    point beyond;
    for_each_block([&](int first) {
      uint64_t* rows[L::count];
      u64 columns[L::count];
      for (int lane = 0; lane < L::count; ++lane) {
        rows[lane] = (lane < count ? out[lane].words : beyond.words) + first;
        columns[lane] = w[first + lane];
      }
      L::store_columns(rows, columns);
    });
  }

  /// The 20 words of a point in blocks of as many as there are lanes; the last may overlap.
  template <class Do>
  SANDOQ_KERNEL_INLINE void for_each_block(Do&& block) noexcept {
    for (int first = 0; first < 20; first += L::count) {
      block(first + L::count <= 20 ? first : 20 - L::count);
    }
  }
  SANDOQ_KERNEL_INLINE element element_of(const u64* w) noexcept {
    return F::from_words(words{{w[0], w[1], w[2], w[3], w[4]}});
  }
  SANDOQ_KERNEL_INLINE void put(u64* to, const element& a) noexcept {
    const words w = F::to_words(a);
    for (int i = 0; i < 5; ++i) {
      to[i] = w.v[i];
    }
  }
};

}  // namespace
}  // namespace sandoq::kernels
