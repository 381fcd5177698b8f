#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "proofs/shuffle/native.core.hpp"
#include "sandoq/core/choice.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/shuffle_prove.hpp"

namespace sandoq {
namespace shuffling {

template <proving_group G>
using secrets = std::vector<secret_scalar<G>>;
template <proving_group G>
using secret_span = std::span<const secret_scalar<G>>;

/// pi(i) as u32 each, then rho and r as scalars.                                     SPEC(48.13)
template <proving_group G>
[[nodiscard]] secret_bytes nonce_witness(const shuffle_preparation<G>& prepared) {
  const auto order = prepared.permutation().order();
  const secret_bytes rho = witness_bytes<G>(prepared.rho());
  const secret_bytes r = witness_bytes<G>(prepared.blinds());
  secret_bytes out(4 * order.size() + rho.size() + r.size());
  auto at = expose_for_secret_ops(out).begin();
  for (const auto& index : order) {
    const std::uint32_t value = expose_for_secret_ops(index);
    for (unsigned shift = 0; shift < 32; shift += 8) {
      *at++ = static_cast<std::byte>((value >> shift) & 0xFFU);
    }
  }
  const byte_view rho_in = expose_for_secret_ops(rho);
  const byte_view r_in = expose_for_secret_ops(r);
  std::copy(r_in.begin(), r_in.end(), std::copy(rho_in.begin(), rho_in.end(), at));
  return out;
}

/// x to every power pi(i), by squares of x that are multiplied in where a bit is set.
template <proving_group G>
[[nodiscard]] secrets<G> powers_at(const scalar_of<G>& x,
                                   std::span<const secret<std::uint32_t>> order) {
  using ops = secret_ops<G>;
  std::vector<scalar_of<G>> squares;
  for (scalar_of<G> power = x; (order.size() - 1) >> squares.size() != 0; power *= power) {
    squares.push_back(power);
  }
  secrets<G> out;
  out.reserve(order.size());
  const secret_scalar<G> one(G::scalar_from_u64(1));
  for (const auto& index : order) {
    secret_scalar<G> power = one.clone();
    for (std::size_t j = 0; j < squares.size(); ++j) {
      const choice bit = choice::from_bit(expose_for_secret_ops(index) >> j);
      power = ops::select(bit, ops::mul(power, squares[j]), power);
    }
    out.push_back(std::move(power));
  }
  return out;
}

/// Sum of xs[i]*elements[first + i*step], in bounded memory.
template <proving_group G>
[[nodiscard]] secret_element<G> strided_sum(secret_span<G> xs,
                                            std::span<const element_of<G>> elements,
                                            std::size_t first, std::size_t step) {
  constexpr std::size_t block = 2048;
  secret_element<G> total;
  std::vector<element_of<G>> some;
  for (std::size_t from = 0; from < xs.size(); from += block) {
    const std::size_t count = std::min(block, xs.size() - from);
    some.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      some[i] = elements[first + (from + i) * step];
    }
    total = secret_ops<G>::add(total, secret_ops<G>::msm(xs.subspan(from, count), some));
  }
  return total;
}

/// Sum of p[i]*xs[i].
template <proving_group G>
[[nodiscard]] secret_scalar<G> weighted(const std::vector<scalar_of<G>>& p, secret_span<G> xs) {
  secret_scalar<G> out;
  for (std::size_t i = 0; i < xs.size(); ++i) {
    out = secret_ops<G>::fma(out, p[i], xs[i]);
  }
  return out;
}

/// One proof being made, argument by argument.
template <proving_group G>
class prover {
 public:
  using ops = secret_ops<G>;
  using scalar = scalar_of<G>;
  using span = secret_span<G>;
  using opening = typename shuffle_prover_tables<G>::opening;

