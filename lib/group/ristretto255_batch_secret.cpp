// Multiplications by secrets on the kernel of this processor: fixed bases, and many at once.

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "lib/group/affine25519.hpp"
#include "lib/group/fixed_base25519.hpp"
#include "lib/group/recode25519.hpp"
#include "lib/group/ristretto255_access.hpp"
#include "lib/group/secret_workspace.hpp"
#include "lib/kernels/aligned_words.hpp"
#include "lib/kernels/select.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/group/ristretto255_secret.hpp"

namespace sandoq {
namespace {

using kernels::point;
using kernels::ristretto255_table;
using workspace::done_cleanly;
using workspace::secret_words;
using workspace::working_memory;
using scalar = ristretto255::scalar;
using element = ristretto255::element;
using secret_elements = std::vector<secret<element>>;
using secret_scalars = std::span<const secret<scalar>>;

template <std::size_t Digits, class Recode>
void recode(working_memory<signed char>& out, secret_scalars xs, Recode&& digits_of) {
  for (std::size_t i = 0; i < xs.size(); ++i) {
    auto digits = digits_of(words_of(expose_for_secret_ops(xs[i])));
    static_assert(std::tuple_size_v<decltype(digits)> == Digits);
    std::copy(digits.begin(), digits.end(), out.data() + Digits * i);
    detail::wipe(&digits, sizeof digits);
  }
}

secret<element> to_secret(const point& p) noexcept {
  return secret<element>::made_by([&]() noexcept { return element_of_point(point_of(p)); });
}
secret_elements to_secrets(const working_memory<point>& points, std::size_t n) {
  secret_elements out;
  out.reserve(n);
  for (std::size_t i = 0; i < n; ++i) {
    out.push_back(to_secret(points[i]));
  }
  return out;
}

/// Cost a product: 51 mixed additions in a lane.
secret_elements mul_comb_each(secret_scalars xs, const edwards::kernel_comb& table) {
  return done_cleanly([&] {
    working_memory<point> out(xs.size());
    working_memory<signed char> digits(kernels::comb_rows * xs.size());
    recode<kernels::comb_rows>(digits, xs, edwards::radix_32_digits);
    table.kernel->multiply_base(out.data(), digits.data(), table.words.data(), xs.size());
    return to_secrets(out, xs.size());
  });
}

/// xs[i]*es[i], or xs[0]*es[i] where there is one scalar. Cost a product: 252 doublings and 71
/// additions in a lane.
secret_elements mul_points_each(secret_scalars xs, std::span<const element> es) {
  return done_cleanly([&] {
    const std::size_t stride = xs.size() == es.size() ? kernels::radix_16_digits : 0;
    working_memory<point> out(es.size());
    working_memory<signed char> digits(kernels::radix_16_digits * xs.size());
    recode<kernels::radix_16_digits>(digits, xs, edwards::radix_16_digits);
    kernels::ristretto255_kernel().multiply(out.data(), digits.data(), stride, points_of(es),
                                            es.size());
    return to_secrets(out, es.size());
  });
}

secret<element> total_of(const working_memory<point>& lanes, std::size_t n) {
  return secret<element>::made_by([&]() noexcept {
    edwards::extended total = point_of(lanes[0]);
    for (std::size_t lane = 1; lane < n; ++lane) {
      total = edwards::sum(total, point_of(lanes[lane]));
    }
    return element_of_point(total);
  });
}

}  // namespace

secret_elements secret_ops<ristretto255>::mul_each(secret_scalars xs, std::span<const element> es) {
  SANDOQ_EXPECTS(xs.size() == es.size(), "one scalar for each element");
  return mul_points_each(xs, es);
}
secret_elements secret_ops<ristretto255>::mul_each(const secret<scalar>& x,
                                                   std::span<const element> es) {
  return mul_points_each(secret_scalars(&x, 1), es);
}

secret<element> secret_ops<ristretto255>::msm(secret_scalars xs, std::span<const element> es) {
  SANDOQ_EXPECTS(xs.size() == es.size(), "one scalar for each element");
  constexpr std::size_t block = 1024;  // as many share their doublings
  const ristretto255_table& kernel = kernels::ristretto255_kernel();
  secret<element> total;
  for (std::size_t from = 0; from < es.size(); from += block) {
    const auto some = es.subspan(from, std::min(block, es.size() - from));
    const secret<element> part = done_cleanly([&] {
      working_memory<point> sums(kernel.lanes);
      working_memory<signed char> digits(kernels::radix_16_digits * some.size());
      secret_words by_digit(kernels::points_sum_words * kernel.lanes);
      recode<kernels::radix_16_digits>(digits, xs.subspan(from, some.size()),
                                       edwards::radix_16_digits);
      kernel.points_sum(sums.data(), digits.data(), points_of(some), some.size(), by_digit.data());
      return total_of(sums, kernel.lanes);
    });
    total = add(total, part);
  }
  return total;
}

// One fixed base.

fixed_base_table<ristretto255>::fixed_base_table(const element& base)
    : base_(base), combs_(std::make_unique<combs>()) {
  static_cast<void>(combs_->for_kernel(base_));
}
fixed_base_table<ristretto255>::fixed_base_table(fixed_base_table&&) noexcept = default;
fixed_base_table<ristretto255>& fixed_base_table<ristretto255>::operator=(
    fixed_base_table&&) noexcept = default;
fixed_base_table<ristretto255>::~fixed_base_table() = default;

secret_elements fixed_base_table<ristretto255>::mul_each(secret_scalars xs) const {
  SANDOQ_EXPECTS(combs_ != nullptr, "a table that was moved from cannot multiply");
  return mul_comb_each(xs, combs_->for_kernel(base_));
}
secret<element> fixed_base_table<ristretto255>::mul(const secret<scalar>& x) const {
  return std::move(mul_each(secret_scalars(&x, 1)).front());
}

namespace {

const fixed_base_table<ristretto255>& generator_table() {
  static const fixed_base_table<ristretto255> table(ristretto255::generator());
  return table;
}

}  // namespace

secret_elements secret_ops<ristretto255>::mul_base_each(secret_scalars xs) {
  return generator_table().mul_each(xs);
}
secret<element> secret_ops<ristretto255>::mul_base(const secret<scalar>& x) {
  return generator_table().mul(x);
}

// Several fixed bases.

struct fixed_bases_table<ristretto255>::packed {
  const ristretto255_table* kernel;
  kernels::aligned_words words;
};

namespace {

/// (j + 1) * 2^(64 part) * B_i, all with Z = 1.
std::vector<element> powers_of(std::span<const element> bases) {
  std::vector<element> out;
  out.reserve(bases.size() * kernels::fixed_parts * kernels::radix_16_entries);
  for (const element& base : bases) {
    edwards::extended part_base = point_of(base);
    for (int part = 0; part < kernels::fixed_parts; ++part) {
      const edwards::cached step = to_cached(part_base);
      edwards::extended multiple = part_base;
      for (int j = 0; j < kernels::radix_16_entries; ++j) {
        out.push_back(element_of_point(multiple));
        multiple = to_extended(add(multiple, step));
      }
      if (part + 1 < kernels::fixed_parts) {
        part_base = edwards::twice_times(part_base, 64);
      }
    }
  }
  return edwards::made_affine(out);
}

}  // namespace

fixed_bases_table<ristretto255>::fixed_bases_table(std::span<const element> bases)
    : bases_(bases.begin(), bases.end()) {
  const ristretto255_table& kernel = kernels::ristretto255_kernel();
  const std::size_t whole_lanes = (bases.size() + kernel.lanes - 1) / kernel.lanes * kernel.lanes;
  auto made = std::make_unique<packed>(
      packed{&kernel, kernels::aligned_words(kernels::fixed_words * whole_lanes)});
  const std::vector<element> entries = powers_of(bases);
  kernel.pack_fixed(made->words.data(), points_of(std::span<const element>(entries)), bases.size());
  packed_ = std::move(made);
}
fixed_bases_table<ristretto255>::fixed_bases_table(fixed_bases_table&&) noexcept = default;
fixed_bases_table<ristretto255>& fixed_bases_table<ristretto255>::operator=(
    fixed_bases_table&&) noexcept = default;
fixed_bases_table<ristretto255>::~fixed_bases_table() = default;

secret<element> fixed_bases_table<ristretto255>::msm(secret_scalars xs) const {
  SANDOQ_EXPECTS(packed_ != nullptr, "a table that was moved from cannot multiply");
  SANDOQ_EXPECTS(xs.size() <= bases_.size(), "a base for each scalar");
  const ristretto255_table& kernel = *packed_->kernel;
  if (!kernels::usable_now(kernel)) {
    return secret_ops<ristretto255>::msm(xs, bases().first(xs.size()));
  }
  return done_cleanly([&] {
    working_memory<point> sums(kernel.lanes);
    working_memory<signed char> digits(kernels::radix_16_digits * xs.size());
    recode<kernels::radix_16_digits>(digits, xs, edwards::radix_16_digits);
    kernel.fixed_sum(sums.data(), digits.data(), packed_->words.data(), xs.size());
    return total_of(sums, kernel.lanes);
  });
}

}  // namespace sandoq
