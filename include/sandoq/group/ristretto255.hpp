#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/literal.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/concept.hpp"

namespace sandoq {

namespace detail {
struct ristretto255_access;  // lib/group: reads and builds the limbs
}

/// The group ristretto255 (RFC 9496): prime order q = 2^252 +
/// 27742317777372353535851937790883648493, 32-byte elements and scalars. Elements stay in extended
/// coordinates between wire and wire, so additions cost no encoding. Public data only, unless a
/// function says otherwise.       SPEC(10.1)
struct ristretto255 {
  static constexpr std::string_view name = "ristretto255";
  static constexpr std::size_t element_bytes = 32;
  static constexpr std::size_t scalar_bytes = 32;
  static constexpr std::size_t nonce_bytes = 64;

  /// An integer mod q, always reduced. The operators are constant time.                  SPEC(10.2)
  class scalar {
   public:
    constexpr scalar() = default;

    friend scalar operator+(const scalar& a, const scalar& b) noexcept;
    friend scalar operator-(const scalar& a, const scalar& b) noexcept;
    friend scalar operator*(const scalar& a, const scalar& b) noexcept;
    friend scalar operator-(const scalar& a) noexcept;
    friend bool operator==(const scalar& a, const scalar& b) noexcept = default;
    scalar& operator+=(const scalar& b) noexcept { return *this = *this + b; }
    scalar& operator-=(const scalar& b) noexcept { return *this = *this - b; }
    scalar& operator*=(const scalar& b) noexcept { return *this = *this * b; }

   private:
    friend struct detail::ristretto255_access;
    template <class MakeLimbs>
    scalar(std::in_place_t, MakeLimbs& make) noexcept : limbs_(make()) {}

    std::array<std::uint64_t, 4> limbs_{};  // little-endian, < q
  };

  /// A group element: one of the four edwards25519 points (X : Y : Z : T), XY = ZT, that stand for
  /// it.
  class element {
   public:
    /// The identity.
    constexpr element() = default;

    /// Cost: 9 field multiplications; constant time.
    friend element operator+(const element& a, const element& b) noexcept;
    friend element operator-(const element& a, const element& b) noexcept;
    friend element operator-(const element& a) noexcept;
    /// X1*Y2 = Y1*X2 or Y1*Y2 = X1*X2: equal as elements, whatever the representatives. SPEC(10.4)
    friend bool operator==(const element& a, const element& b) noexcept;
    element& operator+=(const element& b) noexcept { return *this = *this + b; }
    element& operator-=(const element& b) noexcept { return *this = *this - b; }

   private:
    friend struct detail::ristretto255_access;
    using limbs = std::array<std::uint64_t, 5>;  // radix 2^51, below 2^51 + 2^13
    limbs x_{};
    limbs y_{1};
    limbs z_{1};
    limbs t_{};
  };

  [[nodiscard]] static element identity() noexcept { return {}; }
  [[nodiscard]] static element generator() noexcept;
  /// X = 0 or Y = 0, which covers all four representatives.                              SPEC(10.4)
  [[nodiscard]] static bool is_identity(const element& e) noexcept;

  /// The element of 32 canonical bytes; bad_encoding or not_in_group otherwise. Accepts the
  /// identity (32 zero bytes), as RFC 9496 does: where it must not stand, the caller rejects it.
  /// Cost: one inverse square root.                                                  SPEC(10.3)
  [[nodiscard]] static result<element> decode(byte_view in);
  /// The one canonical encoding. Constant time. Cost: one inverse square root.
  [[nodiscard]] static std::array<std::byte, element_bytes> encode(const element& e) noexcept;
  /// Decodes out.size() elements of 32 bytes each. On failure the error names the first bad index
  /// ("element 7") and `out` holds no meaning. \pre in.size() == 32 * out.size()
  [[nodiscard]] static result<void> decode_batch(std::span<element> out, byte_view in);
  /// Hints for decode_batch_hinted, 32 bytes an element: the inverse square roots that decoding has
  /// to find; 32 zero bytes where an encoding does not decode. Anybody can compute them, and they
  /// need not be trusted. \pre equal sizes, a multiple of 32
  static void make_hints(byte_span hints, byte_view in);
  /// decode_batch with hints: the same elements and the same refusals whatever the hints are. One
  /// that fits spares the inverse square root, the greater part of decoding; one that does not
  /// costs time. \pre in.size() == 32 * out.size() == hints.size()
  [[nodiscard]] static result<void> decode_batch_hinted(std::span<element> out, byte_view in,
                                                        byte_view hints);
  /// \pre out.size() == 32 * in.size()
  static void encode_batch(byte_span out, std::span<const element> in) noexcept;

