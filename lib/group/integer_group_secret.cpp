#include "sandoq/group/integer_group_secret.hpp"

#include "lib/group/integer_group_access.hpp"
#include "lib/group/integer_secret_arithmetic.hpp"
#include "lib/group/integer_secret_powers.hpp"
#include "lib/group/secret_workspace.hpp"
#include "lib/kernels/montgomery_select.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq {

using integers::constants;
using integers::limb;
using integers::limbs_of;

namespace {

// Deeper than the frames of our functions and of GMP's below them; its intermediate values lie in
// scratch of ours, which is wiped on its own.
constexpr std::size_t stack_bytes = 8192;

/// What fill() writes into the limbs or bytes of a T, made in the memory of the secret; then what
/// the computation left on the stack is wiped.
template <class T, class Fill>
[[gnu::noinline]] secret<T> made_below(Fill& fill) {
  return secret<T>::made_by([&] {
    T out;
    fill(out);
    return out;
  });
}
template <class T, class Fill>
secret<T> keep(Fill&& fill) {
  auto out = made_below<T>(fill);
  sandoq::detail::wipe_dead_stack<stack_bytes>();
  return out;
}

template <class T>
const T& in(const secret<T>& s) noexcept {
  return expose_for_secret_ops(s);
}

template <std::size_t N>
void select_limbs(integers::limb_span out, choice c, const std::array<limb, N>& if_true,
                  const std::array<limb, N>& if_false) noexcept {
  const limb mask = c.mask();
  for (std::size_t i = 0; i < N; ++i) {
    out[i] = if_false[i] ^ (mask & (if_true[i] ^ if_false[i]));
  }
}

template <class T>
const auto& array_of(const T& value) noexcept {
  return sandoq::detail::integer_group_access::limbs(value);
}

}  // namespace

template <class P>
using ops_of = secret_ops<integer_group<P>>;
template <class P>
using secret_scalar_of = secret<typename integer_group<P>::scalar>;
template <class P>
using secret_element_of = secret<typename integer_group<P>::element>;

// Scalars.

template <class P>
secret_scalar_of<P> secret_ops<integer_group<P>>::random_scalar(random_source& source) {
  return scalar_from_nonce_bytes(random_secret<group::nonce_bytes>(source));
}

namespace {

template <class P, std::size_t N>
secret_scalar_of<P> reduced(const secret<byte_array<N>>& wide) {
  secret<std::array<limb, N / 8>> number;
  integers::from_little_endian(expose_for_secret_ops(number), in(wide));
  return keep<typename integer_group<P>::scalar>(
      [&](auto& out) { integers::reduce(limbs_of(out), in(number), constants<P>::q); });
}

}  // namespace

template <class P>
secret_scalar_of<P> secret_ops<integer_group<P>>::scalar_from_wide(
    const secret<byte_array<64>>& wide) {
  return reduced<P>(wide);
}
template <class P>
secret_scalar_of<P> secret_ops<integer_group<P>>::scalar_from_nonce_bytes(
    const secret<byte_array<group::nonce_bytes>>& wide) {
  return reduced<P>(wide);
}
template <class P>
secret_scalar_of<P> secret_ops<integer_group<P>>::scalar_from_u64(
    const secret<std::uint64_t>& value) {
  return keep<scalar>([&](scalar& out) { limbs_of(out)[0] = in(value); });
}
template <class P>
secret_scalar_of<P> secret_ops<integer_group<P>>::scalar_from_choice(choice bit) {
  return keep<scalar>([&](scalar& out) { limbs_of(out)[0] = bit.bit(); });
}

template <class P>
result<secret_scalar_of<P>> secret_ops<integer_group<P>>::decode_scalar(
    const secret<scalar_octets>& octets) {
  auto out =
      keep<scalar>([&](scalar& value) { integers::from_big_endian(limbs_of(value), in(octets)); });
  if (!declassify<"whether a stored secret is a scalar at all is public">(
          integers::less(limbs_of(in(out)), constants<P>::q))) {
    return fail(errc::out_of_range, "secret scalar", "a scalar must be below the group order");
  }
  return out;
}
template <class P>
secret<typename secret_ops<integer_group<P>>::scalar_octets>
secret_ops<integer_group<P>>::encode_scalar(const secret<scalar>& x) {
  return keep<scalar_octets>(
      [&](scalar_octets& out) { integers::to_big_endian(out, limbs_of(in(x))); });
}

namespace {

template <class P, class Operation>
secret_scalar_of<P> combined(Operation operation, const typename integer_group<P>::scalar& a,
                             const typename integer_group<P>::scalar& b) {
  return keep<typename integer_group<P>::scalar>(
      [&](auto& out) { operation(limbs_of(out), limbs_of(a), limbs_of(b), constants<P>::q); });
}

}  // namespace

