#include "lib/group/integer_multi_power.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "lib/group/integer_power_table.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq::integers {

namespace {

/// What a multi-power works on: bases and exponents, those with the longest exponents first.
class factors {
 public:
  factors(limb_view bases, limb_view exponents, std::size_t exponent_limbs, limb_view m)
      : bases_(bases), exponents_(exponents), limbs_(m.size()), exponent_limbs_(exponent_limbs) {
    SANDOQ_EXPECTS(exponent_limbs != 0 && bases.size() % m.size() == 0, "whole numbers");
    const std::size_t count = bases.size() / m.size();
    SANDOQ_EXPECTS(exponents.size() == count * exponent_limbs, "an exponent for each base");
    std::vector<std::size_t> bits(count);
    for (std::size_t i = 0; i < count; ++i) {
      bits[i] = bit_length_vartime(exponents.subspan(i * exponent_limbs, exponent_limbs));
    }
    order_.resize(count);
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::stable_sort(order_.begin(), order_.end(),
                     [&](std::size_t a, std::size_t b) { return bits[a] > bits[b]; });
    for (const std::size_t i : order_) {
      bits_.push_back(bits[i]);
    }
  }
  [[nodiscard]] std::size_t count() const noexcept { return order_.size(); }
  [[nodiscard]] const limb* base(std::size_t i) const noexcept {
    return &bases_[order_[i] * limbs_];
  }
  [[nodiscard]] limb_view exponent(std::size_t i) const noexcept {
    return exponents_.subspan(order_[i] * exponent_limbs_, exponent_limbs_);
  }
  /// Of the exponent.
  [[nodiscard]] std::size_t bits(std::size_t i) const noexcept { return bits_[i]; }
  [[nodiscard]] std::size_t longest() const noexcept { return bits_.empty() ? 0 : bits_[0]; }

 private:
  limb_view bases_;
  limb_view exponents_;
  std::size_t limbs_;
  std::size_t exponent_limbs_;
  std::vector<std::size_t> order_;
  std::vector<std::size_t> bits_;
};

struct plan {
  std::size_t window = 1;
  std::size_t cost = std::numeric_limits<std::size_t>::max();  ///< products of batches
};

plan plan_straus(const factors& f, std::size_t lanes) noexcept {
  plan best;
  for (std::size_t w = 1; w <= 7; ++w) {
    std::size_t cost = f.longest();
    for (std::size_t i = 0; i < f.count(); i += lanes) {
      cost += (std::size_t{1} << w) + f.bits(i) / w + 1;
    }
    if (cost < best.cost) {
      best = {w, cost};
    }
  }
  return best;
}

plan plan_pippenger(const factors& f, std::size_t lanes) noexcept {
  plan best;
  for (std::size_t w = 1; w <= 14; ++w) {
    const std::size_t passes = (f.longest() + w * lanes - 1) / (w * lanes);
    // Two products a bucket at the end; in one lane the first base of a bucket is only a copy.
    std::size_t cost = f.longest() + passes * (std::size_t{lanes > 1 ? 2U : 1U} << w);
    for (std::size_t i = 0; i < f.count(); ++i) {
      cost += (f.bits(i) + w * lanes - 1) / (w * lanes);
    }
    if (cost < best.cost) {
      best = {w, cost};
    }
  }
  return best;
}

/// Each lane multiplies the powers of its own bases.
void straus(limb_span out, const factors& f, const lane_ring& ring, std::size_t w) {
  const std::size_t n = ring.modulus().size();
  std::vector<power_table> tables;
  for (std::size_t i = 0; i < f.count(); i += ring.lanes()) {
    std::vector<limb> bases;
    const std::size_t end = std::min(i + ring.lanes(), f.count());
    for (std::size_t j = i; j < end; ++j) {
      bases.insert(bases.end(), f.base(j), f.base(j) + n);
    }
    tables.emplace_back(ring, bases.data(), end - i, w);
  }
  const kernels::aligned_words power(ring.batch_words());
  const kernels::aligned_words factor(ring.batch_words());
  std::copy_n(ring.one(), ring.batch_words(), power.data());
  const std::size_t windows = (f.longest() + w - 1) / w;
  for (std::size_t window = windows; window-- > 0;) {
    for (std::size_t j = 0; j < w && window + 1 != windows; ++j) {
      ring.square(power.data(), power.data());
    }
    for (std::size_t i = 0; i < f.count() && f.bits(i) > window * w; i += ring.lanes()) {
      lane_rows rows(ring.one_row());
      for (std::size_t lane = 0; lane < ring.lanes() && i + lane < f.count(); ++lane) {
        const std::size_t digit = digit_of_vartime(f.exponent(i + lane), window * w, w);
        rows[lane] = tables[i / ring.lanes()].row(digit, lane);
      }
      ring.gather(factor.data(), rows.data());
      ring.multiply(power.data(), power.data(), factor.data());
    }
  }
  ring.leave_product(out, power.data());
}

/// Buckets 1 to 2^w - 1 of every lane, each the product of bases whose digit there it has.
class bucket_pass {
 public:
  bucket_pass(const lane_ring& ring, std::size_t w)
      : ring_(ring),
        rows_((ring.lanes() << w) * ring.row_words()),
        used_(ring.lanes() << w),
        old_(ring.batch_words()),
        partial_(ring.batch_words()),
        digits_(std::size_t{1} << w) {}

