#pragma once

// The arguments of section 48 as a verifier goes through them: for every group, every layout of
// ciphertexts and every profile of challenges.

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "proofs/shuffle/parts.core.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::shuffling {

/// Emits the equations of arguments, in the order of 48.8. Profile draws the challenges: one
/// function an argument, given its statement (sums that are not computed) and what the prover has
/// announced:
///   first(inputs, outputs, part) -> x             second(part) -> {y, z}
///   hadamard(c_A, c_b, part) -> {x, y}            zero(c_A, c_B, part) -> x
///   single_value_product(c, b, part) -> x         multi_exponentiation(D, C, c_A, part) -> x
/// each a result, with an error for a challenge that makes the proof invalid.
template <prime_order_group G, class Profile>
class argument {
 public:
  using scalar = scalar_of<G>;
  using sum = linear_sum<G>;

  argument(equation_sink<G>& sink, const commitment_key& key, const ciphertext_layout& layout,
           Profile& profile)
      : sink_(sink), key_(key), layout_(layout), profile_(profile) {}

  /// The values in c have the product b.                                               SPEC(48.6)
  [[nodiscard]] result<void> single_value_product(const sum& c, const scalar& b,
                                                  const single_value_part<G>& part) {
    const auto x = profile_.single_value_product(c, b, part);
    if (!x) {
      return tl::unexpected<error>(x.error());
    }
    const auto one = G::scalar_from_u64(1);
    sum opening;
    opening.add(*x, c);
    opening.add(one, part.commitments[0]);
    opening.subtract_commitment(part.a, part.r);
    emit(opening);

    const std::size_t n = part.a.size();
    std::vector<scalar> differences(n - 1);
    scalar p = part.a[0];  // p_1 and p_n are set, not read
    for (std::size_t i = 0; i + 1 < n; ++i) {
      const scalar next = i + 2 < n ? part.p[i] : *x * b;
      differences[i] = *x * next - p * part.a[i + 1];
      p = next;
    }
    sum products;
    products.add(*x, part.commitments[2]);
    products.add(one, part.commitments[1]);
    products.subtract_commitment(differences, part.s);
    emit(products);
    return {};
  }

  /// Sum over i = 1..m of a_i * b_{i-1} is 0, in the bilinear map that y gives.          SPEC(48.5)
  [[nodiscard]] result<void> zero(std::span<const sum> c_A, std::span<const sum> c_B,
                                  const scalar& y, const zero_part<G>& part) {
    const auto x = profile_.zero(c_A, c_B, part);
    if (!x) {
      return tl::unexpected<error>(x.error());
    }
    const std::size_t m = c_A.size();
    const auto p = powers_of<G>(*x, 2 * m + 1);
    sum left;
    left.add(p[0], part.commitments[0]);
    for (std::size_t i = 1; i <= m; ++i) {
      left.add(p[i], c_A[i - 1]);
    }
    left.subtract_commitment(part.a, part.r);
    emit(left);

    sum right;
    for (std::size_t j = 0; j < m; ++j) {
      right.add(p[m - j], c_B[j]);
    }
    right.add(p[0], part.commitments[1]);
    right.subtract_commitment(part.b, part.s);
    emit(right);

    sum both;
    for (std::size_t k = 0; k <= 2 * m; ++k) {
      if (k != m + 1) {  // c_D{m+1} = com(0; 0)
        both.add(p[k], part.commitments[2 + (k <= m ? k : k - 1)]);
      }
    }
    scalar product{};  // by Horner's rule
    for (std::size_t j = part.a.size(); j-- > 0;) {
      product = (product + part.a[j] * part.b[j]) * y;
    }
    both.subtract_commitment(std::span(&product, 1), part.t);
    emit(both);
    return {};
  }

  /// The vector in c_b is the product, place by place, of those in c_A.                SPEC(48.4)
  [[nodiscard]] result<void> hadamard(std::span<const sum> c_A, const sum& c_b,
                                      const hadamard_part<G>& part) {
    const auto drawn = profile_.hadamard(c_A, c_b, part);
    if (!drawn) {
      return tl::unexpected<error>(drawn.error());
    }
    const auto& [x, y] = *drawn;
    const std::size_t m = c_A.size();
    const auto p = powers_of<G>(x, m);
    std::vector<sum> left(c_A.begin() + 1, c_A.end());
    left.emplace_back().add_to_all(-G::scalar_from_u64(1), part.zero.a.size());
    std::vector<sum> right;
    sum last;
    for (std::size_t i = 1; i < m; ++i) {
      sum one;
      one.add(p[i], i == 1 ? c_A[0] : sum::of(part.commitments[i - 2]));  // c_P1 = c_A1
      right.push_back(std::move(one));
      last.add(p[i], i + 1 == m ? c_b : sum::of(part.commitments[i - 1]));
    }
    right.push_back(std::move(last));
    return zero(left, right, y, part.zero);
  }