template <class P>
secret_scalar_of<P> secret_ops<integer_group<P>>::add(const secret<scalar>& a,
                                                      const secret<scalar>& b) {
  return combined<P>(integers::add, in(a), in(b));
}
template <class P>
secret_scalar_of<P> secret_ops<integer_group<P>>::add(const secret<scalar>& a, const scalar& b) {
  return combined<P>(integers::add, in(a), b);
}
template <class P>
secret_scalar_of<P> secret_ops<integer_group<P>>::sub(const secret<scalar>& a,
                                                      const secret<scalar>& b) {
  return combined<P>(integers::subtract, in(a), in(b));
}
template <class P>
secret_scalar_of<P> secret_ops<integer_group<P>>::sub(const secret<scalar>& a, const scalar& b) {
  return combined<P>(integers::subtract, in(a), b);
}
template <class P>
secret_scalar_of<P> secret_ops<integer_group<P>>::sub(const scalar& a, const secret<scalar>& b) {
  return combined<P>(integers::subtract, a, in(b));
}
template <class P>
secret_scalar_of<P> secret_ops<integer_group<P>>::neg(const secret<scalar>& a) {
  return sub(scalar(), a);
}
template <class P>
secret_scalar_of<P> secret_ops<integer_group<P>>::mul(const secret<scalar>& a,
                                                      const secret<scalar>& b) {
  return combined<P>(integers::multiply, in(a), in(b));
}
template <class P>
secret_scalar_of<P> secret_ops<integer_group<P>>::mul(const secret<scalar>& a, const scalar& b) {
  return combined<P>(integers::multiply, in(a), b);
}
template <class P>
secret_scalar_of<P> secret_ops<integer_group<P>>::invert(const secret<scalar>& a) {
  return keep<scalar>(
      [&](scalar& out) { integers::invert(limbs_of(out), limbs_of(in(a)), constants<P>::q); });
}
template <class P>
secret_scalar_of<P> secret_ops<integer_group<P>>::fma(const secret<scalar>& k, const scalar& c,
                                                      const secret<scalar>& x) {
  return add(k, mul(x, c));
}
template <class P>
secret_scalar_of<P> secret_ops<integer_group<P>>::fma(const secret<scalar>& k,
                                                      const secret<scalar>& c,
                                                      const secret<scalar>& x) {
  return add(k, mul(c, x));
}
template <class P>
secret_scalar_of<P> secret_ops<integer_group<P>>::select(choice c, const secret<scalar>& if_true,
                                                         const secret<scalar>& if_false) {
  return keep<scalar>([&](scalar& out) {
    select_limbs(limbs_of(out), c, array_of(in(if_true)), array_of(in(if_false)));
  });
}
template <class P>
choice secret_ops<integer_group<P>>::is_zero(const secret<scalar>& a) {
  limb any = 0;
  for (const limb x : array_of(in(a))) {
    any |= x;
  }
  return choice::is_zero(any);
}

// Elements.

namespace {

using workspace::done_cleanly;
using workspace::secret_words;

/// The limbs of secrets, one after another.
template <class P>
void gather_limbs(secret_words& out, std::span<const secret_scalar_of<P>> xs) {
  std::size_t at = 0;
  for (const auto& x : xs) {
    const auto limbs = limbs_of(in(x));
    std::copy(limbs.begin(), limbs.end(), out.data() + at);
    at += limbs.size();
  }
}

template <class P>
secret_element_of<P> in_lanes(std::span<const secret_scalar_of<P>> xs,
                              std::span<const typename integer_group<P>::element> es,
                              const kernels::montgomery_table& kernel) {
  constexpr std::size_t limbs = constants<P>::q.size();
  std::vector<limb> bases;
  bases.reserve(es.size() * constants<P>::p.size());
  for (const auto& e : es) {
    const auto own = limbs_of(e);
    bases.insert(bases.end(), own.begin(), own.end());
  }
  return done_cleanly([&] {
    secret_words exponents(xs.size() * limbs);
    gather_limbs<P>(exponents, xs);
    return secret_element_of<P>::made_by([&] {
      typename integer_group<P>::element out;
      integers::multi_power_secret(limbs_of(out), bases, {exponents.data(), xs.size() * limbs},
                                   limbs, integer_group<P>::q_bits, constants<P>::p, kernel);
      return out;
    });
  });
}

template <class P>
std::vector<secret_element_of<P>> powers_in_lanes(std::span<const secret_scalar_of<P>> xs,
                                                  const typename integer_group<P>::element& e,
                                                  const kernels::montgomery_table& kernel) {
  constexpr std::size_t limbs = constants<P>::q.size();
  constexpr std::size_t size = constants<P>::p.size();
  return done_cleanly([&] {
    secret_words exponents(xs.size() * limbs);
    gather_limbs<P>(exponents, xs);
    secret_words powers(xs.size() * size);
    integers::powers_of_one_secret({powers.data(), xs.size() * size}, limbs_of(e),
                                   {exponents.data(), xs.size() * limbs}, limbs,
                                   integer_group<P>::q_bits, constants<P>::p, kernel);
    return one_by_one(xs.size(), [&](std::size_t i) {
      return secret_element_of<P>::made_by([&] {
        typename integer_group<P>::element out;
        std::copy_n(powers.data() + i * size, size, limbs_of(out).begin());
        return out;
      });
    });
  });
}

}  // namespace