  void clear() { std::fill(used_.begin(), used_.end(), false); }

  /// Multiplies the base into bucket digits[lane] of each lane; bucket 0 is never read.
  void add(const limb* base, const std::size_t* digits) {
    bool all_empty = true;
    lane_rows rows(ring_.one_row());
    limb* targets[kernels::montgomery_most_lanes];
    for (std::size_t lane = 0; lane < ring_.lanes(); ++lane) {
      const std::size_t at = index(lane, digits[lane]);
      targets[lane] = rows_.data() + at * ring_.row_words();
      if (used_[at]) {
        rows[lane] = targets[lane];
        all_empty = false;
      }
      used_[at] = digits[lane] != 0;
    }
    if (all_empty) {
      ring_.scatter(targets, base);
      return;
    }
    ring_.gather(old_.data(), rows.data());
    ring_.multiply(old_.data(), old_.data(), base);
    ring_.scatter(targets, old_.data());
  }

  /// total = product of bucket[d]^d in every lane, by multiplying partial products from the top.
  void weighted_product(limb* total) {
    bool any = false;
    std::copy_n(ring_.one(), ring_.batch_words(), total);
    std::copy_n(ring_.one(), ring_.batch_words(), partial_.data());
    for (std::size_t d = digits_; d-- > 1;) {
      lane_rows rows(ring_.one_row());
      bool here = false;
      for (std::size_t lane = 0; lane < ring_.lanes(); ++lane) {
        if (used_[index(lane, d)]) {
          rows[lane] = rows_.data() + index(lane, d) * ring_.row_words();
          here = true;
        }
      }
      if (here) {
        ring_.gather(old_.data(), rows.data());
        ring_.multiply(partial_.data(), partial_.data(), old_.data());
        any = true;
      }
      if (any) {
        ring_.multiply(total, total, partial_.data());
      }
    }
  }

 private:
  [[nodiscard]] std::size_t index(std::size_t lane, std::size_t digit) const noexcept {
    return lane * digits_ + digit;
  }

  const lane_ring& ring_;
  kernels::aligned_words rows_;
  std::vector<bool> used_;
  kernels::aligned_words old_;
  kernels::aligned_words partial_;
  std::size_t digits_;
};

/// Bases in Montgomery form, a row each, and rows that lanes without a base leave behind. Copies
/// for all lanes would take as many times the memory; they are made when a base is used.
kernels::aligned_words rows_of(const factors& f, const lane_ring& ring) {
  const std::size_t n = ring.modulus().size();
  const std::size_t lanes = ring.lanes();
  kernels::aligned_words out((f.count() + lanes - 1) / lanes * lanes * ring.row_words());
  const kernels::aligned_words batch(ring.batch_words());
  std::vector<limb> numbers;
  for (std::size_t i = 0; i < f.count(); i += lanes) {
    const std::size_t end = std::min(i + lanes, f.count());
    numbers.clear();
    for (std::size_t j = i; j < end; ++j) {
      numbers.insert(numbers.end(), f.base(j), f.base(j) + n);
    }
    ring.enter(batch.data(), numbers.data(), end - i);
    limb* rows[kernels::montgomery_most_lanes];
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      rows[lane] = out.data() + (i + lane) * ring.row_words();
    }
    ring.scatter(rows, batch.data());
  }
  return out;
}

