#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/choice.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"
#include "sandoq/group/integer_group.hpp"
#include "sandoq/group/secret_ops.hpp"

namespace sandoq {

/// Constant time in every secret argument, in choices, and in public ones beside them, as far as
/// GMP's functions for cryptography (mpn_sec_*, mpn_cnd_*) and the kernels with vector lanes are:
/// numbers of fixed length, scratch that is wiped. SPEC(12.7)
template <class Parameters>
struct secret_ops<integer_group<Parameters>> {
  using group = integer_group<Parameters>;                             ///< the group itself
  using scalar = typename group::scalar;                               ///< of the group
  using element = typename group::element;                             ///< of the group
  using scalar_octets = std::array<std::byte, group::scalar_bytes>;    ///< an encoded scalar
  using element_octets = std::array<std::byte, group::element_bytes>;  ///< an encoded element

  /// Uniform: nonce_bytes bytes of the source, reduced.
  [[nodiscard]] static secret<scalar> random_scalar(random_source& source);
  /// 64 secret bytes, little-endian, reduced mod q; short where q is longer. Not for nonces.
  [[nodiscard]] static secret<scalar> scalar_from_wide(const secret<byte_array<64>>& wide);
  /// nonce_bytes secret bytes, little-endian, reduced mod q.
  [[nodiscard]] static secret<scalar> scalar_from_nonce_bytes(
      const secret<byte_array<group::nonce_bytes>>& wide);
  /// The scalar of that number.
  [[nodiscard]] static secret<scalar> scalar_from_u64(const secret<std::uint64_t>& value);
  /// 1 or 0.
  [[nodiscard]] static secret<scalar> scalar_from_choice(choice bit);
  /// out_of_range if >= q; only whether it is in range becomes public.
  [[nodiscard]] static result<secret<scalar>> decode_scalar(const secret<scalar_octets>& in);
  /// The one canonical encoding.
  [[nodiscard]] static secret<scalar_octets> encode_scalar(const secret<scalar>& x);

  /// a + b mod q.
  [[nodiscard]] static secret<scalar> add(const secret<scalar>& a, const secret<scalar>& b);
  /// a + b mod q, b public.
  [[nodiscard]] static secret<scalar> add(const secret<scalar>& a, const scalar& b);
  /// a - b mod q.
  [[nodiscard]] static secret<scalar> sub(const secret<scalar>& a, const secret<scalar>& b);
  /// a - b mod q, b public.
  [[nodiscard]] static secret<scalar> sub(const secret<scalar>& a, const scalar& b);
  /// a - b mod q, a public.
  [[nodiscard]] static secret<scalar> sub(const scalar& a, const secret<scalar>& b);
  /// -a mod q.
  [[nodiscard]] static secret<scalar> neg(const secret<scalar>& a);
  /// a*b mod q.
  [[nodiscard]] static secret<scalar> mul(const secret<scalar>& a, const secret<scalar>& b);
  /// a*b mod q, b public.
  [[nodiscard]] static secret<scalar> mul(const secret<scalar>& a, const scalar& b);
  /// 1/a; 0 for a = 0.
  [[nodiscard]] static secret<scalar> invert(const secret<scalar>& a);
  /// k + c*x: the response of a sigma protocol.
  [[nodiscard]] static secret<scalar> fma(const secret<scalar>& k, const scalar& c,
                                          const secret<scalar>& x);
  /// k + c*x, the challenge secret too.
  [[nodiscard]] static secret<scalar> fma(const secret<scalar>& k, const secret<scalar>& c,
                                          const secret<scalar>& x);
  /// if_true where c holds, otherwise if_false; both are read.
  [[nodiscard]] static secret<scalar> select(choice c, const secret<scalar>& if_true,
                                             const secret<scalar>& if_false);
  /// True iff a = 0.
  [[nodiscard]] static choice is_zero(const secret<scalar>& a);

