#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sandoq/core/choice.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/group/secret_ops.hpp"

namespace sandoq {

/// Constant time in every secret argument, in choices, and in public ones beside them. SPEC(10.7)
template <>
struct secret_ops<ristretto255> {
  /// Integers mod q.
  using scalar = ristretto255::scalar;
  /// Group elements.
  using element = ristretto255::element;

  /// Uniform: 64 bytes of the source, reduced. May be 0 with probability 2^-252.
  [[nodiscard]] static secret<scalar> random_scalar(random_source& source) noexcept;
  /// 64 secret bytes, little-endian, reduced mod q.
  [[nodiscard]] static secret<scalar> scalar_from_wide(const secret<byte_array<64>>& wide) noexcept;
  /// The same.                                                                           SPEC(30.4)
  [[nodiscard]] static secret<scalar> scalar_from_nonce_bytes(
      const secret<byte_array<ristretto255::nonce_bytes>>& wide) noexcept {
    return scalar_from_wide(wide);
  }
  /// The scalar of that number.
  [[nodiscard]] static secret<scalar> scalar_from_u64(const secret<std::uint64_t>& value) noexcept;
  /// 1 or 0.
  [[nodiscard]] static secret<scalar> scalar_from_choice(choice bit) noexcept;
  /// out_of_range if >= q; only whether it is in range becomes public.
  [[nodiscard]] static result<secret<scalar>> decode_scalar(const secret<byte_array<32>>& in);
  /// 32 bytes, little-endian: the one canonical form.
  [[nodiscard]] static secret<byte_array<32>> encode_scalar(const secret<scalar>& x) noexcept;

  /// a + b mod q.
  [[nodiscard]] static secret<scalar> add(const secret<scalar>& a,
                                          const secret<scalar>& b) noexcept;
  /// a + b mod q, b public.
  [[nodiscard]] static secret<scalar> add(const secret<scalar>& a, const scalar& b) noexcept;
  /// a - b mod q.
  [[nodiscard]] static secret<scalar> sub(const secret<scalar>& a,
                                          const secret<scalar>& b) noexcept;
  /// a - b mod q, b public.
  [[nodiscard]] static secret<scalar> sub(const secret<scalar>& a, const scalar& b) noexcept;
  /// a - b mod q, a public.
  [[nodiscard]] static secret<scalar> sub(const scalar& a, const secret<scalar>& b) noexcept;
  /// -a mod q.
  [[nodiscard]] static secret<scalar> neg(const secret<scalar>& a) noexcept;
  /// a*b mod q.
  [[nodiscard]] static secret<scalar> mul(const secret<scalar>& a,
                                          const secret<scalar>& b) noexcept;
  /// a*b mod q, b public.
  [[nodiscard]] static secret<scalar> mul(const secret<scalar>& a, const scalar& b) noexcept;
  /// 1/a; 0 for a = 0.
  [[nodiscard]] static secret<scalar> invert(const secret<scalar>& a) noexcept;
  /// k + c*x: the response of a sigma protocol.
  [[nodiscard]] static secret<scalar> fma(const secret<scalar>& k, const scalar& c,
                                          const secret<scalar>& x) noexcept;
  /// k + c*x, the challenge secret too: which branch of a disjunction it is for must not show.
  [[nodiscard]] static secret<scalar> fma(const secret<scalar>& k, const secret<scalar>& c,
                                          const secret<scalar>& x) noexcept;
  /// if_true where c holds, otherwise if_false; both are read.
  [[nodiscard]] static secret<scalar> select(choice c, const secret<scalar>& if_true,
                                             const secret<scalar>& if_false) noexcept;
  /// True iff a = 0.
  [[nodiscard]] static choice is_zero(const secret<scalar>& a) noexcept;

