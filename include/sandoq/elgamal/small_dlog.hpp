#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sandoq/core/result.hpp"
#include "sandoq/group/concept.hpp"
#include "sandoq/group/ristretto255.hpp"

namespace sandoq {

/// Finds m from m*G for 0 <= m <= bound: baby steps j*G, j < width, in a table; giant steps by
/// width*G from the element down. Immutable once made, for any number of searches and threads.
/// Public data only: an opened count.                                                  SPEC(20.3)
template <prime_order_group G>
class small_dlog {
 public:
  /// \param bound     the largest m there can be (ballots of the set). \pre bound <= 2^40 and < q
  /// \param searches  about how many values will be looked up: more make a larger table worth while
  /// Cost: about sqrt(bound * searches) encodings, at most 2^20.
  explicit small_dlog(std::uint64_t bound, std::uint64_t searches = 16);

  /// m, or not_found if e = m*G for no m in 0..bound. Cost: at most bound/width + 1 encodings.
  [[nodiscard]] result<std::uint64_t> find_vartime(const element_of<G>& e) const;

  [[nodiscard]] std::uint64_t bound() const noexcept { return bound_; }
  /// The number of baby steps.
  [[nodiscard]] std::uint64_t width() const noexcept { return width_; }

 private:
  struct slot {
    std::uint64_t key = 0;          // the first bytes of the encoding of j*G
    std::uint32_t step_plus_1 = 0;  // j + 1; 0 = empty
  };
  void insert(std::uint64_t key, std::uint32_t step);

  std::uint64_t bound_;
  std::uint64_t width_;
  element_of<G> giant_step_;
  std::vector<slot> slots_;  // open addressing; a power of two, at most half full
};

extern template class small_dlog<ristretto255>;

}  // namespace sandoq