  /// x*e: mpn_sec_powm, all q_bits bits of the exponent.
  [[nodiscard]] static secret<element> mul(const secret<scalar>& x, const element& e);
  /// x*e for an element that is secret too. Cost: as above.
  [[nodiscard]] static secret<element> mul(const secret<scalar>& x, const secret<element>& e);
  /// x*G. Cost: as above.
  [[nodiscard]] static secret<element> mul_base(const secret<scalar>& x);
  /// Sum of xs[i]*es[i]. Cost: n multiplications; in vector lanes, with shared doublings, about a
  /// tenth of it. \pre equal sizes
  [[nodiscard]] static secret<element> msm(std::span<const secret<scalar>> xs,
                                           std::span<const element> es);
  /// xs[i]*es[i] for all i. Cost: n multiplications. \pre equal sizes
  [[nodiscard]] static std::vector<secret<element>> mul_each(std::span<const secret<scalar>> xs,
                                                             std::span<const element> es) {
    SANDOQ_EXPECTS(xs.size() == es.size(), "one scalar for each element");
    return one_by_one(xs.size(), [&](std::size_t i) { return mul(xs[i], es[i]); });
  }
  /// xs[i]*e for all i. Cost: n multiplications; in vector lanes, from eight on, about a tenth.
  [[nodiscard]] static std::vector<secret<element>> mul_each(std::span<const secret<scalar>> xs,
                                                             const element& e);
  /// xs[i]*G for all i. Cost: as above.
  [[nodiscard]] static std::vector<secret<element>> mul_base_each(
      std::span<const secret<scalar>> xs);
  /// a + b.
  [[nodiscard]] static secret<element> add(const secret<element>& a, const secret<element>& b);
  /// a + b, b public.
  [[nodiscard]] static secret<element> add(const secret<element>& a, const element& b);
  /// a - b. Cost: a negation and an addition.
  [[nodiscard]] static secret<element> sub(const secret<element>& a, const secret<element>& b);
  /// a - b, b public.
  [[nodiscard]] static secret<element> sub(const secret<element>& a, const element& b);
  /// a - b, a public. Cost: a negation and an addition.
  [[nodiscard]] static secret<element> sub(const element& a, const secret<element>& b);
  /// -a. Cost: mpn_sec_invert, which is of the order of a multiplication.
  [[nodiscard]] static secret<element> neg(const secret<element>& a);
  /// if_true where c holds, otherwise if_false; both are read.
  [[nodiscard]] static secret<element> select(choice c, const element& if_true,
                                              const element& if_false);
  /// The same between secret elements.
  [[nodiscard]] static secret<element> select(choice c, const secret<element>& if_true,
                                              const secret<element>& if_false);
  /// a + b where bit holds, otherwise a; the addition is always done.
  [[nodiscard]] static secret<element> add_if(choice bit, const secret<element>& a,
                                              const element& b);
  [[nodiscard]] static secret<element_octets> encode(const secret<element>& e);
};

/// The base alone: one multiplication costs what it does by any base, many at once cost less.
template <class Parameters>
class fixed_base_table<integer_group<Parameters>> {
 public:
  using group = integer_group<Parameters>;  ///< the group itself

  /// Keeps the base.
  explicit fixed_base_table(const typename group::element& base) : base_(base) {}

  [[nodiscard]] const typename group::element& base() const noexcept { return base_; }
  /// x*B. Constant time in x.
  [[nodiscard]] secret<typename group::element> mul(const secret<typename group::scalar>& x) const {
    return secret_ops<group>::mul(x, base_);
  }
  /// xs[i]*B for all i.
  [[nodiscard]] std::vector<secret<typename group::element>> mul_each(
      std::span<const secret<typename group::scalar>> xs) const {
    return secret_ops<group>::mul_each(xs, base_);
  }

 private:
  typename group::element base_;
};

extern template struct secret_ops<modp4096>;
extern template struct secret_ops<modp4096_v1>;
extern template struct secret_ops<belenios2048>;
extern template struct secret_ops<rfc3526_2048>;
extern template struct secret_ops<swisspost3072>;
extern template struct secret_ops<swisspost3072_tt05>;

static_assert(proving_group<modp4096> && proving_group<modp4096_v1> &&
              proving_group<belenios2048> && proving_group<rfc3526_2048> &&
              proving_group<swisspost3072> && proving_group<swisspost3072_tt05>);

}  // namespace sandoq