  prover(const shuffle_prover_tables<G>& tables, const shuffle_lists<G>& lists,
         const shuffle_preparation<G>& prepared, const transcript& opened, const nonce_seed& seed)
      : tables_(tables),
        shape_(lists.shape()),
        lists_(lists),
        prepared_(prepared),
        nonces_(opened, nonce_witness(prepared), seed),
        challenges_(opened) {}

  [[nodiscard]] result<shuffle_proof<G>> prove() && {
    elements_.append(prepared_.commitments());
    const auto x = challenges_.first(prepared_.commitments().octets());
    if (!x) {
      return tl::unexpected<error>(x.error());
    }
    const auto order = prepared_.permutation().order();
    const secrets<G> b = powers_at<G>(*x, order);
    const secrets<G> s = draw(shape_.rows());
    const auto yz = challenges_.second(announce(commit_rows(b, s, 0)));
    if (!yz) {
      return tl::unexpected<error>(yz.error());
    }
    const auto& [y, z] = *yz;
    secrets<G> d;
    d.reserve(b.size());
    for (std::size_t i = 0; i < b.size(); ++i) {
      const auto index = secret<std::uint64_t>::made_by(
          [&]() noexcept { return std::uint64_t{expose_for_secret_ops(order[i])}; });
      d.push_back(ops::sub(ops::fma(b[i], y, ops::scalar_from_u64(index)), z));
    }
    secrets<G> r_d;
    for (std::size_t i = 0; i < shape_.rows(); ++i) {
      r_d.push_back(ops::fma(s[i], y, prepared_.blinds()[i]));
    }
    if (auto done = product(std::move(d), std::move(r_d)); !done) {
      return tl::unexpected<error>(std::move(done.error()));
    }
    if (auto done = multi_exponentiation(b, s); !done) {
      return tl::unexpected<error>(std::move(done.error()));
    }
    return shuffle_proof<G>{std::move(elements_), std::move(scalars_)};
  }

 private:
  [[nodiscard]] secrets<G> draw(std::size_t count) {
    secrets<G> out;
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      out.push_back(nonces_.template at<G>(next_nonce_++));
    }
    return out;
  }
  [[nodiscard]] span row(const secrets<G>& list, std::size_t i) const {
    return span(list).subspan(i * shape_.columns(), shape_.columns());
  }

  /// Commitments to the rows of a list, from one on.
  [[nodiscard]] std::vector<secret_element<G>> commit_rows(const secrets<G>& list,
                                                           const secrets<G>& blinds,
                                                           std::size_t first) const {
    std::vector<opening> openings;
    for (std::size_t i = first; i < shape_.rows(); ++i) {
      openings.push_back({row(list, i), blinds[i]});
    }
    return tables_.commit(openings);
  }

  /// Puts commitments on the wire; their bytes, good until the next.
  byte_view announce(std::span<const secret_element<G>> commitments) {
    std::vector<element_of<G>> out;
    out.reserve(commitments.size());
    for (const auto& c : commitments) {
      out.push_back(declassify<"a commitment of a shuffle hides perfectly behind a fresh r*H">(c));
    }
    return put(encoded_elements<G>(std::move(out)));
  }
  byte_view put(const encoded_elements<G>& list) {
    const std::size_t before = elements_.size();
    elements_.append(list);
    return elements_.octets(before, list.size());
  }
  void respond(const secret_scalar<G>& s) {
    scalars_.push_back(
        declassify<"a response of a shuffle hides its secret behind a fresh mask">(s));
  }

  /// The values in all rows of a, committed to with blinds r, have the product the verifier knows.
  [[nodiscard]] result<void> product(secrets<G> a, secrets<G> r) {
    if (shape_.rows() == 1) {
      return single_value_product(a, r[0]);
    }
    return hadamard(a, r);
  }

