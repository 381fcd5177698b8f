#pragma once

// Groups of a few elements, so that proofs can be run for all bases, witnesses and challenges. The
// subgroup of prime order Q in Z_P^*, written additively: an element is a residue, e + f its
// product. Nothing here is constant time or safe; the secret half only has the right types.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "sandoq/core/contract.hpp"
#include "sandoq/group/concept.hpp"
#include "sandoq/group/secret_ops.hpp"

namespace sandoq::testing {

template <std::uint32_t P, std::uint32_t Q, std::uint32_t Generator>
struct tiny_group {
  static_assert(P < 65536 && (P - 1) % Q == 0);
  static constexpr std::string_view name = Q == 11 ? "tiny11" : Q == 13 ? "tiny13" : "tiny";
  static constexpr std::uint32_t modulus = P;
  static constexpr std::uint32_t order = Q;
  static constexpr std::size_t element_bytes = 2;
  static constexpr std::size_t scalar_bytes = 2;
  static constexpr std::size_t nonce_bytes = 64;

  /// base^exponent mod P.
  static constexpr std::uint32_t power(std::uint32_t base, std::uint32_t exponent) {
    std::uint64_t out = 1;
    for (std::uint32_t i = 0; i < exponent; ++i) {
      out = out * base % P;
    }
    return static_cast<std::uint32_t>(out);
  }

  class scalar {
   public:
    constexpr scalar() = default;
    friend constexpr scalar operator+(scalar a, scalar b) { return scalar(a.value_ + b.value_); }
    friend constexpr scalar operator-(scalar a, scalar b) {
      return scalar(a.value_ + Q - b.value_);
    }
    friend constexpr scalar operator-(scalar a) { return scalar(Q - a.value_); }
    friend constexpr scalar operator*(scalar a, scalar b) { return scalar(a.value_ * b.value_); }
    friend constexpr bool operator==(scalar, scalar) = default;
    constexpr scalar& operator+=(scalar b) { return *this = *this + b; }
    constexpr scalar& operator-=(scalar b) { return *this = *this - b; }
    constexpr scalar& operator*=(scalar b) { return *this = *this * b; }
    /// For tests: the number itself.
    [[nodiscard]] constexpr std::uint32_t value() const { return value_; }

   private:
    friend struct tiny_group;
    explicit constexpr scalar(std::uint32_t value) : value_(value % Q) {}
    std::uint32_t value_ = 0;
  };

  class element {
   public:
    constexpr element() = default;
    friend constexpr element operator+(element a, element b) {
      return element(a.residue_ * b.residue_ % P);
    }
    friend constexpr element operator-(element a) { return element(power(a.residue_, Q - 1)); }
    friend constexpr element operator-(element a, element b) { return a + (-b); }
    friend constexpr bool operator==(element, element) = default;
    constexpr element& operator+=(element b) { return *this = *this + b; }
    constexpr element& operator-=(element b) { return *this = *this - b; }
    /// For tests: the residue mod P.
    [[nodiscard]] constexpr std::uint32_t residue() const { return residue_; }

   private:
    friend struct tiny_group;
    explicit constexpr element(std::uint32_t residue) : residue_(residue) {}
    std::uint32_t residue_ = 1;
  };

  [[nodiscard]] static constexpr element identity() { return {}; }
  [[nodiscard]] static constexpr element generator() { return element(Generator); }
  [[nodiscard]] static constexpr bool is_identity(element e) { return e == identity(); }
  [[nodiscard]] static element sum(std::span<const element> elements) {
    element total;
    for (const element e : elements) {
      total += e;
    }
    return total;
  }
  static void add_many(std::span<element> accumulators, std::span<const element> addends) {
    SANDOQ_EXPECTS(accumulators.size() == addends.size(), "one addend for each accumulator");
    for (std::size_t i = 0; i < addends.size(); ++i) {
      accumulators[i] += addends[i];
    }
  }

  [[nodiscard]] static constexpr scalar neg(scalar s) { return -s; }
  [[nodiscard]] static constexpr scalar invert(scalar s) {
    scalar out(1);
    for (std::uint32_t i = 0; i < Q - 2; ++i) {
      out *= s;
    }
    return out;
  }
  [[nodiscard]] static constexpr scalar scalar_from_u64(std::uint64_t value) {
    return scalar(static_cast<std::uint32_t>(value % Q));
  }
  [[nodiscard]] static constexpr scalar scalar_from_wide(std::span<const std::byte, 64> wide) {
    std::uint32_t value = 0;
    for (std::size_t i = 64; i-- > 0;) {
      value = (256 * value + std::to_integer<std::uint32_t>(wide[i])) % Q;
    }
    return scalar(value);
  }
  [[nodiscard]] static constexpr scalar scalar_from_nonce_bytes(
      std::span<const std::byte, 64> wide) {
    return scalar_from_wide(wide);
  }

