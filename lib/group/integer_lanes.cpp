#include "lib/group/integer_lanes.hpp"

#include <algorithm>

#include "sandoq/core/contract.hpp"

namespace sandoq::integers {

namespace {

kernels::montgomery_modulus prepare(const kernels::montgomery_table& kernel, limb_view m) {
  SANDOQ_EXPECTS(!m.empty() && m.size() % 8 == 0 && m.size() <= kernels::montgomery_most_limbs,
                 "a modulus of whole blocks of 512 bits");
  SANDOQ_EXPECTS(m[0] % 2 == 1 && m.back() >> 63U == 1, "an odd modulus of full length");
  kernels::montgomery_modulus out{};
  out.limbs = static_cast<int>(m.size());
  std::copy(m.begin(), m.end(), out.limb);
  kernel.prepare(out);
  return out;
}

std::vector<limb> power_of_two(std::size_t exponent, limb_view m) {
  std::vector<limb> number(exponent / 64 + 1);
  number.back() = limb{1} << (exponent % 64);
  std::vector<limb> out(m.size());
  reduce_vartime(out, number, m);
  return out;
}

}  // namespace

std::size_t lane_ring::batch_words() const noexcept {
  return static_cast<std::size_t>(prepared_.digits) * lanes();
}
std::size_t lane_ring::row_words() const noexcept {
  return static_cast<std::size_t>(prepared_.row_words);
}

lane_ring::lane_ring(const kernels::montgomery_table& kernel, limb_view m)
    : kernel_(kernel),
      m_(m),
      prepared_(prepare(kernel, m)),
      r_(power_of_two(kernel.radix_bits * static_cast<std::size_t>(prepared_.digits), m)),
      one_(batch_words()),
      one_row_(row_words()),
      square_r_(batch_words()),
      unit_(batch_words()) {
  const auto in_all_lanes = [&](limb* batch, limb_view number) {
    std::vector<limb> copies;
    for (std::size_t lane = 0; lane < lanes(); ++lane) {
      copies.insert(copies.end(), number.begin(), number.end());
    }
    load(batch, copies.data(), lanes());
  };
  in_all_lanes(one_.data(), r_);
  std::vector<limb> number(m.size());
  number[0] = 1;
  in_all_lanes(unit_.data(), number);
  multiply_vartime(number, r_, r_, m);
  in_all_lanes(square_r_.data(), number);
  limb* rows[kernels::montgomery_most_lanes];
  std::fill(std::begin(rows), std::end(rows), one_row_.data());
  scatter(rows, one_.data());
}

void lane_ring::load(limb* batch, const limb* in, std::size_t n) const noexcept {
  kernel_.load(batch, in, static_cast<unsigned>(n), prepared_);
}
void lane_ring::store(limb* out, const limb* batch, std::size_t n) const noexcept {
  kernel_.store(out, batch, static_cast<unsigned>(n), prepared_);
}
void lane_ring::enter(limb* batch, const limb* in, std::size_t n) const noexcept {
  load(batch, in, n);
  multiply(batch, batch, square_r_.data());
}
void lane_ring::leave(limb* out, const limb* batch, std::size_t n) const noexcept {
  alignas(64) limb plain[kernels::montgomery_batch_words];
  multiply(plain, batch, unit_.data());
  store(out, plain, n);
}

void lane_ring::leave_product(limb_span out, const limb* batch) const {
  const kernels::aligned_words product(batch_words());
  const kernels::aligned_words other(batch_words());
  const kernels::aligned_words words(lanes() * row_words());
  std::copy_n(batch, batch_words(), product.data());
  limb* rows[kernels::montgomery_most_lanes];
  for (std::size_t lane = 0; lane < lanes(); ++lane) {
    rows[lane] = words.data() + lane * row_words();
  }
  for (std::size_t width = lanes() / 2; width > 0; width /= 2) {
    scatter(rows, product.data());
    lane_rows upper(one_row());
    std::copy_n(rows + width, width, &upper[0]);
    gather(other.data(), upper.data());
    multiply(product.data(), product.data(), other.data());
  }
  leave(out.data(), product.data(), 1);
}

}  // namespace sandoq::integers
