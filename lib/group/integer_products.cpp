#include "lib/group/integer_products.hpp"

#include <algorithm>
#include <numeric>

#include "sandoq/core/contract.hpp"

namespace sandoq::integers {

namespace {

// Below so many products a lane, what has to be done at the end is more than what lanes save.
constexpr std::size_t fewest_a_lane = 8;

void multiply_one_by_one(limb_span products, limb_view in, limb_view m) {
  for (std::size_t at = 0; at < in.size(); at += m.size()) {
    const limb_span product = products.subspan(at % products.size(), m.size());
    multiply_vartime(product, product, in.subspan(at, m.size()), m);
  }
}

/// R^exponent mod m.
std::vector<limb> power_of_r(const lane_ring& ring, std::size_t exponent) {
  std::vector<limb> out(ring.modulus().size());
  const limb exponent_limbs[] = {exponent};
  power_vartime(out, ring.r(), exponent_limbs, ring.modulus());
  return out;
}

}  // namespace

void multiply_columns_vartime(limb_span products, limb_view in, limb_view m,
                              const kernels::montgomery_table& kernel) {
  const std::size_t size = m.size();
  SANDOQ_EXPECTS(!products.empty() && products.size() % size == 0, "whole numbers");
  SANDOQ_EXPECTS(in.size() % products.size() == 0, "whole rows");
  const std::size_t columns = products.size() / size;
  const std::size_t count = in.size() / size;
  // Several rows side by side, so that lanes are full.
  const std::size_t side_by_side = kernel.lanes / std::gcd(columns, std::size_t{kernel.lanes});
  const std::size_t streams = side_by_side * columns;
  if (count < fewest_a_lane * streams) {
    multiply_one_by_one(products, in, m);
    return;
  }
  const lane_ring ring(kernel, m);
  const std::size_t batches = streams / ring.lanes();
  const kernels::aligned_words sums(batches * ring.batch_words());
  const kernels::aligned_words factor(ring.batch_words());
  const std::size_t rounds = count / streams;  // the first one only loads
  for (std::size_t i = 0; i < rounds * batches; ++i) {
    limb* sum = sums.data() + i % batches * ring.batch_words();
    const limb* numbers = &in[i * ring.lanes() * size];
    if (i < batches) {
      ring.load(sum, numbers, ring.lanes());
    } else {
      ring.load(factor.data(), numbers, ring.lanes());
      ring.multiply(sum, sum, factor.data());
    }
  }
  std::vector<limb> stored(streams * size);
  for (std::size_t i = 0; i < batches; ++i) {
    ring.store(&stored[i * ring.lanes() * size], sums.data() + i * ring.batch_words(),
               ring.lanes());
  }
  multiply_one_by_one(products, stored, m);
  multiply_one_by_one(products, in.subspan(rounds * streams * size), m);
  const std::vector<limb> missing = power_of_r(ring, side_by_side * (rounds - 1));
  for (std::size_t c = 0; c < columns; ++c) {
    const limb_span product = products.subspan(c * size, size);
    multiply_vartime(product, product, missing, m);
  }
}

}  // namespace sandoq::integers