/// The product of windows[k]^(2^(w*k)).
void join_windows(limb_span out, const std::vector<limb>& windows, limb_view m, std::size_t w) {
  const lane_ring ring(kernels::portable_montgomery, m);  // one chain, which lanes do not shorten
  const kernels::aligned_words power(ring.batch_words());
  const kernels::aligned_words factor(ring.batch_words());
  std::copy_n(ring.one(), ring.batch_words(), power.data());
  const std::size_t count = windows.size() / m.size();
  for (std::size_t k = count; k-- > 0;) {
    for (std::size_t j = 0; j < w && k + 1 != count; ++j) {
      ring.square(power.data(), power.data());
    }
    ring.enter(factor.data(), &windows[k * m.size()], 1);
    ring.multiply(power.data(), power.data(), factor.data());
  }
  ring.leave(out.data(), power.data(), 1);
}

/// Each lane works on another window of all exponents, so that no two meet in a bucket.
void pippenger(limb_span out, const factors& f, const lane_ring& ring, std::size_t w) {
  const std::size_t n = ring.modulus().size();
  const kernels::aligned_words bases = rows_of(f, ring);
  const kernels::aligned_words base(ring.batch_words());
  const kernels::aligned_words total(ring.batch_words());
  bucket_pass pass(ring, w);
  const std::size_t windows = (f.longest() + w - 1) / w;
  std::vector<limb> products(windows * n);
  for (std::size_t first = 0; first < windows; first += ring.lanes()) {
    pass.clear();
    for (std::size_t i = 0; i < f.count() && f.bits(i) > first * w; ++i) {
      std::size_t digits[kernels::montgomery_most_lanes];
      bool any = false;
      for (std::size_t lane = 0; lane < ring.lanes(); ++lane) {
        digits[lane] = digit_of_vartime(f.exponent(i), (first + lane) * w, w);
        any = any || digits[lane] != 0;
      }
      if (any) {
        ring.gather(base.data(), lane_rows(bases.data() + i * ring.row_words()).data());
        pass.add(base.data(), digits);
      }
    }
    pass.weighted_product(total.data());
    ring.leave(&products[first * n], total.data(), std::min(ring.lanes(), windows - first));
  }
  join_windows(out, products, ring.modulus(), w);
}

// A product of all lanes takes about as long as two of the portable kernel's.
std::size_t time_of(const plan& p, const kernels::montgomery_table& kernel) noexcept {
  return kernel.lanes > 1 ? 2 * p.cost : p.cost;
}

}  // namespace

void multi_power_straus_vartime(limb_span out, limb_view bases, limb_view exponents,
                                std::size_t exponent_limbs, limb_view m,
                                const kernels::montgomery_table& kernel) {
  const factors f(bases, exponents, exponent_limbs, m);
  straus(out, f, lane_ring(kernel, m), plan_straus(f, kernel.lanes).window);
}

void multi_power_pippenger_vartime(limb_span out, limb_view bases, limb_view exponents,
                                   std::size_t exponent_limbs, limb_view m,
                                   const kernels::montgomery_table& kernel) {
  const factors f(bases, exponents, exponent_limbs, m);
  pippenger(out, f, lane_ring(kernel, m), plan_pippenger(f, kernel.lanes).window);
}

void multi_power_vartime(limb_span out, limb_view bases, limb_view exponents,
                         std::size_t exponent_limbs, limb_view m,
                         const kernels::montgomery_table& kernel) {
  const factors f(bases, exponents, exponent_limbs, m);
  if (f.count() == 1) {
    power_vartime(out, bases, exponents, m);
    return;
  }
  const kernels::montgomery_table* best = nullptr;
  plan chosen;
  bool by_buckets = false;
  for (const kernels::montgomery_table* k : {&kernel, &kernels::portable_montgomery}) {
    for (const bool buckets : {false, true}) {
      const plan p = buckets ? plan_pippenger(f, k->lanes) : plan_straus(f, k->lanes);
      if (best == nullptr || time_of(p, *k) < time_of(chosen, *best)) {
        best = k;
        chosen = p;
        by_buckets = buckets;
      }
    }
  }
  const lane_ring ring(*best, m);
  if (by_buckets) {
    pippenger(out, f, ring, chosen.window);
  } else {
    straus(out, f, ring, chosen.window);
  }
}

}  // namespace sandoq::integers