  [[nodiscard]] result<void> hadamard(const secrets<G>& a, const secrets<G>& r) {
    const std::size_t m = shape_.rows();
    const std::size_t n = shape_.columns();
    secrets<G> p;  // rows: products of the first i + 1 rows of a
    p.reserve(a.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
      p.push_back(i < n ? a[i].clone() : ops::mul(p[i - n], a[i]));
    }
    secrets<G> s = draw(m - 1);
    s.insert(s.begin(), r[0].clone());
    const auto xy = challenges_.hadamard(announce(commit_rows(p, s, 1)));
    if (!xy) {
      return tl::unexpected<error>(xy.error());
    }
    const auto powers = powers_of<G>(xy->first, m);
    const secret_scalar<G> minus_one(-G::scalar_from_u64(1));
    secrets<G> left, right, left_r, right_s;  // m rows each
    left.reserve(a.size());
    right.reserve(a.size());
    for (std::size_t i = n; i < a.size(); ++i) {
      left.push_back(a[i].clone());
    }
    for (std::size_t j = 0; j < n; ++j) {
      left.push_back(minus_one.clone());
    }
    secrets<G> last(n);
    secret_scalar<G> last_s;
    for (std::size_t i = 1; i < m; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        right.push_back(ops::mul(p[(i - 1) * n + j], powers[i]));
        last[j] = ops::fma(last[j], powers[i], p[i * n + j]);
      }
      left_r.push_back(r[i].clone());
      right_s.push_back(ops::mul(s[i - 1], powers[i]));
      last_s = ops::fma(last_s, powers[i], s[i]);
    }
    std::move(last.begin(), last.end(), std::back_inserter(right));
    left_r.emplace_back();
    right_s.push_back(std::move(last_s));
    if (auto done = zero({left, left_r}, {right, right_s}, xy->second); !done) {
      return done;
    }
    return single_value_product(row(p, m - 1), s[m - 1]);
  }

  /// m rows and their blinds.
  struct rows {
    const secrets<G>& values;
    const secrets<G>& blinds;
  };

  [[nodiscard]] result<void> zero(const rows& a, const rows& b, const scalar& y) {
    const std::size_t m = shape_.rows();
    const std::size_t n = shape_.columns();
    const secrets<G> a_0 = draw(n);
    const secrets<G> r_0 = draw(1);
    const secrets<G> b_m = draw(n);
    const secrets<G> s_m = draw(1);
    const auto row_a = [&](std::size_t i) { return i == 0 ? span(a_0) : row(a.values, i - 1); };
    const auto row_b = [&](std::size_t j) { return j == m ? span(b_m) : row(b.values, j); };
    const std::vector<secret_scalar<G>> d = diagonals(row_a, row_b, y);
    std::vector<opening> openings = {{a_0, r_0[0]}, {b_m, s_m[0]}};
    secrets<G> t(2 * m + 1);
    for (std::size_t k = 0; k <= 2 * m; ++k) {
      if (k != m + 1) {
        t[k] = std::move(draw(1)[0]);
        openings.push_back({span(&d[k], 1), t[k]});
      }
    }
    const auto x = challenges_.zero(announce(tables_.commit(openings)));
    if (!x) {
      return tl::unexpected<error>(x.error());
    }
    const auto p = powers_of<G>(*x, 2 * m + 1);
    for (std::size_t j = 0; j < n; ++j) {
      secret_scalar<G> sum;
      for (std::size_t i = 0; i <= m; ++i) {
        sum = ops::fma(sum, p[i], row_a(i)[j]);
      }
      respond(sum);
    }
    for (std::size_t j = 0; j < n; ++j) {
      secret_scalar<G> sum;
      for (std::size_t i = 0; i <= m; ++i) {
        sum = ops::fma(sum, p[m - i], row_b(i)[j]);
      }
      respond(sum);
    }
    secret_scalar<G> r = r_0[0].clone();
    secret_scalar<G> s = s_m[0].clone();
    for (std::size_t i = 0; i < m; ++i) {
      r = ops::fma(r, p[i + 1], a.blinds[i]);
      s = ops::fma(s, p[m - i], b.blinds[i]);
    }
    respond(r);
    respond(s);
    respond(weighted<G>(p, t));
    return {};
  }

  /// d_k = sum of a_i * b_j over j = i - k + m, in the bilinear map that y gives.
  template <class RowA, class RowB>
  [[nodiscard]] secrets<G> diagonals(const RowA& row_a, const RowB& row_b, const scalar& y) {
    const std::size_t m = shape_.rows();
    const std::size_t n = shape_.columns();
    secrets<G> d(2 * m + 1);
    scalar power = y;
    for (std::size_t at = 0; at < n; ++at, power *= y) {
      for (std::size_t j = 0; j <= m; ++j) {
        const auto scaled = ops::mul(row_b(j)[at], power);
        for (std::size_t i = 0; i <= m; ++i) {
          const std::size_t k = m + i - j;
          if (k != m + 1) {
            d[k] = ops::fma(d[k], row_a(i)[at], scaled);
          }
        }
      }
    }
    return d;
  }

  [[nodiscard]] result<void> single_value_product(span a, const secret_scalar<G>& r) {
    const std::size_t n = a.size();
    secrets<G> p;
    p.reserve(n);
    for (std::size_t i = 0; i < n; ++i) {
      p.push_back(i == 0 ? a[0].clone() : ops::mul(p[i - 1], a[i]));
    }
    const secrets<G> d = draw(n);
    const secrets<G> r_d = draw(1);
    secrets<G> delta = draw(n - 2);
    delta.insert(delta.begin(), d[0].clone());
    delta.emplace_back();
    const secrets<G> s = draw(2);  // s_0, s_x
    secrets<G> lower, upper;
    lower.reserve(n - 1);
    upper.reserve(n - 1);
    for (std::size_t i = 0; i + 1 < n; ++i) {
      lower.push_back(ops::neg(ops::mul(delta[i], d[i + 1])));
      upper.push_back(
          ops::sub(ops::sub(delta[i + 1], ops::mul(a[i + 1], delta[i])), ops::mul(p[i], d[i + 1])));
    }
    const opening openings[] = {{d, r_d[0]}, {lower, s[0]}, {upper, s[1]}};
    const auto x = challenges_.single_value_product(announce(tables_.commit(openings)));
    if (!x) {
      return tl::unexpected<error>(x.error());
    }
    for (std::size_t i = 0; i < n; ++i) {
      respond(ops::fma(d[i], *x, a[i]));
    }
    for (std::size_t i = 1; i + 1 < n; ++i) {
      respond(ops::fma(delta[i], *x, p[i]));
    }
    respond(ops::fma(r_d[0], *x, r));
    respond(ops::fma(s[0], *x, s[1]));
    return {};
  }

  /// E_k = Enc(b_k; tau_k) + sum of a_j . D_i over j = k - m + i, element by element.
  [[nodiscard]] std::vector<element_of<G>> diagonal_ciphertext(std::size_t k, const secrets<G>& a_0,
                                                               const secrets<G>& a, span masks,
                                                               span nonces) const {
    const std::size_t m = shape_.rows();
    const std::size_t n = shape_.columns();
    const std::size_t step = shape_.step();
    const auto mask_G = ops::mul_base_each(masks);
    const auto nonce_G = ops::mul_base_each(nonces);
    const auto nonce_K = tables_.key().mul_each(nonces);
    std::vector<element_of<G>> out;
    for (std::size_t place = 0; place < step; ++place) {
      const std::size_t l = place / 2;
      secret_element<G> sum = place % 2 == 0 ? nonce_G[l].clone() : ops::add(nonce_K[l], mask_G[l]);
      for (std::size_t i = 1; i <= m; ++i) {
        if (k + i < m || k + i > 2 * m) {
          continue;
        }
        const std::size_t j = k + i - m;
        sum = ops::add(
            sum, strided_sum<G>(j == 0 ? span(a_0) : row(a, j - 1), lists_.outputs().elements(),
                                (i - 1) * n * step + place, step));
      }
      out.push_back(declassify<"E_k hides its sum behind the mask b_k and the nonce tau_k">(sum));
    }
    return out;
  }

  [[nodiscard]] result<void> multi_exponentiation(const secrets<G>& a, const secrets<G>& r) {
    const std::size_t m = shape_.rows();
    const std::size_t w = shape_.width();
    const secrets<G> a_0 = draw(shape_.columns());
    const secrets<G> r_0 = draw(1);
    std::vector<secrets<G>> masks(2 * m), nonces(2 * m);
    secrets<G> blinds(2 * m);
    std::vector<opening> openings = {{a_0, r_0[0]}};
    for (std::size_t k = 0; k < 2 * m; ++k) {
      if (k == m) {  // E_m = C: its nonce is -sum of b_i*rho_i, which nobody draws
        masks[k] = secrets<G>(w);
        nonces[k] = nonce_of_sum(a);
        continue;
      }
      masks[k] = draw(w);
      blinds[k] = std::move(draw(1)[0]);
      nonces[k] = draw(w);
      openings.push_back({masks[k], blinds[k]});
    }
    const std::size_t before = elements_.size();
    announce(tables_.commit(openings));
    std::vector<element_of<G>> E;
    for (std::size_t k = 0; k < 2 * m; ++k) {
      if (k != m) {
        const auto one = diagonal_ciphertext(k, a_0, a, masks[k], nonces[k]);
        E.insert(E.end(), one.begin(), one.end());
      }
    }
    const encoded_elements<G> encoded_E(std::move(E));
    elements_.append(encoded_E);
    const auto x = challenges_.multi_exponentiation(elements_.octets(before, openings.size()),
                                                    encoded_E.octets());
    if (!x) {
      return tl::unexpected<error>(x.error());
    }
    respond_multi_exponentiation(powers_of<G>(*x, 2 * m), {a_0, r_0}, {a, r}, blinds, masks,
                                 nonces);
    return {};
  }

  void respond_multi_exponentiation(const std::vector<scalar>& p, const rows& first, const rows& a,
                                    const secrets<G>& blinds, const std::vector<secrets<G>>& masks,
                                    const std::vector<secrets<G>>& nonces) {
    const std::size_t m = shape_.rows();
    for (std::size_t j = 0; j < shape_.columns(); ++j) {
      secret_scalar<G> sum = first.values[j].clone();
      for (std::size_t i = 1; i <= m; ++i) {
        sum = ops::fma(sum, p[i], row(a.values, i - 1)[j]);
      }
      respond(sum);
    }
    secret_scalar<G> r = first.blinds[0].clone();
    for (std::size_t i = 1; i <= m; ++i) {
      r = ops::fma(r, p[i], a.blinds[i - 1]);
    }
    respond(r);
    respond_by_place(p, masks);
    respond(weighted<G>(p, blinds));
    respond_by_place(p, nonces);
  }
  /// Sum over k of p[k]*list[k][l], for each l.
  void respond_by_place(const std::vector<scalar>& p, const std::vector<secrets<G>>& list) {
    for (std::size_t l = 0; l < shape_.width(); ++l) {
      secret_scalar<G> sum;
      for (std::size_t k = 0; k < p.size(); ++k) {
        sum = ops::fma(sum, p[k], list[k][l]);
      }
      respond(sum);
    }
  }

  /// -sum of b_i*rho_i, for each pair of a ciphertext.
  [[nodiscard]] secrets<G> nonce_of_sum(const secrets<G>& b) const {
    const std::size_t w = shape_.width();
    secrets<G> out(w);
    for (std::size_t i = 0; i < b.size(); ++i) {
      for (std::size_t l = 0; l < w; ++l) {
        out[l] = ops::fma(out[l], b[i], prepared_.rho()[i * w + l]);
      }
    }
    for (auto& s : out) {
      s = ops::neg(s);
    }
    return out;
  }

  const shuffle_prover_tables<G>& tables_;
  const shuffle_shape shape_;
  const shuffle_lists<G>& lists_;
  const shuffle_preparation<G>& prepared_;
  prover_nonces nonces_;
  std::uint32_t next_nonce_ = 0;
  native_challenges<G> challenges_;
  encoded_elements<G> elements_;
  std::vector<scalar> scalars_;
};

}  // namespace shuffling

