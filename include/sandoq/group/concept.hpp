#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/literal.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq {

/// Public arithmetic in a group of prime order q, written additively: everything that a verifier
/// needs. A backend is a stateless struct with two plain value types, `scalar` (integers mod q,
/// default 0) and `element` (default the identity), and static functions. No function here may be
/// given a secret: that is what secret_ops<G> is for. Scalars are always reduced, elements are
/// always in the group: `decode` and `decode_scalar` are the only ways in from bytes. SPEC(10.1)
///
/// A challenge is made of 64 bytes (scalar_from_wide), which is enough whatever q is. What hides a
/// secret must be uniform mod q and is made of `nonce_bytes` bytes (scalar_from_nonce_bytes): whole
/// blocks of 64, at least 128 bits more than q has.                                      SPEC(30.4)
template <class G>
concept prime_order_group = std::regular<typename G::scalar> && std::regular<typename G::element> &&
    requires(const typename G::scalar s, const typename G::element e, byte_view in, byte_span out,
             std::span<const typename G::scalar> scalars,
             std::span<const typename G::element> elements,
             std::span<typename G::element> elements_out, std::span<const std::byte, 64> wide,
             std::span<const std::byte, G::nonce_bytes> nonce, std::uint64_t small,
             std::uint32_t index, literal label, const digest32& e0) {
  { G::name } -> std::convertible_to<std::string_view>;
  { G::element_bytes } -> std::convertible_to<std::size_t>;
  { G::scalar_bytes } -> std::convertible_to<std::size_t>;
  { G::nonce_bytes } -> std::convertible_to<std::size_t>;

  { G::identity() } -> std::same_as<typename G::element>;
  { G::generator() } -> std::same_as<typename G::element>;
  { G::is_identity(e) } -> std::same_as<bool>;
  { e + e } -> std::same_as<typename G::element>;
  { e - e } -> std::same_as<typename G::element>;
  { -e } -> std::same_as<typename G::element>;
  { G::sum(elements) } -> std::same_as<typename G::element>;
  { G::add_many(elements_out, elements) } -> std::same_as<void>;

  { s + s } -> std::same_as<typename G::scalar>;
  { s - s } -> std::same_as<typename G::scalar>;
  { s* s } -> std::same_as<typename G::scalar>;
  { -s } -> std::same_as<typename G::scalar>;
  { G::neg(s) } -> std::same_as<typename G::scalar>;
  { G::invert(s) } -> std::same_as<typename G::scalar>;
  { G::scalar_from_u64(small) } -> std::same_as<typename G::scalar>;
  { G::scalar_from_wide(wide) } -> std::same_as<typename G::scalar>;
  { G::scalar_from_nonce_bytes(nonce) } -> std::same_as<typename G::scalar>;

  { G::decode(in) } -> std::same_as<result<typename G::element>>;
  { G::encode(e) } -> std::same_as<std::array<std::byte, G::element_bytes>>;
  { G::decode_batch(elements_out, in) } -> std::same_as<result<void>>;
  { G::encode_batch(out, elements) } -> std::same_as<void>;
  { G::decode_scalar(in) } -> std::same_as<result<typename G::scalar>>;
  { G::encode_scalar(s) } -> std::same_as<std::array<std::byte, G::scalar_bytes>>;

  { G::from_uniform_bytes(wide) } -> std::same_as<typename G::element>;
  { G::base(label, e0, index) } -> std::same_as<typename G::element>;

  { G::mul_vartime(s, e) } -> std::same_as<typename G::element>;
  { G::mul_base_vartime(s) } -> std::same_as<typename G::element>;
  { G::double_mul_vartime(s, e, s) } -> std::same_as<typename G::element>;
  { G::msm_vartime(scalars, elements) } -> std::same_as<typename G::element>;
};

/// The scalars of a group.
template <prime_order_group G>
using scalar_of = typename G::scalar;
/// The elements of a group.
template <prime_order_group G>
using element_of = typename G::element;

/// The 64 bytes that a derived base is mapped from:
/// SHA-512(frame("sandoq-1/base") || frame(e0) || frame(label) || u32(index)).      SPEC(10.5)
/// \pre index >= 1
[[nodiscard]] digest64 base_derivation(literal label, const digest32& e0,
                                       std::uint32_t index) noexcept;

}  // namespace sandoq
