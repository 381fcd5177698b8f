#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/literal.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/concept.hpp"
#include "sandoq/group/integer_parameters.hpp"

namespace sandoq {

namespace detail {
struct integer_group_access;  // lib/group: reads and builds the limbs
}

/// The subgroup of prime order q of the integers modulo a prime p, for pinned p and q, written
/// additively: e + f is the product of residues, s*e a power. Elements and scalars are big-endian
/// bytes of fixed length. Public data only: everything here takes variable time.        SPEC(12.1)
template <class Parameters>
struct integer_group {
  static constexpr std::string_view name = Parameters::name;
  static constexpr std::size_t p_bits = Parameters::p_bits;
  static constexpr std::size_t q_bits = Parameters::q_bits;
  static constexpr membership_rule membership = Parameters::membership;
  static constexpr std::size_t p_limbs = (p_bits + 63) / 64;
  static constexpr std::size_t q_limbs = (q_bits + 63) / 64;
  static constexpr std::size_t element_bytes = (p_bits + 7) / 8;
  static constexpr std::size_t scalar_bytes = (q_bits + 7) / 8;
  /// Whole hash blocks with at least 128 bits more than a scalar.                        SPEC(30.4)
  static constexpr std::size_t nonce_bytes = 64 * ((q_bits + 128 + 511) / 512);

  /// An integer mod q, always reduced.                                                   SPEC(12.3)
  class scalar {
   public:
    constexpr scalar() = default;

    friend scalar operator+(const scalar& a, const scalar& b) { return sum_of(a, b); }
    friend scalar operator-(const scalar& a, const scalar& b) { return difference_of(a, b); }
    friend scalar operator*(const scalar& a, const scalar& b) { return product_of(a, b); }
    friend scalar operator-(const scalar& a) { return difference_of(scalar(), a); }
    friend bool operator==(const scalar& a, const scalar& b) noexcept = default;
    scalar& operator+=(const scalar& b) { return *this = *this + b; }
    scalar& operator-=(const scalar& b) { return *this = *this - b; }
    scalar& operator*=(const scalar& b) { return *this = *this * b; }

   private:
    friend struct detail::integer_group_access;
    static scalar sum_of(const scalar& a, const scalar& b);
    static scalar difference_of(const scalar& a, const scalar& b);
    static scalar product_of(const scalar& a, const scalar& b);

    std::array<std::uint64_t, q_limbs> limbs_{};  // little-endian, < q
  };

  /// A residue mod p of order q, or 1, which is the identity.
  class element {
   public:
    constexpr element() = default;

    /// Cost: a product and a division of p_limbs limbs.
    friend element operator+(const element& a, const element& b) { return sum_of(a, b); }
    /// Cost of a subtraction and a negation: an extended gcd.
    friend element operator-(const element& a, const element& b) { return sum_of(a, -b); }
    friend element operator-(const element& a) { return negative_of(a); }
    friend bool operator==(const element& a, const element& b) noexcept = default;
    element& operator+=(const element& b) { return *this = *this + b; }
    element& operator-=(const element& b) { return *this = *this - b; }

   private:
    friend struct detail::integer_group_access;
    static element sum_of(const element& a, const element& b);
    static element negative_of(const element& a);

    std::array<std::uint64_t, p_limbs> limbs_{1};  // little-endian, 0 < x < p
  };

  [[nodiscard]] static element identity() noexcept { return {}; }
  [[nodiscard]] static element generator() noexcept;
  /// The residue 1.
  [[nodiscard]] static bool is_identity(const element& e) noexcept { return e == element(); }

  /// The element of element_bytes bytes; bad_encoding for another length or a number of p and
  /// above, not_in_group for 0 and what is not in the subgroup. Accepts the identity, 1. Cost: a
  /// Jacobi symbol, or a power by q where the rule asks for one.                 SPEC(12.4)
  [[nodiscard]] static result<element> decode(byte_view in);
  [[nodiscard]] static std::array<std::byte, element_bytes> encode(const element& e) noexcept;
  /// Decodes out.size() elements. On failure the error names the first bad index ("element 7") and
  /// `out` holds no meaning. With batch_jacobi the answer is right except with probability 2^-128
  /// per attempt of whoever made the bytes. \pre in.size() == element_bytes * out.size()
  /// Cost with batch_jacobi: n Jacobi symbols, n short powers in one sum, one power by q.
  /// SPEC(12.5)
  [[nodiscard]] static result<void> decode_batch(std::span<element> out, byte_view in);
  /// \pre out.size() == element_bytes * in.size()
  static void encode_batch(byte_span out, std::span<const element> in) noexcept;