template <proving_group G>
shuffle_prover_tables<G>::shuffle_prover_tables(const shuffle_election<G>& election)
    : election_(&election), key_(election.joint_key().element()), blind_(election.blind()) {
  const auto all = election.vector();
  for (std::size_t from = 0; from < all.size(); from += block) {
    vector_.emplace_back(all.subspan(from, std::min(block, all.size() - from)));
  }
}

template <proving_group G>
std::vector<secret_element<G>> shuffle_prover_tables<G>::commit(
    std::span<const opening> openings) const {
  std::vector<secret_element<G>> out;
  for (const opening& one : openings) {
    SANDOQ_EXPECTS(one.values.size() <= election_->vector().size(), "a base for each value");
    out.push_back(blind_.mul(one.blind));
  }
  for (std::size_t at = 0; at < vector_.size(); ++at) {
    for (std::size_t i = 0; i < openings.size(); ++i) {
      const auto& values = openings[i].values;
      if (at * block < values.size()) {
        const auto some = values.subspan(at * block, std::min(block, values.size() - at * block));
        out[i] = secret_ops<G>::add(out[i], vector_[at].msm(some));
      }
    }
  }
  return out;
}

template <proving_group G>
shuffle_preparation<G> shuffle_preparation<G>::make(const shuffle_prover_tables<G>& tables,
                                                    const shuffle_shape& shape,
                                                    random_source& source) {
  const auto some = [&](std::size_t count) {
    std::vector<secret_scalar<G>> out;
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      out.push_back(secret_ops<G>::random_scalar(source));
    }
    return out;
  };
  return of(tables, shape, secret_permutation::random(shape.total(), source),
            some(shape.total() * shape.width()), some(shape.rows()));
}