  /// The sum of n elements; the identity for n = 0.
  [[nodiscard]] static element sum(std::span<const element> elements) noexcept;
  /// accumulators[i] += addends[i]. \pre equal sizes
  static void add_many(std::span<element> accumulators, std::span<const element> addends) noexcept;

  /// -s.
  [[nodiscard]] static scalar neg(const scalar& s) noexcept { return -s; }
  /// 1/s; 0 for s = 0. Constant time. Cost: 312 scalar multiplications.
  [[nodiscard]] static scalar invert(const scalar& s) noexcept;
  /// The scalar of that number.
  [[nodiscard]] static scalar scalar_from_u64(std::uint64_t value) noexcept;
  /// 64 bytes, little-endian, reduced mod q: uniform bytes give a uniform scalar. Constant time.
  [[nodiscard]] static scalar scalar_from_wide(std::span<const std::byte, 64> wide) noexcept;
  /// The same: 64 bytes are long enough for nonces, too.                                 SPEC(30.4)
  [[nodiscard]] static scalar scalar_from_nonce_bytes(
      std::span<const std::byte, nonce_bytes> wide) noexcept {
    return scalar_from_wide(wide);
  }
  /// 32 bytes, little-endian; out_of_range if >= q.                                      SPEC(10.2)
  [[nodiscard]] static result<scalar> decode_scalar(byte_view in);
  /// 32 bytes, little-endian: the one canonical form.
  [[nodiscard]] static std::array<std::byte, scalar_bytes> encode_scalar(const scalar& s) noexcept;

  /// RFC 9496 4.3.4: the sum of the maps of both 32-byte halves. Constant time.          SPEC(10.5)
  [[nodiscard]] static element from_uniform_bytes(std::span<const std::byte, 64> wide) noexcept;
  /// An element whose logarithm to any other base nobody knows. \pre index >= 1          SPEC(10.5)
  [[nodiscard]] static element base(literal label, const digest32& e0,
                                    std::uint32_t index) noexcept;

  /// s*e.
  [[nodiscard]] static element mul_vartime(const scalar& s, const element& e) noexcept;
  /// s*G.
  [[nodiscard]] static element mul_base_vartime(const scalar& s) noexcept;
  /// a*e + b*G.
  [[nodiscard]] static element double_mul_vartime(const scalar& a, const element& e,
                                                  const scalar& b) noexcept;
  /// Sum of scalars[i]*elements[i]; the identity for n = 0.                          SPEC(10.6)
  /// Chooses between the two methods below by counting additions. High digits that are zero cost
  /// little, so scalars of 128 bits take about half the time. \pre equal sizes
  [[nodiscard]] static element msm_vartime(std::span<const scalar> scalars,
                                           std::span<const element> elements);
  /// Signed digits of radix 16 with shared doublings (Straus); n tables of 8 entries.
  [[nodiscard]] static element msm_straus_vartime(std::span<const scalar> scalars,
                                                  std::span<const element> elements);
  /// Buckets over signed digits (Pippenger); the window grows with n.
  [[nodiscard]] static element msm_pippenger_vartime(std::span<const scalar> scalars,
                                                     std::span<const element> elements);
};

static_assert(prime_order_group<ristretto255>);

}  // namespace sandoq