  [[nodiscard]] static result<element> decode(byte_view in) {
    const auto value = number(in);
    if (!value) {
      return fail(errc::bad_encoding, "element", "an element of this group has 2 bytes");
    }
    if (*value == 0 || *value >= P || power(*value, Q) != 1) {
      return fail(errc::not_in_group, "element", "not in the subgroup");
    }
    return element(*value);
  }
  [[nodiscard]] static std::array<std::byte, 2> encode(element e) { return octets(e.residue_); }
  [[nodiscard]] static result<void> decode_batch(std::span<element> out, byte_view in) {
    SANDOQ_EXPECTS(in.size() == 2 * out.size(), "2 bytes for each element");
    for (std::size_t i = 0; i < out.size(); ++i) {
      auto one = decode(in.subspan(2 * i, 2));
      if (!one) {
        return fail(one.error().code, "element " + std::to_string(i), one.error().reason);
      }
      out[i] = *one;
    }
    return {};
  }
  static void encode_batch(byte_span out, std::span<const element> in) {
    SANDOQ_EXPECTS(out.size() == 2 * in.size(), "2 bytes for each element");
    for (std::size_t i = 0; i < in.size(); ++i) {
      const auto two = encode(in[i]);
      out[2 * i] = two[0];
      out[2 * i + 1] = two[1];
    }
  }
  [[nodiscard]] static result<scalar> decode_scalar(byte_view in) {
    const auto value = number(in);
    if (!value) {
      return fail(errc::bad_encoding, "scalar", "a scalar of this group has 2 bytes");
    }
    if (*value >= Q) {
      return fail(errc::out_of_range, "scalar", "a scalar must be below the group order");
    }
    return scalar(*value);
  }
  [[nodiscard]] static std::array<std::byte, 2> encode_scalar(scalar s) { return octets(s.value_); }

  [[nodiscard]] static element from_uniform_bytes(std::span<const std::byte, 64> wide) {
    return mul_vartime(scalar_from_wide(wide), generator());
  }
  [[nodiscard]] static element base(literal label, const digest32& e0, std::uint32_t index) {
    return from_uniform_bytes(base_derivation(label, e0, index).octets);
  }

  [[nodiscard]] static constexpr element mul_vartime(scalar s, element e) {
    return element(power(e.residue_, s.value_));
  }
  [[nodiscard]] static constexpr element mul_base_vartime(scalar s) {
    return mul_vartime(s, generator());
  }
  [[nodiscard]] static constexpr element double_mul_vartime(scalar a, element e, scalar b) {
    return mul_vartime(a, e) + mul_base_vartime(b);
  }
  [[nodiscard]] static element msm_vartime(std::span<const scalar> scalars,
                                           std::span<const element> elements) {
    SANDOQ_EXPECTS(scalars.size() == elements.size(), "one scalar for each element");
    element total;
    for (std::size_t i = 0; i < scalars.size(); ++i) {
      total += mul_vartime(scalars[i], elements[i]);
    }
    return total;
  }

 private:
  static result<std::uint32_t> number(byte_view in) {
    if (in.size() != 2) {
      return fail(errc::bad_encoding, "", "two bytes");
    }
    return std::to_integer<std::uint32_t>(in[0]) + 256 * std::to_integer<std::uint32_t>(in[1]);
  }
  static std::array<std::byte, 2> octets(std::uint32_t value) {
    return {static_cast<std::byte>(value & 0xFFU), static_cast<std::byte>(value >> 8U)};
  }
};

using tiny11 = tiny_group<23, 11, 4>;
using tiny13 = tiny_group<53, 13, 16>;
using tiny199 = tiny_group<797, 199, 16>;

}  // namespace sandoq::testing

namespace sandoq {

/// The same types as a real backend; for order 11 there is nothing to protect.
template <std::uint32_t P, std::uint32_t Q, std::uint32_t Generator>
struct secret_ops<testing::tiny_group<P, Q, Generator>> {
  using group = testing::tiny_group<P, Q, Generator>;
  using scalar = typename group::scalar;
  using element = typename group::element;
  using S = secret<scalar>;
  using E = secret<element>;