template <proving_group G>
shuffle_preparation<G> shuffle_preparation<G>::of(const shuffle_prover_tables<G>& tables,
                                                  const shuffle_shape& shape,
                                                  secret_permutation permutation,
                                                  std::vector<secret_scalar<G>> rho,
                                                  std::vector<secret_scalar<G>> r) {
  SANDOQ_EXPECTS(permutation.size() == shape.total() && r.size() == shape.rows() &&
                     rho.size() == shape.total() * shape.width(),
                 "a permutation, nonces and blinds for this shape");
  SANDOQ_EXPECTS(shape.bases() <= tables.election().vector().size(),
                 "the election has bases for its longest row");
  shuffle_preparation out(shape, std::move(permutation));
  out.rho_ = std::move(rho);
  out.r_ = std::move(r);
  out.factors_.reserve(2 * out.rho_.size());
  constexpr std::size_t block = 2048;
  for (std::size_t from = 0; from < out.rho_.size(); from += block) {
    const auto some = out.rho().subspan(from, std::min(block, out.rho_.size() - from));
    auto alphas = secret_ops<G>::mul_base_each(some);
    auto betas = tables.key().mul_each(some);
    for (std::size_t i = 0; i < some.size(); ++i) {
      out.factors_.push_back(std::move(alphas[i]));
      out.factors_.push_back(std::move(betas[i]));
    }
  }
  out.commit(tables);
  return out;
}