template <class P>
secret_element_of<P> secret_ops<integer_group<P>>::mul(const secret<scalar>& x, const element& e) {
  return keep<element>([&](element& out) {
    integers::power(limbs_of(out), limbs_of(e), limbs_of(in(x)), group::q_bits, constants<P>::p);
  });
}
template <class P>
secret_element_of<P> secret_ops<integer_group<P>>::mul(const secret<scalar>& x,
                                                       const secret<element>& e) {
  return mul(x, in(e));
}
template <class P>
secret_element_of<P> secret_ops<integer_group<P>>::mul_base(const secret<scalar>& x) {
  return mul(x, group::generator());
}
template <class P>
secret_element_of<P> secret_ops<integer_group<P>>::msm(std::span<const secret<scalar>> xs,
                                                       std::span<const element> es) {
  SANDOQ_EXPECTS(xs.size() == es.size(), "one scalar for each element");
  const kernels::montgomery_table& kernel = kernels::montgomery_kernel();
  if (kernel.lanes > 1 && xs.size() > 1) {
    return in_lanes<P>(xs, es, kernel);
  }
  secret<element> total{group::identity()};
  for (std::size_t i = 0; i < xs.size(); ++i) {
    total = add(total, mul(xs[i], es[i]));
  }
  return total;
}
template <class P>
std::vector<secret_element_of<P>> secret_ops<integer_group<P>>::mul_each(
    std::span<const secret<scalar>> xs, const element& e) {
  const kernels::montgomery_table& kernel = kernels::montgomery_kernel();
  if (kernel.lanes > 1 && xs.size() >= integers::fewest_powers_of_one_base) {
    return powers_in_lanes<P>(xs, e, kernel);
  }
  return one_by_one(xs.size(), [&](std::size_t i) { return mul(xs[i], e); });
}
template <class P>
std::vector<secret_element_of<P>> secret_ops<integer_group<P>>::mul_base_each(
    std::span<const secret<scalar>> xs) {
  return mul_each(xs, group::generator());
}

template <class P>
secret_element_of<P> secret_ops<integer_group<P>>::add(const secret<element>& a, const element& b) {
  return keep<element>([&](element& out) {
    integers::multiply(limbs_of(out), limbs_of(in(a)), limbs_of(b), constants<P>::p);
  });
}
template <class P>
secret_element_of<P> secret_ops<integer_group<P>>::add(const secret<element>& a,
                                                       const secret<element>& b) {
  return add(a, in(b));
}
template <class P>
secret_element_of<P> secret_ops<integer_group<P>>::sub(const secret<element>& a,
                                                       const secret<element>& b) {
  return add(neg(b), in(a));
}
template <class P>
secret_element_of<P> secret_ops<integer_group<P>>::sub(const secret<element>& a, const element& b) {
  return add(a, -b);
}
template <class P>
secret_element_of<P> secret_ops<integer_group<P>>::sub(const element& a, const secret<element>& b) {
  return add(neg(b), a);
}
template <class P>
secret_element_of<P> secret_ops<integer_group<P>>::neg(const secret<element>& a) {
  return keep<element>(
      [&](element& out) { integers::invert(limbs_of(out), limbs_of(in(a)), constants<P>::p); });
}
template <class P>
secret_element_of<P> secret_ops<integer_group<P>>::select(choice c, const element& if_true,
                                                          const element& if_false) {
  return keep<element>(
      [&](element& out) { select_limbs(limbs_of(out), c, array_of(if_true), array_of(if_false)); });
}
template <class P>
secret_element_of<P> secret_ops<integer_group<P>>::select(choice c, const secret<element>& if_true,
                                                          const secret<element>& if_false) {
  return select(c, in(if_true), in(if_false));
}
template <class P>
secret_element_of<P> secret_ops<integer_group<P>>::add_if(choice bit, const secret<element>& a,
                                                          const element& b) {
  return add(a, select(bit, b, group::identity()));
}
template <class P>
secret<typename secret_ops<integer_group<P>>::element_octets> secret_ops<integer_group<P>>::encode(
    const secret<element>& e) {
  return keep<element_octets>(
      [&](element_octets& out) { integers::to_big_endian(out, limbs_of(in(e))); });
}

template struct secret_ops<modp4096>;
template struct secret_ops<modp4096_v1>;
template struct secret_ops<belenios2048>;
template struct secret_ops<rfc3526_2048>;
template struct secret_ops<swisspost3072>;
template struct secret_ops<swisspost3072_tt05>;

}  // namespace sandoq