  /// x*e. Fixed 4-bit windows over a masked scan of 8 multiples. Cost: 252 doublings, 71 additions.
  [[nodiscard]] static secret<element> mul(const secret<scalar>& x, const element& e) noexcept;
  /// x*e for an element that is secret too. Cost: as above.
  [[nodiscard]] static secret<element> mul(const secret<scalar>& x,
                                           const secret<element>& e) noexcept;
  /// x*G, from a table made once. Cost: as fixed_base_table::mul.
  [[nodiscard]] static secret<element> mul_base(const secret<scalar>& x);
  /// Sum of xs[i]*es[i]. 1,024 at a time share their doublings, so that a term of a long sum costs
  /// 71 additions in a lane, 0.3 of a product of mul_each. \pre equal sizes
  [[nodiscard]] static secret<element> msm(std::span<const secret<scalar>> xs,
                                           std::span<const element> es);
  /// xs[i]*es[i] for all i. Cost a product: as mul, divided by what the kernel's lanes save.
  /// \pre equal sizes
  [[nodiscard]] static std::vector<secret<element>> mul_each(std::span<const secret<scalar>> xs,
                                                             std::span<const element> es);
  /// x*es[i] for all i: one scalar, of which no copies are made. Cost a product: as above.
  [[nodiscard]] static std::vector<secret<element>> mul_each(const secret<scalar>& x,
                                                             std::span<const element> es);
  /// xs[i]*G for all i. Cost: as fixed_base_table::mul_each.
  [[nodiscard]] static std::vector<secret<element>> mul_base_each(
      std::span<const secret<scalar>> xs);
  /// a + b.
  [[nodiscard]] static secret<element> add(const secret<element>& a,
                                           const secret<element>& b) noexcept;
  /// a + b, b public.
  [[nodiscard]] static secret<element> add(const secret<element>& a, const element& b) noexcept;
  /// a - b.
  [[nodiscard]] static secret<element> sub(const secret<element>& a,
                                           const secret<element>& b) noexcept;
  /// a - b, b public.
  [[nodiscard]] static secret<element> sub(const secret<element>& a, const element& b) noexcept;
  /// a - b, a public.
  [[nodiscard]] static secret<element> sub(const element& a, const secret<element>& b) noexcept;
  /// -a.
  [[nodiscard]] static secret<element> neg(const secret<element>& a) noexcept;
  /// if_true where c holds, otherwise if_false; both are read.
  [[nodiscard]] static secret<element> select(choice c, const element& if_true,
                                              const element& if_false) noexcept;
  /// The same between secret elements.
  [[nodiscard]] static secret<element> select(choice c, const secret<element>& if_true,
                                              const secret<element>& if_false) noexcept;
  /// a + b where bit holds, otherwise a; the addition is always done.
  [[nodiscard]] static secret<element> add_if(choice bit, const secret<element>& a,
                                              const element& b) noexcept;
  /// The element whose encoding is 2*(256*m + ctr) for the smallest ctr in 0..255 for which that is
  /// one; all 256 are tried. m: 31 bytes, little-endian, 1 to 2^240.
  /// \return whether there is one; if not (probability 2^-106), out is the identity
  /// Cost: 256 inverse square roots.                                                  SPEC(47.2)
  [[nodiscard]] static choice element_of_number(secret<element>& out,
                                                const secret<byte_array<31>>& m) noexcept;
  /// The one canonical encoding. Cost: one inverse square root.
  [[nodiscard]] static secret<byte_array<32>> encode(const secret<element>& e) noexcept;
};

/// A comb of 51 rows of 16 multiples, 98 kB, made with 816 additions, 255 doublings and one
/// inversion, in the layout of the processor's kernel; every entry of a row is read each time.
/// Immutable once made.
template <>
class fixed_base_table<ristretto255> {
 public:
  /// Makes the table of that base.
  explicit fixed_base_table(const ristretto255::element& base);
  fixed_base_table(fixed_base_table&&) noexcept;
  fixed_base_table& operator=(fixed_base_table&&) noexcept;
  fixed_base_table(const fixed_base_table&) = delete;
  fixed_base_table& operator=(const fixed_base_table&) = delete;
  ~fixed_base_table();

  [[nodiscard]] const ristretto255::element& base() const noexcept { return base_; }
  /// x*B. Constant time in x. Cost: as much as mul_each of as many as the kernel has lanes.
  [[nodiscard]] secret<ristretto255::element> mul(const secret<ristretto255::scalar>& x) const;
  /// xs[i]*B for all i. Constant time in xs. Cost a product: 51 mixed additions in a lane.
  [[nodiscard]] std::vector<secret<ristretto255::element>> mul_each(
      std::span<const secret<ristretto255::scalar>> xs) const;

 private:
  struct combs;
  ristretto255::element base_;
  std::unique_ptr<const combs> combs_;
};

static_assert(proving_group<ristretto255>);

/// Multiples of four powers of each base, 3.8 kB a base: n terms take 64*n/lanes mixed additions
/// and 60 doublings, whatever n. Immutable once made.
template <>
class fixed_bases_table<ristretto255> {
 public:
  /// Makes the tables. Cost a base: 192 doublings and 32 additions.
  explicit fixed_bases_table(std::span<const ristretto255::element> bases);
  fixed_bases_table(fixed_bases_table&&) noexcept;
  fixed_bases_table& operator=(fixed_bases_table&&) noexcept;
  fixed_bases_table(const fixed_bases_table&) = delete;
  fixed_bases_table& operator=(const fixed_bases_table&) = delete;
  ~fixed_bases_table();

  [[nodiscard]] std::span<const ristretto255::element> bases() const noexcept { return bases_; }
  /// Sum of xs[i]*bases[i]. Constant time in the scalars. \pre not more scalars than bases
  [[nodiscard]] secret<ristretto255::element> msm(
      std::span<const secret<ristretto255::scalar>> xs) const;

 private:
  struct packed;
  std::vector<ristretto255::element> bases_;
  std::unique_ptr<const packed> packed_;
};

}  // namespace sandoq
