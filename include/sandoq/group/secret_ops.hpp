#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

#include "sandoq/core/choice.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"
#include "sandoq/group/concept.hpp"

namespace sandoq {

/// Constant-time work on secret scalars, for provers only. Specialised by each backend in
/// the `_secret` header of its group. Whatever is computed from a secret comes back as a secret: an
/// element x*B is a secret<element> until the caller declassifies it with a reason
/// (docs/side_channels.md).
template <class G>
struct secret_ops;

/// Multiples of one public base, laid out for constant-time multiplication by secrets.
template <class G>
class fixed_base_table;

/// A scalar that must not become known.
template <prime_order_group G>
using secret_scalar = secret<typename G::scalar>;
/// An element that must not become known, or not yet.
template <prime_order_group G>
using secret_element = secret<typename G::element>;

/// A group with everything that a prover needs of it.
template <class G>
concept proving_group = prime_order_group<G> && std::constructible_from < fixed_base_table<G>,
const typename G::element& >
    &&requires(const typename G::scalar c, const typename G::element e,
               const secret<typename G::scalar>& x, const secret<typename G::element>& p,
               std::span<const secret<typename G::scalar>> xs,
               std::span<const typename G::element> es, choice bit, random_source& random,
               const secret<std::array<std::byte, 64>>& wide,
               const secret<std::array<std::byte, G::nonce_bytes>>& nonce,
               const secret<std::uint64_t>& small,
               const secret<std::array<std::byte, G::scalar_bytes>>& scalar_octets,
               const fixed_base_table<G>& table) {
  // scalars
  { secret_ops<G>::random_scalar(random) } -> std::same_as<secret<typename G::scalar>>;
  { secret_ops<G>::scalar_from_wide(wide) } -> std::same_as<secret<typename G::scalar>>;
  { secret_ops<G>::scalar_from_nonce_bytes(nonce) } -> std::same_as<secret<typename G::scalar>>;
  { secret_ops<G>::scalar_from_u64(small) } -> std::same_as<secret<typename G::scalar>>;
  { secret_ops<G>::scalar_from_choice(bit) } -> std::same_as<secret<typename G::scalar>>;
  {
    secret_ops<G>::decode_scalar(scalar_octets)
    } -> std::same_as<result<secret<typename G::scalar>>>;
  {
    secret_ops<G>::encode_scalar(x)
    } -> std::same_as<secret<std::array<std::byte, G::scalar_bytes>>>;
  { secret_ops<G>::add(x, x) } -> std::same_as<secret<typename G::scalar>>;
  { secret_ops<G>::add(x, c) } -> std::same_as<secret<typename G::scalar>>;
  { secret_ops<G>::sub(x, x) } -> std::same_as<secret<typename G::scalar>>;
  { secret_ops<G>::sub(x, c) } -> std::same_as<secret<typename G::scalar>>;
  { secret_ops<G>::sub(c, x) } -> std::same_as<secret<typename G::scalar>>;
  { secret_ops<G>::neg(x) } -> std::same_as<secret<typename G::scalar>>;
  { secret_ops<G>::mul(x, x) } -> std::same_as<secret<typename G::scalar>>;
  { secret_ops<G>::mul(x, c) } -> std::same_as<secret<typename G::scalar>>;
  { secret_ops<G>::invert(x) } -> std::same_as<secret<typename G::scalar>>;
  { secret_ops<G>::fma(x, c, x) } -> std::same_as<secret<typename G::scalar>>;  // k + c*x
  { secret_ops<G>::fma(x, x, x) } -> std::same_as<secret<typename G::scalar>>;
  { secret_ops<G>::select(bit, x, x) } -> std::same_as<secret<typename G::scalar>>;
  { secret_ops<G>::is_zero(x) } -> std::same_as<choice>;
  // elements
  { secret_ops<G>::mul(x, e) } -> std::same_as<secret<typename G::element>>;
  { secret_ops<G>::mul(x, p) } -> std::same_as<secret<typename G::element>>;
  { secret_ops<G>::mul_base(x) } -> std::same_as<secret<typename G::element>>;
  { table.mul(x) } -> std::same_as<secret<typename G::element>>;
  { secret_ops<G>::msm(xs, es) } -> std::same_as<secret<typename G::element>>;
  // many at once: xs[i]*es[i], xs[i]*G, xs[i]*B
  { secret_ops<G>::mul_each(xs, es) } -> std::same_as<std::vector<secret<typename G::element>>>;
  { secret_ops<G>::mul_base_each(xs) } -> std::same_as<std::vector<secret<typename G::element>>>;
  { table.mul_each(xs) } -> std::same_as<std::vector<secret<typename G::element>>>;
  { secret_ops<G>::add(p, p) } -> std::same_as<secret<typename G::element>>;
  { secret_ops<G>::add(p, e) } -> std::same_as<secret<typename G::element>>;
  { secret_ops<G>::sub(p, p) } -> std::same_as<secret<typename G::element>>;
  { secret_ops<G>::sub(e, p) } -> std::same_as<secret<typename G::element>>;
  { secret_ops<G>::neg(p) } -> std::same_as<secret<typename G::element>>;
  { secret_ops<G>::select(bit, e, e) } -> std::same_as<secret<typename G::element>>;
  { secret_ops<G>::select(bit, p, p) } -> std::same_as<secret<typename G::element>>;
  { secret_ops<G>::add_if(bit, p, e) } -> std::same_as<secret<typename G::element>>;
  { secret_ops<G>::encode(p) } -> std::same_as<secret<std::array<std::byte, G::element_bytes>>>;
};

/// multiply(i) for i < n: for backends to which many at once are nothing special.
template <class Multiply>
[[nodiscard]] auto one_by_one(std::size_t n, Multiply&& multiply) {
  std::vector<std::invoke_result_t<Multiply&, std::size_t>> out;
  out.reserve(n);
  for (std::size_t i = 0; i < n; ++i) {
    out.push_back(multiply(i));
  }
  return out;
}

/// Several public bases that are multiplied by secrets and added up again and again.
template <class G>
class fixed_bases_table {
 public:
  /// Prepares the bases.
  explicit fixed_bases_table(std::span<const typename G::element> bases)
      : bases_(bases.begin(), bases.end()) {}

  [[nodiscard]] std::span<const typename G::element> bases() const noexcept { return bases_; }
  /// Sum of xs[i]*bases[i]. Constant time in the scalars. \pre not more scalars than bases
  [[nodiscard]] secret<typename G::element> msm(
      std::span<const secret<typename G::scalar>> xs) const {
    SANDOQ_EXPECTS(xs.size() <= bases_.size(), "a base for each scalar");
    return secret_ops<G>::msm(xs, std::span(bases_).first(xs.size()));
  }

 private:
  std::vector<typename G::element> bases_;
};

}  // namespace sandoq
