#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "proofs/slots/transcript.core.hpp"
#include "sandoq/proofs/slots.hpp"

namespace sandoq::slots {

/// Which half of a round's vector goes in front: L takes the lower half of a, R the upper.
enum class half_of : std::size_t { lower = 0, upper = 1 };

/// The inner-product argument on l(x) and r(x), which are as good as public (46.8): variable time.
/// The bases are not folded: each keeps its place and gets a scale, so that every L and R is one
/// sum over bases of the election.                             SPEC(46.5), Buenz et al., section 3
template <prime_order_group G>
class folded_product {
 public:
  using scalar = scalar_of<G>;

  folded_product(std::vector<scalar> l, std::vector<scalar> r, const scalar& y, const scalar& c)
      : a_(std::move(l)),
        b_(std::move(r)),
        g_scale_(a_.size(), G::scalar_from_u64(1)),
        r_scale_(powers_from_one<G>(G::invert(y), a_.size())),
        c_(c) {}

  [[nodiscard]] bool is_done() const noexcept { return a_.size() == 1; }
  [[nodiscard]] const scalar& a() const noexcept { return a_[0]; }
  [[nodiscard]] const scalar& b() const noexcept { return b_[0]; }

  /// The scalars of G_1, ..., of R_1, ... (0 where the other half stands) and of U in L or R:
  /// <a of mine, G of the other> + <b of the other, R' of mine> + <a of mine, b of the other> cU.
  struct cross_terms {
    std::vector<scalar> left;
    std::vector<scalar> right;
    scalar inner{};
  };
  [[nodiscard]] cross_terms cross(half_of mine) const {
    const std::size_t half = a_.size() / 2;
    const std::size_t from_a = mine == half_of::lower ? 0 : half;
    const std::size_t from_b = half - from_a;
    cross_terms out{std::vector<scalar>(g_scale_.size()), std::vector<scalar>(g_scale_.size()), {}};
    for (std::size_t i = 0; i < g_scale_.size(); ++i) {
      const std::size_t within = i & (half - 1);
      if ((i & half) == from_b) {
        out.left[i] = a_[within + from_a] * g_scale_[i];
      } else {
        out.right[i] = b_[within + from_b] * r_scale_[i];
      }
    }
    for (std::size_t i = 0; i < half; ++i) {
      out.inner += a_[i + from_a] * b_[i + from_b];
    }
    out.inner *= c_;
    return out;
  }

  /// a <- h a_lo + a_hi / h,  b <- b_lo / h + h b_hi, and the scales of the bases the other way.
  void fold(const scalar& h) {
    const scalar inverse = G::invert(h);
    const std::size_t half = a_.size() / 2;
    for (std::size_t i = 0; i < g_scale_.size(); ++i) {
      const bool is_lower = (i & half) == 0;
      g_scale_[i] *= is_lower ? inverse : h;
      r_scale_[i] *= is_lower ? h : inverse;
    }
    for (std::size_t i = 0; i < half; ++i) {
      a_[i] = h * a_[i] + inverse * a_[i + half];
      b_[i] = inverse * b_[i] + h * b_[i + half];
    }
    a_.resize(half);
    b_.resize(half);
  }

 private:
  std::vector<scalar> a_;
  std::vector<scalar> b_;
  std::vector<scalar> g_scale_;  // of G_i, i = 1..N
  std::vector<scalar> r_scale_;  // of R_i
  scalar c_;
};

/// The element of cross terms: one sum over N bases and U.
template <prime_order_group G>
[[nodiscard]] element_of<G> sum_of(const proof_election<G>& election,
                                   const typename folded_product<G>::cross_terms& terms) {
  std::vector<scalar_of<G>> scalars;
  std::vector<element_of<G>> elements;
  scalars.reserve(terms.left.size() + 1);
  elements.reserve(terms.left.size() + 1);
  const auto add = [&](std::span<const scalar_of<G>> row, std::span<const element_of<G>> bases) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (row[i] != scalar_of<G>{}) {
        scalars.push_back(row[i]);
        elements.push_back(bases[i]);
      }
    }
  };
  add(terms.left, election.vector());
  add(terms.right, election.right_vector());
  scalars.push_back(terms.inner);
  elements.push_back(election.inner());
  return G::msm_vartime(scalars, elements);
}

}  // namespace sandoq::slots