template <proving_group G>
shuffle_preparation<G> shuffle_preparation<G>::shortened(const shuffle_prover_tables<G>& tables,
                                                         const shuffle_shape& shape) && {
  SANDOQ_EXPECTS(shape.width() == shape_.width() && shape.total() <= permutation_.size() &&
                     shape.rows() <= r_.size(),
                 "a preparation of the same width, as long at least and never used");
  SANDOQ_EXPECTS(shape.bases() <= tables.election().vector().size(),
                 "the election has bases for its longest row");
  if (shape == shape_) {
    return std::move(*this);
  }
  shuffle_preparation out(shape, permutation_.of_first(shape.total()));
  const auto cut = [](auto list, std::size_t count) {
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(count), list.end());
    return list;
  };
  out.rho_ = cut(std::move(rho_), shape.total() * shape.width());
  out.r_ = cut(std::move(r_), shape.rows());
  out.factors_ = cut(std::move(factors_), shape.total() * shape.step());
  out.commit(tables);
  return out;
}

template <proving_group G>
void shuffle_preparation<G>::commit(const shuffle_prover_tables<G>& tables) {
  std::vector<secret_scalar<G>> values;
  values.reserve(shape_.total());
  for (const auto& index : permutation_.order()) {
    values.push_back(secret_ops<G>::scalar_from_u64(secret<std::uint64_t>::made_by(
        [&]() noexcept { return std::uint64_t{expose_for_secret_ops(index)}; })));
  }
  std::vector<typename shuffle_prover_tables<G>::opening> openings;
  const std::size_t n = shape_.columns();
  for (std::size_t row = 0; row < shape_.rows(); ++row) {
    openings.push_back({std::span<const secret_scalar<G>>(values).subspan(row * n, n), r_[row]});
  }
  std::vector<element_of<G>> c_A;
  for (const auto& c : tables.commit(openings)) {
    c_A.push_back(declassify<"c_A hides the permutation perfectly behind r*H">(c));
  }
  c_A_ = encoded_elements<G>(std::move(c_A));
}