  /// The product of all values in c_A is b.                                            SPEC(48.3)
  [[nodiscard]] result<void> product(std::span<const sum> c_A, const scalar& b,
                                     const product_part<G>& part) {
    if (!part.hadamard) {
      return single_value_product(c_A[0], b, part.single);
    }
    const auto& announced_products = part.hadamard->commitments;
    const sum c_b = sum::of(announced_products[announced_products.size() - 1]);
    if (auto done = hadamard(c_A, c_b, *part.hadamard); !done) {
      return done;
    }
    return single_value_product(c_b, b, part.single);
  }

  /// C = Enc(0; rho) + sum of a_i . D_i over the rows D_i, a_i in c_A.                 SPEC(48.7)
  [[nodiscard]] result<void> multi_exponentiation(const ciphertext_list<G>& D,
                                                  const weighted_ciphertexts<G>& C,
                                                  std::span<const sum> c_A,
                                                  const multi_exponentiation_part<G>& part) {
    const auto x = profile_.multi_exponentiation(D, C, c_A, part);
    if (!x) {
      return tl::unexpected<error>(x.error());
    }
    const std::size_t m = c_A.size();
    const auto p = powers_of<G>(*x, 2 * m);
    sum opening_of_rows;
    opening_of_rows.add(p[0], part.commitments[0]);
    for (std::size_t i = 1; i <= m; ++i) {
      opening_of_rows.add(p[i], c_A[i - 1]);
    }
    opening_of_rows.subtract_commitment(part.a, part.r);
    emit(opening_of_rows);

    sum masks;
    for (std::size_t k = 0; k < 2 * m; ++k) {
      if (k != m) {  // c_Bm = com(0; 0)
        masks.add(p[k], part.commitments[1 + (k < m ? k : k - 1)]);
      }
    }
    masks.subtract_commitment(part.b, part.s);
    emit(masks);
    emit_ciphertexts(D, C, p, part);
    return {};
  }

  /// The whole argument.                                                               SPEC(48.3)
  [[nodiscard]] result<void> shuffle(const ciphertext_list<G>& inputs,
                                     const ciphertext_list<G>& outputs,
                                     const shuffle_part<G>& part) {
    const auto x = profile_.first(inputs, outputs, part);
    if (!x) {
      return tl::unexpected<error>(x.error());
    }
    const auto drawn = profile_.second(part);
    if (!drawn) {
      return tl::unexpected<error>(drawn.error());
    }
    const auto& [y, z] = *drawn;
    const auto p = powers_of<G>(*x, inputs.size());
    const auto one = G::scalar_from_u64(1);
    std::vector<sum> c_D;
    for (std::size_t i = 0; i < part.c_A.size(); ++i) {
      sum& c = c_D.emplace_back();
      c.add(y, part.c_A[i]);
      c.add(one, part.c_B[i]);
      c.add_to_all(-z, inputs.size() / part.c_A.size());
    }
    scalar b = one;
    scalar yi{};
    for (const scalar& xi : p) {
      b *= yi + xi - z;
      yi += y;
    }
    if (auto done = product(c_D, b, part.product); !done) {
      return done;
    }
    const auto c_B = sums_of<G>(part.c_B.elements);
    return multi_exponentiation(outputs, {p, inputs}, c_B, part.multi);
  }

 private:
  void emit(const sum& s) {
    sink_.begin_equation();
    sink_.add(s.scalars, s.elements);
    sink_.add_base(key_.blind, s.blind);
    sink_.add_bases(key_.vector, s.vector);
  }

  /// Sum of x^k E_k - Enc(b; tau) - sum of x^(m-i) a . D_i = 0, with E_m = C, place by place.
  void emit_ciphertexts(const ciphertext_list<G>& D, const weighted_ciphertexts<G>& C,
                        const std::vector<scalar>& p, const multi_exponentiation_part<G>& part) {
    const std::size_t n = part.a.size();
    const std::size_t m = p.size() / 2;
    std::vector<scalar> of_C(C.weights.begin(), C.weights.end());
    for (scalar& s : of_C) {
      s *= p[m];
    }
    std::vector<scalar> of_D(D.size());
    for (std::size_t i = 0; i < of_D.size(); ++i) {
      of_D[i] = -(p[m - 1 - i / n] * part.a[i % n]);
    }
    const ciphertext_list<G> E{part.E.elements, layout_.size()};
    for (std::size_t place = 0; place < layout_.size(); ++place) {
      sink_.begin_equation();
      for (std::size_t k = 0; k < p.size(); ++k) {
        if (k != m) {
          sink_.add(p[k], E.at(k < m ? k : k - 1, place));
        }
      }
      for (std::size_t i = 0; i < of_C.size(); ++i) {
        sink_.add(of_C[i], C.list.at(i, place));
      }
      for (std::size_t i = 0; i < of_D.size(); ++i) {
        sink_.add(of_D[i], D.at(i, place));
      }
      const ciphertext_place& row = layout_[place];
      sink_.add_base(row.base, -part.tau[row.nonce]);
      if (row.mask) {
        sink_.add_base(generator_base, -part.b[*row.mask]);
      }
    }
  }

  equation_sink<G>& sink_;
  commitment_key key_;
  const ciphertext_layout& layout_;
  Profile& profile_;
};

}  // namespace sandoq::shuffling