  /// The sum of n elements; the identity for n = 0.
  [[nodiscard]] static element sum(std::span<const element> elements);
  /// accumulators[i] += addends[i]. \pre equal sizes
  static void add_many(std::span<element> accumulators, std::span<const element> addends);
  /// accumulators[c] += addends[row * n + c] for all rows, n accumulators. Cost of many rows: a
  /// Montgomery product a term, in the lanes of a kernel.
  /// \pre accumulators.size() > 0 divides addends.size()
  static void add_columns(std::span<element> accumulators, std::span<const element> addends);

  /// -s.
  [[nodiscard]] static scalar neg(const scalar& s) { return -s; }
  /// 1/s; 0 for s = 0.
  [[nodiscard]] static scalar invert(const scalar& s);
  /// The scalar of that number.
  [[nodiscard]] static scalar scalar_from_u64(std::uint64_t value) noexcept;
  /// 64 bytes, little-endian, reduced mod q: a challenge. Where q is longer than 512 bits nothing
  /// is reduced and the scalar is short. SPEC(12.3)
  [[nodiscard]] static scalar scalar_from_wide(std::span<const std::byte, 64> wide);
  /// nonce_bytes bytes, little-endian, reduced mod q: uniform bytes give a uniform scalar.
  [[nodiscard]] static scalar scalar_from_nonce_bytes(std::span<const std::byte, nonce_bytes> wide);
  /// scalar_bytes bytes, big-endian; out_of_range if >= q.                               SPEC(12.3)
  [[nodiscard]] static result<scalar> decode_scalar(byte_view in);
  /// The one canonical encoding.
  [[nodiscard]] static std::array<std::byte, scalar_bytes> encode_scalar(const scalar& s) noexcept;

  /// A residue of p made from the bytes by hashing, raised to the cofactor.              SPEC(12.6)
  /// Cost: a power by the cofactor.
  [[nodiscard]] static element from_uniform_bytes(std::span<const std::byte, 64> wide);
  /// An element whose logarithm to any other base nobody knows. \pre index >= 1          SPEC(12.6)
  [[nodiscard]] static element base(literal label, const digest32& e0, std::uint32_t index);

  /// s*e.
  [[nodiscard]] static element mul_vartime(const scalar& s, const element& e);
  /// s*G, by a table of the generator that the first call makes: 1 to 6 MB, for the time of about
  /// three multiples.
  [[nodiscard]] static element mul_base_vartime(const scalar& s);
  /// out[i] = scalars[i]*elements[i], in the lanes of a kernel. \pre equal sizes
  static void mul_each_vartime(std::span<element> out, std::span<const scalar> scalars,
                               std::span<const element> elements);
  /// out[i] = scalars[i]*G, by the table of mul_base_vartime. \pre equal sizes
  static void mul_base_each_vartime(std::span<element> out, std::span<const scalar> scalars);
  /// a*e + b*G.
  [[nodiscard]] static element double_mul_vartime(const scalar& a, const element& e,
                                                  const scalar& b);
  /// Sum of scalars[i]*elements[i]; the identity for n = 0. Shared squarings (Straus) for few
  /// terms, buckets (Pippenger) for many, in the lanes of a kernel. Short scalars cost less.
  /// \pre equal sizes                                                                    SPEC(10.6)
  [[nodiscard]] static element msm_vartime(std::span<const scalar> scalars,
                                           std::span<const element> elements);
};

using modp4096 = integer_group<modp4096_parameters>;            ///< ElectionGuard 1.5 to 2.1
using modp4096_v1 = integer_group<modp4096_v1_parameters>;      ///< ElectionGuard 0.95 to 1.1
using belenios2048 = integer_group<belenios2048_parameters>;    ///< BELENIOS-2048
using rfc3526_2048 = integer_group<rfc3526_2048_parameters>;    ///< RFC-3526-2048
using swisspost3072 = integer_group<swisspost3072_parameters>;  ///< of published test vectors
using swisspost3072_tt05 = integer_group<swisspost3072_tt05_parameters>;  ///< of a test election

/// DO(group) for each integer group: how one list serves every template that is compiled for all.
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage): a template cannot instantiate others explicitly
#define SANDOQ_FOR_EACH_INTEGER_GROUP(DO) \
  DO(modp4096)                            \
  DO(modp4096_v1)                         \
  DO(belenios2048)                        \
  DO(rfc3526_2048)                        \
  DO(swisspost3072)                       \
  DO(swisspost3072_tt05)

extern template struct integer_group<modp4096_parameters>;
extern template struct integer_group<modp4096_v1_parameters>;
extern template struct integer_group<belenios2048_parameters>;
extern template struct integer_group<rfc3526_2048_parameters>;
extern template struct integer_group<swisspost3072_parameters>;
extern template struct integer_group<swisspost3072_tt05_parameters>;

static_assert(prime_order_group<modp4096> && prime_order_group<modp4096_v1> &&
              prime_order_group<belenios2048> && prime_order_group<rfc3526_2048> &&
              prime_order_group<swisspost3072> && prime_order_group<swisspost3072_tt05>);

}  // namespace sandoq
