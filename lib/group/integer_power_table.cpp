#include "lib/group/integer_power_table.hpp"

#include <algorithm>

namespace sandoq::integers {

power_table::power_table(const lane_ring& ring, const limb* bases, std::size_t n, std::size_t w)
    : lanes_(ring.lanes()),
      row_words_(ring.row_words()),
      rows_((ring.lanes() << w) * ring.row_words()) {
  const kernels::aligned_words base(ring.batch_words());
  const kernels::aligned_words power(ring.batch_words());
  ring.enter(base.data(), bases, n);
  for (std::size_t d = 0; d < std::size_t{1} << w; ++d) {
    if (d < 2) {
      std::copy_n(d == 0 ? ring.one() : base.data(), ring.batch_words(), power.data());
    } else {
      ring.multiply(power.data(), power.data(), base.data());
    }
    limb* rows[kernels::montgomery_most_lanes];
    for (std::size_t lane = 0; lane < lanes_; ++lane) {
      rows[lane] = rows_.data() + (d * lanes_ + lane) * row_words_;
    }
    ring.scatter(rows, power.data());
  }
}

}  // namespace sandoq::integers
