#include "lib/group/integer_secret_powers.hpp"

#include <algorithm>

#include "lib/group/integer_secret_arithmetic.hpp"
#include "lib/group/secret_workspace.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq::integers {

namespace {

using workspace::secret_words;

constexpr std::size_t window = 4;  // divides the bits of a limb
constexpr std::size_t entries = std::size_t{1} << window;
/// Tables of so many batches stay in the cache while the windows pass over them.
constexpr std::size_t batches_at_once = 32;

constexpr std::size_t windows_of(std::size_t bits) noexcept {
  return (bits + window - 1) / window;
}

/// Secret exponents, one after another, as digits of one window.
class exponents_view {
 public:
  exponents_view(limb_view all, std::size_t limbs) : all_(all), limbs_(limbs) {}
  [[nodiscard]] std::size_t size() const noexcept { return all_.size() / limbs_; }
  /// Digits `at` of the lanes' exponents from `first` on, 0 where there is none.
  void digits(limb* out, std::size_t first, std::size_t lanes, std::size_t at) const noexcept {
    const std::size_t bit = at * window;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      out[lane] = first + lane < size()
                      ? all_[(first + lane) * limbs_ + bit / 64] >> (bit % 64) & (entries - 1)
                      : 0;
    }
  }
  [[nodiscard]] exponents_view part(std::size_t first, std::size_t count) const {
    return {all_.subspan(first * limbs_, count * limbs_), limbs_};
  }

 private:
  limb_view all_;
  std::size_t limbs_;
};

exponents_view checked(limb_view exponents, std::size_t limbs, std::size_t bits,
                       const kernels::montgomery_table& kernel) {
  SANDOQ_EXPECTS(kernel.lanes > 1, "GMP's products on the portable kernel are for public data");
  SANDOQ_EXPECTS(bits <= 64 * limbs, "the bits of the exponents");
  return {exponents, limbs};
}

/// Powers 0 to 15 of the number in each lane.
void fill_table(limb* table, const limb* base, const lane_ring& ring) noexcept {
  const std::size_t words = ring.batch_words();
  std::copy_n(ring.one(), words, table);
  std::copy_n(base, words, table + words);
  for (std::size_t i = 2; i < entries; ++i) {
    ring.multiply(table + i * words, table + (i - 1) * words, base);
  }
}

/// What one window multiplies: the entry of a table that each lane's digit says.
class chosen_factor {
 public:
  explicit chosen_factor(const lane_ring& ring)
      : ring_(ring), digits_(kernels::montgomery_most_lanes), factor_(ring.batch_words()) {}
  /// power *= the entries of digits `at` of the exponents from `first` on.
  void multiply(limb* power, const limb* table, const exponents_view& exponents, std::size_t first,
                std::size_t at) noexcept {
    exponents.digits(digits_.data(), first, ring_.lanes(), at);
    ring_.choose(factor_.data(), table, entries, digits_.data());
    ring_.multiply(power, power, factor_.data());
  }

 private:
  const lane_ring& ring_;
  secret_words digits_;
  secret_words factor_;
};

/// In every lane the product of the powers of that lane's bases.
void straus(limb* power, limb_view bases, const exponents_view& exponents, std::size_t windows,
            const lane_ring& ring, limb* tables) {
  const std::size_t n = ring.modulus().size();
  const std::size_t lanes = ring.lanes();
  const std::size_t words = ring.batch_words();
  const kernels::aligned_words base(words);
  for (std::size_t i = 0; i < exponents.size(); i += lanes) {
    ring.enter(base.data(), &bases[i * n], std::min(lanes, exponents.size() - i));
    fill_table(tables + i / lanes * entries * words, base.data(), ring);
  }
  chosen_factor factor(ring);
  std::copy_n(ring.one(), words, power);
  for (std::size_t at = windows; at-- > 0;) {
    for (std::size_t j = 0; j < window && at + 1 != windows; ++j) {
      ring.square(power, power);
    }
    for (std::size_t i = 0; i < exponents.size(); i += lanes) {
      factor.multiply(power, tables + i / lanes * entries * words, exponents, i, at);
    }
  }
}

/// The product of what the lanes hold.
void leave_product(limb_span out, const limb* batch, const lane_ring& ring) {
  const std::size_t n = ring.modulus().size();
  secret_words numbers(ring.lanes() * n);
  secret_words so_far(n);
  ring.leave(numbers.data(), batch, ring.lanes());
  std::copy_n(numbers.data(), n, out.begin());
  for (std::size_t lane = 1; lane < ring.lanes(); ++lane) {
    std::copy_n(out.begin(), n, so_far.data());
    multiply(out, {so_far.data(), n}, {numbers.data() + lane * n, n}, ring.modulus());
  }
}

}  // namespace

void multi_power_secret(limb_span out, limb_view bases, limb_view exponents,
                        std::size_t exponent_limbs, std::size_t exponent_bits, limb_view m,
                        const kernels::montgomery_table& kernel) {
  const exponents_view all = checked(exponents, exponent_limbs, exponent_bits, kernel);
  const std::size_t n = all.size();
  SANDOQ_EXPECTS(bases.size() == n * m.size(), "an exponent for each base");
  const lane_ring ring(kernel, m);
  const std::size_t words = ring.batch_words();
  const std::size_t at_once = batches_at_once * ring.lanes();
  const std::size_t batches = (std::min(n, at_once) + ring.lanes() - 1) / ring.lanes();
  const kernels::aligned_words tables(batches * entries * words);
  secret_words total(words);
  secret_words power(words);
  std::copy_n(ring.one(), words, total.data());
  for (std::size_t first = 0; first < n; first += at_once) {
    const std::size_t count = std::min(at_once, n - first);
    straus(power.data(), bases.subspan(first * m.size(), count * m.size()), all.part(first, count),
           windows_of(exponent_bits), ring, tables.data());
    ring.multiply(total.data(), total.data(), power.data());
  }
  leave_product(out, total.data(), ring);
}

void powers_of_one_secret(limb_span out, limb_view base, limb_view exponents,
                          std::size_t exponent_limbs, std::size_t exponent_bits, limb_view m,
                          const kernels::montgomery_table& kernel) {
  const exponents_view all = checked(exponents, exponent_limbs, exponent_bits, kernel);
  const std::size_t n = all.size();
  SANDOQ_EXPECTS(base.size() == m.size() && out.size() == n * m.size(),
                 "a power for each exponent");
  const lane_ring ring(kernel, m);
  const std::size_t lanes = ring.lanes();
  const std::size_t words = ring.batch_words();
  secret_words powers((n + lanes - 1) / lanes * words);
  for (std::size_t i = 0; i < n; i += lanes) {
    std::copy_n(ring.one(), words, powers.data() + i / lanes * words);
  }
  const kernels::aligned_words table(entries * words);
  const kernels::aligned_words step(words);
  std::vector<limb> copies;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    copies.insert(copies.end(), base.begin(), base.end());
  }
  ring.enter(step.data(), copies.data(), lanes);
  chosen_factor factor(ring);
  for (std::size_t at = 0; at < windows_of(exponent_bits); ++at) {
    fill_table(table.data(), step.data(), ring);
    for (std::size_t i = 0; i < n; i += lanes) {
      factor.multiply(powers.data() + i / lanes * words, table.data(), all, i, at);
    }
    ring.multiply(step.data(), table.data() + (entries - 1) * words, step.data());
  }
  for (std::size_t i = 0; i < n; i += lanes) {
    ring.leave(&out[i * m.size()], powers.data() + i / lanes * words, std::min(lanes, n - i));
  }
}

}  // namespace sandoq::integers