  [[nodiscard]] static S random_scalar(random_source& source) {
    return scalar_from_wide(random_secret<64>(source));
  }
  [[nodiscard]] static S scalar_from_wide(const secret<byte_array<64>>& wide) {
    return S(group::scalar_from_wide(in(wide)));
  }
  [[nodiscard]] static S scalar_from_nonce_bytes(const secret<byte_array<64>>& wide) {
    return scalar_from_wide(wide);
  }
  [[nodiscard]] static S scalar_from_u64(const secret<std::uint64_t>& value) {
    return S(group::scalar_from_u64(in(value)));
  }
  [[nodiscard]] static S scalar_from_choice(choice bit) {
    return S(group::scalar_from_u64(bit.bit()));
  }
  [[nodiscard]] static result<S> decode_scalar(const secret<byte_array<2>>& octets) {
    const auto out = group::decode_scalar(in(octets));
    if (!out) {
      return tl::unexpected<error>(out.error());
    }
    return S(*out);
  }
  [[nodiscard]] static secret<byte_array<2>> encode_scalar(const S& x) {
    return secret<byte_array<2>>(group::encode_scalar(in(x)));
  }
  [[nodiscard]] static S add(const S& a, const S& b) { return S(in(a) + in(b)); }
  [[nodiscard]] static S add(const S& a, const scalar& b) { return S(in(a) + b); }
  [[nodiscard]] static S sub(const S& a, const S& b) { return S(in(a)-in(b)); }
  [[nodiscard]] static S sub(const S& a, const scalar& b) { return S(in(a)-b); }
  [[nodiscard]] static S sub(const scalar& a, const S& b) { return S(a - in(b)); }
  [[nodiscard]] static S neg(const S& a) { return S(-in(a)); }
  [[nodiscard]] static S mul(const S& a, const S& b) { return S(in(a)*in(b)); }
  [[nodiscard]] static S mul(const S& a, const scalar& b) { return S(in(a)*b); }
  [[nodiscard]] static S invert(const S& a) { return S(group::invert(in(a))); }
  [[nodiscard]] static S fma(const S& k, const scalar& c, const S& x) {
    return S(in(k) + c * in(x));
  }
  [[nodiscard]] static S fma(const S& k, const S& c, const S& x) { return S(in(k) + in(c)*in(x)); }
  [[nodiscard]] static S select(choice c, const S& if_true, const S& if_false) {
    return S(c.bit() != 0 ? in(if_true) : in(if_false));
  }
  [[nodiscard]] static choice is_zero(const S& a) { return choice::is_zero(in(a).value()); }

  [[nodiscard]] static E mul(const S& x, const element& e) {
    return E(group::mul_vartime(in(x), e));
  }
  [[nodiscard]] static E mul(const S& x, const E& e) { return mul(x, in(e)); }
  [[nodiscard]] static E mul_base(const S& x) { return mul(x, group::generator()); }
  [[nodiscard]] static E msm(std::span<const S> xs, std::span<const element> es) {
    SANDOQ_EXPECTS(xs.size() == es.size(), "one scalar for each element");
    element total;
    for (std::size_t i = 0; i < xs.size(); ++i) {
      total += group::mul_vartime(in(xs[i]), es[i]);
    }
    return E(total);
  }
  [[nodiscard]] static std::vector<E> mul_each(std::span<const S> xs, std::span<const element> es) {
    SANDOQ_EXPECTS(xs.size() == es.size(), "one scalar for each element");
    return one_by_one(xs.size(), [&](std::size_t i) { return mul(xs[i], es[i]); });
  }
  [[nodiscard]] static std::vector<E> mul_base_each(std::span<const S> xs) {
    return one_by_one(xs.size(), [&](std::size_t i) { return mul_base(xs[i]); });
  }
  [[nodiscard]] static E add(const E& a, const E& b) { return E(in(a) + in(b)); }
  [[nodiscard]] static E add(const E& a, const element& b) { return E(in(a) + b); }
  [[nodiscard]] static E sub(const E& a, const E& b) { return E(in(a)-in(b)); }
  [[nodiscard]] static E sub(const E& a, const element& b) { return E(in(a)-b); }
  [[nodiscard]] static E sub(const element& a, const E& b) { return E(a - in(b)); }
  [[nodiscard]] static E neg(const E& a) { return E(-in(a)); }
  [[nodiscard]] static E select(choice c, const element& if_true, const element& if_false) {
    return E(c.bit() != 0 ? if_true : if_false);
  }
  [[nodiscard]] static E select(choice c, const E& if_true, const E& if_false) {
    return select(c, in(if_true), in(if_false));
  }
  [[nodiscard]] static E add_if(choice bit, const E& a, const element& b) {
    return E(bit.bit() != 0 ? in(a) + b : in(a));
  }
  [[nodiscard]] static secret<byte_array<2>> encode(const E& e) {
    return secret<byte_array<2>>(group::encode(in(e)));
  }

 private:
  template <class T>
  static const T& in(const secret<T>& s) {
    return expose_for_secret_ops(s);
  }
};

template <std::uint32_t P, std::uint32_t Q, std::uint32_t Generator>
class fixed_base_table<testing::tiny_group<P, Q, Generator>> {
 public:
  using group = testing::tiny_group<P, Q, Generator>;
  explicit fixed_base_table(const typename group::element& base) : base_(base) {}
  [[nodiscard]] const typename group::element& base() const { return base_; }
  [[nodiscard]] secret<typename group::element> mul(const secret<typename group::scalar>& x) const {
    return secret_ops<group>::mul(x, base_);
  }
  [[nodiscard]] std::vector<secret<typename group::element>> mul_each(
      std::span<const secret<typename group::scalar>> xs) const {
    return one_by_one(xs.size(), [&](std::size_t i) { return mul(xs[i]); });
  }

 private:
  typename group::element base_;
};

static_assert(proving_group<testing::tiny11> && proving_group<testing::tiny13> &&
              proving_group<testing::tiny199>);

}  // namespace sandoq