template <proving_group G>
result<shuffled_list<G>> shuffle_with_seed(const shuffle_prover_tables<G>& tables,
                                           const shuffle_context<G>& context,
                                           encoded_elements<G> inputs,
                                           shuffle_preparation<G> prepared,
                                           const nonce_seed& seed) {
  SANDOQ_EXPECTS(&context.election == &tables.election(), "tables of the same election");
  const shuffle_shape& shape = prepared.shape();
  if (inputs.size() != shape.size() * shape.step()) {
    return fail(errc::bad_statement, "shuffle",
                "the list has not the number of ciphertexts that was prepared for");
  }
  std::vector<element_of<G>> outputs;
  outputs.reserve(shape.total() * shape.step());
  prepared.permutation().arrange(
      inputs.elements(), shape.step(), G::identity(), [&](std::size_t i, auto ciphertext) {
        for (std::size_t place = 0; place < shape.step(); ++place) {
          outputs.push_back(declassify<"an output hides its input behind a fresh encryption of 0">(
              secret_ops<G>::add(ciphertext[place], prepared.factors()[i * shape.step() + place])));
        }
      });
  prepared.drop_factors();
  auto lists =
      shuffle_lists<G>::make(shape, std::move(inputs), encoded_elements<G>(std::move(outputs)));
  if (!lists) {
    return tl::unexpected<error>(std::move(lists.error()));
  }
  const transcript opened = open_transcript(context, *lists);
  auto proof = shuffling::prover<G>(tables, *lists, prepared, opened, seed).prove();
  if (!proof) {
    return tl::unexpected<error>(std::move(proof.error()));
  }
  return shuffled_list<G>{std::move(*lists), std::move(*proof)};
}

template <proving_group G>
result<shuffled_list<G>> shuffle(const shuffle_prover_tables<G>& tables,
                                 const shuffle_context<G>& context, encoded_elements<G> inputs,
                                 shuffle_preparation<G> prepared, random_source& source) {
  return shuffle_with_seed(tables, context, std::move(inputs), std::move(prepared),
                           random_secret<32>(source));
}

}  // namespace sandoq
