// The operations of every kernel that take secrets: multiples by secret digits, sums of such
// multiples, encoding and sums of secret points. valgrind hides AVX-512 from the program; those
// kernels run under MSan.

#include <cstdint>
#include <cstring>
#include <vector>

#include "lib/core/ctime.hpp"
#include "lib/group/recode25519.hpp"
#include "lib/group/ristretto255_access.hpp"
#include "lib/kernels/aligned_words.hpp"
#include "lib/kernels/choice.hpp"
#include "tests/ctime/ctime_program.hpp"
#include "tests/support/deterministic_random.hpp"

namespace {

using namespace sandoq;  // NOLINT(google-build-using-namespace): a program of its own
using kernels::point;
using testing::require;
using group = ristretto255;

template <class T>
void mark(const std::vector<T>& v) {
  ctime::poison(v.data(), v.size() * sizeof(T));
}
template <class T>
void claim(const std::vector<T>& v, const char* what) {
  testing::detail::claim_marked(v.data(), v.size() * sizeof(T), what);
}
template <class T>
void reveal(const std::vector<T>& v) {
  ctime::unpoison(v.data(), v.size() * sizeof(T));
}

std::vector<group::scalar> random_scalars(std::size_t n, testing::deterministic_random& random) {
  std::vector<group::scalar> out(n);
  for (group::scalar& s : out) {
    s = group::scalar_from_wide(random.octets<64>());
  }
  return out;
}

template <class Recode>
std::vector<signed char> digits_of(const std::vector<group::scalar>& scalars, Recode&& recode) {
  mark(scalars);
  std::vector<signed char> out;
  for (const group::scalar& s : scalars) {
    const auto digits = recode(words_of(s));
    out.insert(out.end(), digits.begin(), digits.end());
  }
  claim(out, "digits");
  reveal(scalars);
  return out;
}

group::element element_at(const std::vector<point>& points, std::size_t i) {
  return element_of_point(point_of(points[i]));
}

/// (column + 1) * 32^row * B with Z = 1.
std::vector<group::element> comb_entries(const group::element& base) {
  std::vector<group::element> out;
  group::element row_base = base;
  for (int row = 0; row < kernels::comb_rows; ++row) {
    group::element multiple;
    for (int column = 0; column < kernels::comb_columns; ++column) {
      multiple += row_base;
      out.push_back(multiple);
    }
    row_base = multiple + multiple;
  }
  bytes wire(32 * out.size());
  group::encode_batch(wire, out);
  require(group::decode_batch(out, wire).has_value(), "entries of a table");
  return out;
}

/// (entry + 1) * 2^(64 part) * B_i with Z = 1.
std::vector<group::element> fixed_entries(const std::vector<group::element>& bases) {
  std::vector<group::element> out;
  const group::scalar two_32 = group::scalar_from_u64(std::uint64_t{1} << 32U);
  for (const group::element& base : bases) {
    group::element part_base = base;
    for (int part = 0; part < kernels::fixed_parts; ++part) {
      group::element multiple;
      for (int j = 0; j < kernels::radix_16_entries; ++j) {
        multiple += part_base;
        out.push_back(multiple);
      }
      part_base = group::mul_vartime(two_32 * two_32, part_base);
    }
  }
  bytes wire(32 * out.size());
  group::encode_batch(wire, out);
  require(group::decode_batch(out, wire).has_value(), "entries of a table");
  return out;
}

/// What all kernels work on: more than any has lanes.
struct material {
  explicit material(testing::deterministic_random& random) : scalars(random_scalars(n, random)) {
    for (std::size_t i = 0; i < n; ++i) {
      bases.push_back(group::from_uniform_bytes(random.octets<64>()));
    }
    comb = comb_entries(bases[0]);
    fixed = fixed_entries(bases);
  }
  static constexpr std::size_t n = 9;
  std::vector<group::scalar> scalars;
  std::vector<group::element> bases;
  std::vector<group::element> comb;   ///< of the first base
  std::vector<group::element> fixed;  ///< of all
};

/// The sum of multiples of several fixed bases by secret digits.
void run_fixed_sum(const kernels::ristretto255_table& kernel, const material& on,
                   const std::vector<signed char>& digits) {
  const std::size_t n = on.bases.size();
  const std::size_t whole_lanes = (n + kernel.lanes - 1) / kernel.lanes * kernel.lanes;
  std::vector<std::uint64_t> table(kernels::fixed_words * whole_lanes);
  kernel.pack_fixed(table.data(), points_of(std::span<const group::element>(on.fixed)), n);
  std::vector<point> sums(kernel.lanes);
  kernel.fixed_sum(sums.data(), digits.data(), table.data(), n);
  claim(sums, kernel.name);
  reveal(sums);
  group::element total;
  for (std::size_t lane = 0; lane < sums.size(); ++lane) {
    total += element_at(sums, lane);
  }
  require(total == group::msm_vartime(on.scalars, on.bases), "fixed_sum");
}

/// The same of points that have no table yet.
void run_points_sum(const kernels::ristretto255_table& kernel, const material& on,
                    const std::vector<signed char>& digits) {
  const std::size_t n = on.bases.size();
  kernels::aligned_words by_digit(std::size_t{kernels::points_sum_words} * kernel.lanes);
  std::vector<point> sums(kernel.lanes);
  kernel.points_sum(sums.data(), digits.data(),
                    points_of(std::span<const group::element>(on.bases)), n, by_digit.data());
  claim(sums, kernel.name);
  reveal(sums);
  group::element total;
  for (std::size_t lane = 0; lane < sums.size(); ++lane) {
    total += element_at(sums, lane);
  }
  require(total == group::msm_vartime(on.scalars, on.bases), "points_sum");
}

void run(const kernels::ristretto255_table& kernel, const material& on) {
  const auto& scalars = on.scalars;
  const auto& bases = on.bases;
  const std::size_t n = bases.size();
  const auto digits_16 = digits_of(scalars, edwards::radix_16_digits);
  std::vector<point> out(n);
  const point* const in = points_of(std::span<const group::element>(bases));
  std::vector<point> by_one(n);
  kernel.multiply(by_one.data(), digits_16.data(), 0, in, n);
  claim(by_one, kernel.name);
  kernel.multiply(out.data(), digits_16.data(), kernels::radix_16_digits, in, n);
  claim(out, kernel.name);

  std::vector<point> sums = out;
  kernel.sum_columns(sums.data(), out.data(), 1, n);
  claim(sums, kernel.name);
  bytes wire(32 * n);
  kernel.encode(reinterpret_cast<unsigned char*>(wire.data()), sums.data(), n);
  claim(wire, kernel.name);

  run_fixed_sum(kernel, on, digits_16);
  run_points_sum(kernel, on, digits_16);

  std::vector<std::uint64_t> table(kernels::comb_words);
  kernel.pack_comb(table.data(), points_of(std::span<const group::element>(on.comb)));
  const auto digits_32 = digits_of(scalars, edwards::radix_32_digits);
  std::vector<point> multiples(n);
  kernel.multiply_base(multiples.data(), digits_32.data(), table.data(), n);
  claim(multiples, kernel.name);

  reveal(by_one);
  reveal(out);
  reveal(wire);
  reveal(multiples);
  for (std::size_t i = 0; i < n; ++i) {
    const group::element product = group::mul_vartime(scalars[i], bases[i]);
    require(element_at(out, i) == product, "multiply");
    require(element_at(by_one, i) == group::mul_vartime(scalars[0], bases[i]),
            "multiply by one scalar");
    require(std::memcmp(group::encode(product + product).data(), wire.data() + 32 * i, 32) == 0,
            "encode");
    require(element_at(multiples, i) == group::mul_vartime(scalars[i], bases[0]), "multiply_base");
  }
}

}  // namespace

int main() {
  testing::require_checker();
  testing::deterministic_random random(testing::test_seed());
  const material on(random);
  for (const kernels::ristretto255_table* kernel : kernels::kernels_here()) {
    std::printf("%s\n", kernel->name);
    run(*kernel, on);
  }
}
