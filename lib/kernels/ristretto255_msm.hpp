#pragma once

// Sums of multiples, public scalars: Pippenger's method with windows in the lanes, so that no two
// lanes ever meet in a bucket. Variable time.

#include "lib/kernels/point_memory.hpp"
#include "lib/kernels/table.hpp"

namespace sandoq::kernels {
namespace {

template <class F>
struct ristretto255_msm {
  using L = typename F::lanes;
  using u64 = typename F::u64;
  using element = typename F::element;
  using curve = edwards25519_lanes<F>;
  using extended = typename curve::extended;
  using affine_cached = typename curve::affine_cached;
  using memory = point_memory<F>;

  static void run(const bucket_job& job) noexcept {
    prepare(job);
    for (uint64_t first = 0; first < job.windows; first += L::count) {
      const uint64_t size = job.max_digit[first / L::count];
      clear(job, size);
      fill(job, first, size);
      memory::store(job.sums + first, L::count, weighted_sum(job, size));
    }
  }

 private:
  static constexpr uint64_t bucket_words = 24;  // 20 used: whole cache lines, whole transpositions
  static constexpr uint64_t prepared_words = 16;

  SANDOQ_KERNEL_INLINE void prepare(const bucket_job& job) noexcept {
    for (uint64_t i = 0; i < job.n; i += L::count) {
      const int count = job.n - i < L::count ? static_cast<int>(job.n - i) : L::count;
      const extended p = memory::load(job.points + i, count);
      const affine_cached q = curve::to_cached(typename curve::affine{p.x, p.y, p.t});
      for (int lane = 0; lane < count; ++lane) {
        uint64_t* out = job.prepared + prepared_words * (i + static_cast<uint64_t>(lane));
        for (int k = 0; k < 5; ++k) {
          out[k] = L::get(F::bits(q.y_plus_x, k), lane);
          out[5 + k] = L::get(F::bits(q.y_minus_x, k), lane);
          out[10 + k] = L::get(F::bits(q.xy2d, k), lane);
        }
      }
    }
  }

  /// Bucket b of a lane collects the points whose digit there is b or -b; bucket 0 is never read.
  SANDOQ_KERNEL_INLINE uint64_t* bucket(const bucket_job& job, uint64_t size, int lane,
                                        uint64_t b) noexcept {
    return job.buckets + bucket_words * ((size + 1) * static_cast<uint64_t>(lane) + b);
  }

  SANDOQ_KERNEL_INLINE void clear(const bucket_job& job, uint64_t size) noexcept {
    uint64_t* rows[L::count];
    const extended zero = curve::neutral();
    for (uint64_t b = 0; b <= size; ++b) {
      for (int lane = 0; lane < L::count; ++lane) {
        rows[lane] = bucket(job, size, lane, b);
      }
      store(rows, zero);
    }
  }

  SANDOQ_KERNEL_INLINE void fill(const bucket_job& job, uint64_t first, uint64_t size) noexcept {
    uint64_t* rows[L::count];
    for (uint64_t i = 0; i < job.n; ++i) {
      if (job.used[i] <= first) {
        continue;
      }
      const int16_t* digits = job.digits + i * job.windows + first;
      u64 negative;
      for (int lane = 0; lane < L::count; ++lane) {
        const int digit = digits[lane];
        rows[lane] = bucket(job, size, lane, static_cast<uint64_t>(digit < 0 ? -digit : digit));
        L::set(negative, lane, digit < 0 ? ~uint64_t{0} : 0);
      }
      store(rows, curve::add(load(rows), prepared(job.prepared + prepared_words * i, negative)));
    }
  }

  /// One point for all lanes, negated where the mask says so.
  SANDOQ_KERNEL_INLINE affine_cached prepared(const uint64_t* words, u64 negative) noexcept {
    if constexpr (L::count == 1) {  // digits are public
      const element xy2d = broadcast(words + 10);
      return negative != 0 ? affine_cached{broadcast(words + 5), broadcast(words), F::negate(xy2d)}
                           : affine_cached{broadcast(words), broadcast(words + 5), xy2d};
    }
    const element plus = broadcast(words);
    const element minus = broadcast(words + 5);
    return {F::select(negative, minus, plus), F::select(negative, plus, minus),
            F::negate_where(negative, broadcast(words + 10))};
  }

  /// Sum of b * bucket b, by adding up the partial sums from the top.
  SANDOQ_KERNEL_INLINE extended weighted_sum(const bucket_job& job, uint64_t size) noexcept {
    uint64_t* rows[L::count];
    extended partial = curve::neutral();
    extended total = curve::neutral();
    for (uint64_t b = size; b > 0; --b) {
      for (int lane = 0; lane < L::count; ++lane) {
        rows[lane] = bucket(job, size, lane, b);
      }
      partial = curve::add(partial, curve::to_cached(load(rows)));
      total = curve::add(total, curve::to_cached(partial));
    }
    return total;
  }

  SANDOQ_KERNEL_INLINE element broadcast(const uint64_t* words) noexcept {
    element out;
    for (int i = 0; i < 5; ++i) {
      F::set_bits(out, i, u64{} + words[i]);
    }
    return out;
  }

  SANDOQ_KERNEL_INLINE extended load(uint64_t* const (&rows)[L::count]) noexcept {
    u64 w[bucket_words];
    for (uint64_t block = 0; block < 20; block += L::count) {
      const uint64_t* at[L::count];
      for (int lane = 0; lane < L::count; ++lane) {
        at[lane] = rows[lane] + block;
      }
      u64 columns[L::count];
      L::load_columns(columns, at);
      for (int k = 0; k < L::count; ++k) {
        w[block + static_cast<uint64_t>(k)] = columns[k];
      }
    }
    extended p;
    for (int k = 0; k < 5; ++k) {
      F::set_bits(p.x, k, w[k]);
      F::set_bits(p.y, k, w[5 + k]);
      F::set_bits(p.z, k, w[10 + k]);
      F::set_bits(p.t, k, w[15 + k]);
    }
    return p;
  }
  SANDOQ_KERNEL_INLINE void store(uint64_t* const (&rows)[L::count], const extended& p) noexcept {
    u64 w[bucket_words] = {};
    for (int k = 0; k < 5; ++k) {
      w[k] = F::bits(p.x, k);
      w[5 + k] = F::bits(p.y, k);
      w[10 + k] = F::bits(p.z, k);
      w[15 + k] = F::bits(p.t, k);
    }
    for (uint64_t block = 0; block < 20; block += L::count) {
      uint64_t* at[L::count];
      u64 columns[L::count];
      for (int lane = 0; lane < L::count; ++lane) {
        at[lane] = rows[lane] + block;
        columns[lane] = w[block + static_cast<uint64_t>(lane)];
      }
      L::store_columns(at, columns);
    }
  }
};

}  // namespace
}  // namespace sandoq::kernels
