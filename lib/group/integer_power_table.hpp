#pragma once

#include "lib/group/integer_lanes.hpp"

namespace sandoq::integers {

/// Powers 0 to 2^w - 1 of the base in each lane, as rows. Bases are n <= lanes numbers below the
/// modulus; lanes beyond hold nothing that counts.
class power_table {
 public:
  power_table(const lane_ring& ring, const limb* bases, std::size_t n, std::size_t w);
  [[nodiscard]] const limb* row(std::size_t power, std::size_t lane) const noexcept {
    return rows_.data() + (power * lanes_ + lane) * row_words_;
  }

 private:
  std::size_t lanes_;
  std::size_t row_words_;
  kernels::aligned_words rows_;
};

}  // namespace sandoq::integers
