#pragma once

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include "proofs/equation_sink.core.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/batch.hpp"

namespace sandoq {

namespace detail {

/// As many as a full batch of ballots has (ballot_verifier::max_batch_elements).
inline constexpr std::size_t max_reserved_terms = std::size_t{1} << 15;

/// One batch on its way to a list of culprits.
template <prime_order_group G>
class batch_run {
 public:
  batch_run(const digest32& election, std::span<const digest32> hashes,
            const shared_bases<G>& bases, const item_emitter<G>& emit, executor& workers)
      : election_(election), hashes_(hashes), bases_(bases), emit_(emit), workers_(workers) {}

  std::vector<batch_failure> run() {
    std::vector<std::size_t> all(hashes_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    settle(all, batch_weights);
    std::sort(failures_.begin(), failures_.end(),
              [](const auto& a, const auto& b) { return a.item < b.item; });
    return std::move(failures_);
  }

 private:
  using weights_function = weights (*)(const digest32&, std::span<const digest32>);

  /// Finds every culprit among the items.
  void settle(std::span<const std::size_t> items, weights_function draw) {
    if (items.empty()) {
      return;
    }
    if (items.size() == 1) {
      check_alone(items.front());
      return;
    }
    std::vector<std::size_t> left_over;
    if (collect(items, draw, left_over)) {
      return;
    }
    if (left_over.size() < items.size()) {
      // What a rejected item had emitted may have broken the sum: look at the others alone.
      settle(left_over, bisect_weights);
      return;
    }
    settle(items.first(items.size() / 2), bisect_weights);
    settle(items.subspan(items.size() / 2), bisect_weights);
  }

  void check_alone(std::size_t item) {
    checking_sink<G> sink(bases_);
    const verification outcome = emit_(item, sink);
    if (!outcome) {
      failures_.push_back({item, outcome.reason()});
    } else if (!sink.holds()) {
      failures_.push_back(
          {item, "equation " + std::to_string(*sink.first_failure()) + " does not hold"});
    }
  }

  /// One weighted sum over all items; true iff it is the identity. Items that are rejected outside
  /// the equations become failures, the others go to left_over.
  bool collect(std::span<const std::size_t> items, weights_function draw,
               std::vector<std::size_t>& left_over) {
    std::vector<digest32> list;
    list.reserve(items.size());
    for (const std::size_t item : items) {
      list.push_back(hashes_[item]);
    }
    const weights batch = draw(election_, list);

    const std::size_t parts = std::min<std::size_t>(workers_.concurrency(), items.size());
    std::vector<element_of<G>> sums(parts);
    std::vector<std::vector<scalar_of<G>>> shared(parts);
    std::vector<std::optional<std::string>> rejected(items.size());
    const auto collect_part = [&](std::size_t part) {
      collecting_sink<G> sink(bases_, batch);
      const std::size_t begin = items.size() * part / parts;
      const std::size_t end = items.size() * (part + 1) / parts;
      for (std::size_t i = begin; i < end; ++i) {
        sink.begin_item(static_cast<std::uint32_t>(i + 1));
        if (const verification outcome = emit_(items[i], sink); !outcome) {
          rejected[i] = outcome.reason();
        }
        if (i == begin) {  // items of a batch are mostly alike, unless somebody wants memory
          sink.reserve(std::min((end - begin) * sink.own_terms(), max_reserved_terms));
        }
      }
      if (parts == 1) {
        sums[part] = sink.sum();
      } else {
        sums[part] = sink.own_sum();
        shared[part].assign(sink.shared_scalars().begin(), sink.shared_scalars().end());
      }
    };
    if (parts == 1) {
      collect_part(0);  // may throw for lack of memory, unlike the body of a parallel loop
    } else {
      workers_.parallel_for(parts, [&](std::size_t part) noexcept { collect_part(part); });
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (rejected[i]) {
        failures_.push_back({items[i], std::move(*rejected[i])});
      } else {
        left_over.push_back(items[i]);
      }
    }
    return G::is_identity(total(sums, shared));
  }

  element_of<G> total(std::span<const element_of<G>> sums,
                      std::span<const std::vector<scalar_of<G>>> shared) {
    if (sums.size() == 1) {
      return sums.front();
    }
    std::vector<scalar_of<G>> scalars(bases_.size());
    for (const auto& part : shared) {
      for (std::size_t i = 0; i < scalars.size(); ++i) {
        scalars[i] += part[i];
      }
    }
    return G::sum(sums) + G::msm_vartime(scalars, bases_.elements());
  }

  const digest32& election_;
  std::span<const digest32> hashes_;
  const shared_bases<G>& bases_;
  const item_emitter<G>& emit_;
  executor& workers_;
  std::vector<batch_failure> failures_;
};

}  // namespace detail

template <prime_order_group G>
std::vector<batch_failure> verify_batch(const digest32& election, std::span<const digest32> hashes,
                                        const shared_bases<G>& bases, const item_emitter<G>& emit,
                                        executor& workers) {
  SANDOQ_EXPECTS(hashes.size() < 0xFFFFFFFFU, "items are counted in 32 bits");
  return detail::batch_run<G>(election, hashes, bases, emit, workers).run();
}

}  // namespace sandoq
