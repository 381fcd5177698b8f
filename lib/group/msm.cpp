// Sums of multiples with public scalars. Variable time.                                  SPEC(10.6)

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <vector>

#include "lib/group/affine25519.hpp"
#include "lib/group/msm_plan.hpp"
#include "lib/group/recode25519.hpp"
#include "lib/group/ristretto255_access.hpp"
#include "lib/kernels/aligned_words.hpp"
#include "lib/kernels/select.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/group/ristretto255.hpp"

namespace sandoq {
namespace {

using edwards::extended;
using scalar = ristretto255::scalar;
using element = ristretto255::element;
using kernels::aligned_words;
using kernels::ristretto255_table;

/// Longer sums are cut: beyond this the cost per element no longer falls, but memory would grow.
constexpr std::size_t max_chunk = std::size_t{1} << 16U;

std::vector<std::uint16_t> bit_lengths(std::span<const scalar> scalars) {
  std::vector<std::uint16_t> out(scalars.size());
  std::transform(scalars.begin(), scalars.end(), out.begin(), [](const scalar& s) {
    return static_cast<std::uint16_t>(edwards::bit_length_vartime(words_of(s)));
  });
  return out;
}

// Buckets (Pippenger).

/// Digits of radix 2^window in [-2^(window-1), 2^(window-1)); the last of a group of lanes may
/// reach 2^window.
struct bucket_digits {
  std::vector<std::int16_t> digits;      // [n][windows]
  std::vector<std::uint16_t> used;       // [n]
  std::vector<std::uint32_t> max_digit;  // [groups of lanes]
};

bucket_digits recode(std::span<const scalar> scalars, std::span<const std::uint16_t> lengths,
                     const msm_plan& plan, unsigned lanes) {
  bucket_digits out{std::vector<std::int16_t>(scalars.size() * plan.windows),
                    std::vector<std::uint16_t>(scalars.size()),
                    std::vector<std::uint32_t>(plan.windows / lanes)};
  const int half = 1 << (plan.window - 1);
  for (std::size_t i = 0; i < scalars.size(); ++i) {
    const unsigned count = (lengths[i] + plan.window - 1) / plan.window;
    std::int16_t* digits = out.digits.data() + i * plan.windows;
    int carried = 0;
    unsigned k = 0;
    for (; k < count || carried != 0; ++k) {
      int digit =
          static_cast<int>(edwards::bits_at(words_of(scalars[i]), k * plan.window, plan.window)) +
          carried;
      // The last digit takes what is left only where a carry would open another group of lanes:
      // there twice as many buckets cost less.
      const bool may_carry = k + 1 < count || (k + 1) % lanes != 0;
      carried = digit >= half && may_carry ? 1 : 0;
      digit -= carried * 2 * half;
      digits[k] = static_cast<std::int16_t>(digit);
      std::uint32_t& most = out.max_digit[k / lanes];
      most = std::max(most, static_cast<std::uint32_t>(std::abs(digit)));
    }
    out.used[i] = static_cast<std::uint16_t>(k);
  }
  return out;
}

extended sum_by_buckets(const ristretto255_table& kernel, std::span<const scalar> scalars,
                        std::span<const element> affine, std::span<const std::uint16_t> lengths,
                        const msm_plan& plan) {
  const bucket_digits recoded = recode(scalars, lengths, plan, kernel.lanes);
  const std::size_t most = *std::max_element(recoded.max_digit.begin(), recoded.max_digit.end());
  const aligned_words prepared(16 * scalars.size());
  const aligned_words buckets(24 * (most + 1) * kernel.lanes);
  std::vector<kernels::point> sums(plan.windows);
  kernel.bucket_sums({points_of(affine), affine.size(), plan.windows, recoded.digits.data(),
                      recoded.used.data(), recoded.max_digit.data(), prepared.data(),
                      buckets.data(), sums.data()});
  extended total = edwards::neutral;
  for (std::size_t k = plan.windows; k-- > 0;) {
    total = edwards::sum(edwards::twice_times(total, plan.window), point_of(sums[k]));
  }
  return total;
}

extended sum_by_buckets_in_chunks(const ristretto255_table& kernel, std::span<const scalar> scalars,
                                  std::span<const element> elements) {
  extended total = edwards::neutral;
  for (std::size_t begin = 0; begin < scalars.size(); begin += max_chunk) {
    const std::size_t count = std::min(max_chunk, scalars.size() - begin);
    const auto some = scalars.subspan(begin, count);
    const auto lengths = bit_lengths(some);
    total = edwards::sum(
        total, sum_by_buckets(kernel, some, edwards::made_affine(elements.subspan(begin, count)),
                              lengths, plan_buckets(kernel, lengths)));
  }
  return total;
}

// Shared doublings (Straus).

extended sum_by_shared_doublings(const ristretto255_table& kernel, std::span<const scalar> scalars,
                                 std::span<const element> elements,
                                 std::span<const std::uint16_t> lengths) {
  const std::size_t n = scalars.size();
  const std::size_t batches = (n + kernel.lanes - 1) / kernel.lanes;
  std::vector<std::size_t> order(n);  // long scalars first, so that batches are of about one length
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return lengths[a] > lengths[b]; });
  std::vector<element> sorted(n);
  std::vector<std::int8_t> digits(n * kernels::radix_16_digits);
  std::vector<unsigned char> used(batches);
  for (std::size_t i = 0; i < n; ++i) {
    sorted[i] = elements[order[i]];
    const auto recoded = edwards::radix_16_digits(words_of(scalars[order[i]]));
    std::copy(recoded.begin(), recoded.end(),
              digits.begin() + static_cast<std::ptrdiff_t>(i * kernels::radix_16_digits));
    auto& most = used[i / kernel.lanes];
    most = std::max(most, static_cast<unsigned char>(edwards::radix_16_length(lengths[order[i]])));
  }
  const aligned_words tables(batches * kernels::radix_16_entries * 20 * kernel.lanes);
  std::vector<kernels::point> sums(kernel.lanes);
  kernel.multiply_sum({points_of(std::span<const element>(sorted)), n,
                       reinterpret_cast<const signed char*>(digits.data()), used.front(),
                       used.data(), tables.data(), sums.data()});
  extended total = edwards::neutral;
  for (const kernels::point& p : sums) {
    total = edwards::sum(total, point_of(p));
  }
  return total;
}

}  // namespace

