#pragma once

// Encodings from and to memory, many at a time.

#include "lib/kernels/point_memory.hpp"
#include "lib/kernels/ristretto255_lanes.hpp"
#include "lib/kernels/table.hpp"

namespace sandoq::kernels {
namespace {

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
              "encodings, least significant byte first, are read as words of the machine");

template <class F, int Depth>
struct ristretto255_wire {
  using L = typename F::lanes;
  using u64 = typename F::u64;
  using coding = ristretto255_lanes<F, Depth>;
  using encoding = typename coding::encoding;
  using decoded = typename coding::decoded;
  using extended = typename coding::extended;
  using memory = point_memory<F>;

  static void decode(const decode_job& job) noexcept {
    for (uint64_t i = 0; i < job.n; i += batch) {
      encoding in[Depth];
      decoded out[Depth];
      load(in, job.in, i, job.n);
      coding::decode(out, in, live_from(i, job.n));
      for (int k = 0; k < Depth; ++k) {
        finish(job, i + static_cast<uint64_t>(k * L::count), out[k], u64{} - 1);
      }
      if (job.roots != nullptr) {
        encoding roots[Depth];
        for (int k = 0; k < Depth; ++k) {
          roots[k] = coding::write(F::canonical(out[k].root));
        }
        store(job.roots, roots, i, job.n);
      }
    }
  }

  static void decode_hinted(const decode_job& job, const unsigned char* hints) noexcept {
    for (uint64_t i = 0; i < job.n; i += batch) {
      encoding in[Depth];
      encoding hint[Depth];
      load(in, job.in, i, job.n);
      load(hint, hints, i, job.n);
      for (int k = 0; k < Depth; ++k) {
        decoded out;
        u64 fits;
        coding::decode_hinted(out, fits, in[k], hint[k]);
        finish(job, i + static_cast<uint64_t>(k * L::count), out, fits);
      }
    }
  }

  static void encode(unsigned char* out, const point* in, uint64_t n) noexcept {
    for (uint64_t i = 0; i < n; i += batch) {
      extended points[Depth];
      encoding codes[Depth];
      for (int k = 0; k < Depth; ++k) {
        const uint64_t first = i + static_cast<uint64_t>(k * L::count);
        const int count = lanes_from(first, n);
        points[k] = memory::load(count == 0 ? in : in + first, count);
      }
      coding::encode(codes, points, live_from(i, n));
      store(out, codes, i, n);
    }
  }

 private:
  static constexpr uint64_t batch = static_cast<uint64_t>(Depth * L::count);

  /// How many of the lanes that start at item `first` hold one of n items.
  SANDOQ_KERNEL_INLINE int lanes_from(uint64_t first, uint64_t n) noexcept {
    return first >= n ? 0 : (n - first < L::count ? static_cast<int>(n - first) : L::count);
  }

  /// How many of the vectors that start at item `first` hold any of n items.
  SANDOQ_KERNEL_INLINE int live_from(uint64_t first, uint64_t n) noexcept {
    return n - first <= L::count ? 1 : Depth;
  }

  SANDOQ_KERNEL_INLINE void load(encoding (&to)[Depth], const unsigned char* from, uint64_t i,
                                 uint64_t n) noexcept {
    for (int k = 0; k < Depth; ++k) {
      const uint64_t first = i + static_cast<uint64_t>(k * L::count);
      const int count = lanes_from(first, n);
      for (int word = 0; word < 4; ++word) {
        to[k].v[word] = u64{};
        for (int lane = 0; lane < count; ++lane) {
          uint64_t value;
          __builtin_memcpy(&value, from + 32 * (first + static_cast<uint64_t>(lane)) + 8 * word, 8);
          L::set(to[k].v[word], lane, value);
        }
      }
    }
  }
  SANDOQ_KERNEL_INLINE void store(unsigned char* to, const encoding (&from)[Depth], uint64_t i,
                                  uint64_t n) noexcept {
    for (int k = 0; k < Depth; ++k) {
      const uint64_t first = i + static_cast<uint64_t>(k * L::count);
      const int count = lanes_from(first, n);
      for (int word = 0; word < 4; ++word) {
        for (int lane = 0; lane < count; ++lane) {
          const uint64_t value = L::get(from[k].v[word], lane);
          __builtin_memcpy(to + 32 * (first + static_cast<uint64_t>(lane)) + 8 * word, &value, 8);
        }
      }
    }
  }

  SANDOQ_KERNEL_INLINE void finish(const decode_job& job, uint64_t first, const decoded& d,
                                   u64 fits) noexcept {
    const int count = lanes_from(first, job.n);
    if (count == 0) {
      return;
    }
    memory::store_affine(job.out + first, count, d.point);
    for (int lane = 0; lane < count; ++lane) {
      job.outcomes[first + static_cast<uint64_t>(lane)] =
          L::get(d.canonical, lane) == 0  ? decode_outcome::bad_encoding
          : L::get(fits, lane) == 0       ? decode_outcome::hint_does_not_fit
          : L::get(d.in_group, lane) == 0 ? decode_outcome::not_in_group
                                          : decode_outcome::good;
    }
  }
};

}  // namespace
}  // namespace sandoq::kernels
