#pragma once

// What the arguments of section 48 are given: commitments with their bytes, sums of multiples of
// given elements, ciphertexts of any layout, and the parts of a proof.

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/group/concept.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/proofs/equation_sink.hpp"

namespace sandoq::shuffling {

/// Elements of a proof that are announced together, and their bytes.
template <prime_order_group G>
struct announced {
  std::span<const element_of<G>> elements;
  byte_view octets;

  announced() = default;
  explicit announced(const encoded_elements<G>& list)
      : elements(list.elements()), octets(list.octets()) {}
  announced(const encoded_elements<G>& list, std::size_t first, std::size_t count)
      : elements(list.elements().subspan(first, count)), octets(list.octets(first, count)) {}
  [[nodiscard]] const element_of<G>& operator[](std::size_t i) const { return elements[i]; }
  [[nodiscard]] std::size_t size() const noexcept { return elements.size(); }
};

/// Where H and G_1, G_2, ... stand in the sink's table.
struct commitment_key {
  base_index blind;
  base_index vector;
};

/// A sum of multiples of given elements and of the commitment key, which nobody computes before it
/// stands in an equation.
template <prime_order_group G>
struct linear_sum {
  std::vector<scalar_of<G>> scalars;
  std::vector<element_of<G>> elements;
  scalar_of<G> blind{};
  std::vector<scalar_of<G>> vector;

  /// + s*E
  void add(const scalar_of<G>& s, const element_of<G>& E) {
    scalars.push_back(s);
    elements.push_back(E);
  }
  /// + factor*(other)
  void add(const scalar_of<G>& factor, const linear_sum& other) {
    for (std::size_t i = 0; i < other.elements.size(); ++i) {
      add(factor * other.scalars[i], other.elements[i]);
    }
    blind += factor * other.blind;
    reach(other.vector.size());
    for (std::size_t i = 0; i < other.vector.size(); ++i) {
      vector[i] += factor * other.vector[i];
    }
  }
  /// - com(values; r)
  void subtract_commitment(std::span<const scalar_of<G>> values, const scalar_of<G>& r) {
    blind -= r;
    reach(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      vector[i] -= values[i];
    }
  }
  /// + value*(G_1 + ... + G_count)
  void add_to_all(const scalar_of<G>& value, std::size_t count) {
    reach(count);
    for (std::size_t i = 0; i < count; ++i) {
      vector[i] += value;
    }
  }
  /// The element E itself.
  [[nodiscard]] static linear_sum of(const element_of<G>& E) {
    linear_sum out;
    out.add(G::scalar_from_u64(1), E);
    return out;
  }

 private:
  void reach(std::size_t count) {
    if (vector.size() < count) {
      vector.resize(count);
    }
  }
};

/// Each element as a sum.
template <prime_order_group G>
[[nodiscard]] std::vector<linear_sum<G>> sums_of(std::span<const element_of<G>> elements) {
  std::vector<linear_sum<G>> out;
  out.reserve(elements.size());
  for (const auto& e : elements) {
    out.push_back(linear_sum<G>::of(e));
  }
  return out;
}

/// One element of a ciphertext Enc(b; tau): tau[nonce]*base, + b[mask]*G where it has a mask.
struct ciphertext_place {
  std::size_t nonce;
  base_index base;
  std::optional<std::size_t> mask;
};
/// What a ciphertext consists of.                                                     SPEC(48.12)
using ciphertext_layout = std::vector<ciphertext_place>;

/// w pairs, each with a nonce and a mask of its own.                                   SPEC(48.1)
[[nodiscard]] inline ciphertext_layout pairs_layout(std::size_t width, base_index key) {
  ciphertext_layout out;
  for (std::size_t l = 0; l < width; ++l) {
    out.push_back({l, generator_base, std::nullopt});
    out.push_back({l, key, l});
  }
  return out;
}

/// Ciphertexts, element after element.
template <prime_order_group G>
struct ciphertext_list {
  std::span<const element_of<G>> elements;
  std::size_t step = 2;  ///< elements of a ciphertext

  [[nodiscard]] std::size_t size() const noexcept { return elements.size() / step; }
  [[nodiscard]] const element_of<G>& at(std::size_t i, std::size_t place) const {
    return elements[step * i + place];
  }
};

/// Sum of weights[i]*(ciphertext i).
template <prime_order_group G>
struct weighted_ciphertexts {
  std::span<const scalar_of<G>> weights;
  ciphertext_list<G> list;
};

/// c_d, c_delta, c_Delta; the first and the last product are set by the verifier.      SPEC(48.6)
template <prime_order_group G>
struct single_value_part {
  announced<G> commitments;
  std::span<const scalar_of<G>> a;
  std::span<const scalar_of<G>> p;  ///< p_2 ... p_{n-1}
  scalar_of<G> r{};
  scalar_of<G> s{};
};

/// c_A0, c_Bm, c_D0 ... c_D2m without c_D{m+1}, which is com(0; 0).                    SPEC(48.5)
template <prime_order_group G>
struct zero_part {
  announced<G> commitments;
  std::span<const scalar_of<G>> a;
  std::span<const scalar_of<G>> b;
  scalar_of<G> r{};
  scalar_of<G> s{};
  scalar_of<G> t{};
};

/// c_P2 ... c_Pm, the last of them c_b.                                                SPEC(48.4)
template <prime_order_group G>
struct hadamard_part {
  announced<G> commitments;
  zero_part<G> zero;
};

/// The first only if m > 1.                                                            SPEC(48.3)
template <prime_order_group G>
struct product_part {
  std::optional<hadamard_part<G>> hadamard;
  single_value_part<G> single;
};

/// c_A0, c_B0 ... c_B{2m-1} without c_Bm; E_0 ... E_{2m-1} without E_m.                SPEC(48.7)
template <prime_order_group G>
struct multi_exponentiation_part {
  announced<G> commitments;
  announced<G> E;
  std::span<const scalar_of<G>> a;
  scalar_of<G> r{};
  std::span<const scalar_of<G>> b;  ///< a mask each
  scalar_of<G> s{};
  std::span<const scalar_of<G>> tau;  ///< a nonce each
};

/// A whole proof.                                                                      SPEC(48.3)
template <prime_order_group G>
struct shuffle_part {
  announced<G> c_A;
  announced<G> c_B;
  product_part<G> product;
  multi_exponentiation_part<G> multi;
};

/// 1, x, x^2, ..., count of them.
template <prime_order_group G>
[[nodiscard]] std::vector<scalar_of<G>> powers_of(const scalar_of<G>& x, std::size_t count) {
  std::vector<scalar_of<G>> out(count, G::scalar_from_u64(1));
  for (std::size_t i = 1; i < count; ++i) {
    out[i] = out[i - 1] * x;
  }
  return out;
}

}  // namespace sandoq::shuffling