element ristretto255::msm_straus_vartime(std::span<const scalar> scalars,
                                         std::span<const element> elements) {
  SANDOQ_EXPECTS(scalars.size() == elements.size(), "one scalar for each element");
  if (scalars.empty()) {
    return {};
  }
  return element_of_point(sum_by_shared_doublings(kernels::ristretto255_kernel(), scalars, elements,
                                                  bit_lengths(scalars)));
}

element ristretto255::msm_pippenger_vartime(std::span<const scalar> scalars,
                                            std::span<const element> elements) {
  SANDOQ_EXPECTS(scalars.size() == elements.size(), "one scalar for each element");
  return element_of_point(
      sum_by_buckets_in_chunks(kernels::ristretto255_kernel(), scalars, elements));
}

element ristretto255::msm_vartime(std::span<const scalar> scalars,
                                  std::span<const element> elements) {
  SANDOQ_EXPECTS(scalars.size() == elements.size(), "one scalar for each element");
  if (scalars.size() <= 1) {
    return scalars.empty() ? element() : mul_vartime(scalars[0], elements[0]);
  }
  if (scalars.size() <= max_chunk) {
    const ristretto255_table& kernel = kernels::ristretto255_kernel();
    const auto lengths = bit_lengths(scalars);
    const msm_plan plan = plan_msm(kernel, lengths);
    return element_of_point(
        plan.by_buckets
            ? sum_by_buckets(kernel, scalars, edwards::made_affine(elements), lengths, plan)
            : sum_by_shared_doublings(kernel, scalars, elements, lengths));
  }
  return msm_pippenger_vartime(scalars, elements);
}

}  // namespace sandoq
