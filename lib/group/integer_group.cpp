#include "sandoq/group/integer_group.hpp"

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>
#include <type_traits>
#include <vector>

#include "lib/group/integer_group_access.hpp"
#include "lib/group/integer_multi_power.hpp"
#include "lib/group/integer_powers.hpp"
#include "lib/group/integer_products.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq {

using integers::constants;
using integers::limb;
using integers::limbs_of;
using integers::subgroup_of;

namespace {

/// (p - 1)/q. Cheap beside the power it is used for, so it is made anew each time.
template <class Parameters>
std::vector<limb> cofactor() {
  using numbers = constants<Parameters>;
  std::vector<limb> p_minus_one(numbers::p.begin(), numbers::p.end());
  p_minus_one[0] -= 1;
  return integers::quotient_vartime(p_minus_one, numbers::q);
}

/// The limbs of values that lie one after another.
template <class T>
auto all_limbs_of(std::span<T> values) noexcept {
  using limb_type = std::conditional_t<std::is_const_v<T>, const limb, limb>;
  static_assert(sizeof(T) % sizeof(limb) == 0 && std::is_standard_layout_v<T>);
  return std::span(reinterpret_cast<limb_type*>(values.data()),
                   values.size() * (sizeof(T) / sizeof(limb)));
}

/// Of the generator, made at the first use: one for each kernel that has been asked for.
template <class Parameters>
const integers::fixed_base& generator_table() {
  static std::mutex mutex;
  static std::vector<std::unique_ptr<const integers::fixed_base>> tables;
  const kernels::montgomery_table& kernel = kernels::montgomery_kernel();
  const std::lock_guard lock(mutex);
  for (const auto& table : tables) {
    if (&table->kernel() == &kernel) {
      return *table;
    }
  }
  using numbers = constants<Parameters>;
  tables.push_back(std::make_unique<const integers::fixed_base>(numbers::g, Parameters::q_bits,
                                                                numbers::p, kernel));
  return *tables.back();
}

}  // namespace

// Scalars. SPEC(12.3)

template <class P>
typename integer_group<P>::scalar integer_group<P>::scalar::sum_of(const scalar& a,
                                                                   const scalar& b) {
  scalar out;
  integers::add_vartime(out.limbs_, a.limbs_, b.limbs_, constants<P>::q);
  return out;
}
template <class P>
typename integer_group<P>::scalar integer_group<P>::scalar::difference_of(const scalar& a,
                                                                          const scalar& b) {
  scalar out;
  integers::subtract_vartime(out.limbs_, a.limbs_, b.limbs_, constants<P>::q);
  return out;
}
template <class P>
typename integer_group<P>::scalar integer_group<P>::scalar::product_of(const scalar& a,
                                                                       const scalar& b) {
  scalar out;
  integers::multiply_vartime(out.limbs_, a.limbs_, b.limbs_, constants<P>::q);
  return out;
}

template <class P>
typename integer_group<P>::scalar integer_group<P>::invert(const scalar& s) {
  scalar out;
  integers::invert_vartime(limbs_of(out), limbs_of(s), constants<P>::q);
  return out;
}

template <class P>
typename integer_group<P>::scalar integer_group<P>::scalar_from_u64(std::uint64_t value) noexcept {
  static_assert(q_bits > 64);
  scalar out;
  limbs_of(out)[0] = value;
  return out;
}

template <class P>
typename integer_group<P>::scalar integer_group<P>::scalar_from_wide(
    std::span<const std::byte, 64> wide) {
  std::array<limb, 8> number;
  integers::from_little_endian(number, wide);
  scalar out;
  integers::reduce_vartime(limbs_of(out), number, constants<P>::q);
  return out;
}

template <class P>
typename integer_group<P>::scalar integer_group<P>::scalar_from_nonce_bytes(
    std::span<const std::byte, nonce_bytes> wide) {
  std::array<limb, nonce_bytes / 8> number;
  integers::from_little_endian(number, wide);
  scalar out;
  integers::reduce_vartime(limbs_of(out), number, constants<P>::q);
  return out;
}

template <class P>
result<typename integer_group<P>::scalar> integer_group<P>::decode_scalar(byte_view in) {
  if (in.size() != scalar_bytes) {
    return fail(errc::bad_encoding, "scalar",
                "a scalar of this group has " + std::to_string(scalar_bytes) + " bytes, found " +
                    std::to_string(in.size()));
  }
  scalar out;
  integers::from_big_endian(limbs_of(out), in);
  if (!integers::less_vartime(limbs_of(out), constants<P>::q)) {
    return fail(errc::out_of_range, "scalar", "a scalar must be below the group order");
  }
  return out;
}

template <class P>
std::array<std::byte, integer_group<P>::scalar_bytes> integer_group<P>::encode_scalar(
    const scalar& s) noexcept {
  std::array<std::byte, scalar_bytes> out;
  integers::to_big_endian(out, limbs_of(s));
  return out;
}

// Elements. SPEC(12.4)

template <class P>
typename integer_group<P>::element integer_group<P>::element::sum_of(const element& a,
                                                                     const element& b) {
  element out;
  integers::multiply_vartime(out.limbs_, a.limbs_, b.limbs_, constants<P>::p);
  return out;
}
template <class P>
typename integer_group<P>::element integer_group<P>::element::negative_of(const element& a) {
  element out;
  integers::invert_vartime(out.limbs_, a.limbs_, constants<P>::p);
  return out;
}

template <class P>
typename integer_group<P>::element integer_group<P>::generator() noexcept {
  element out;
  std::copy(constants<P>::g.begin(), constants<P>::g.end(), limbs_of(out).begin());
  return out;
}

template <class P>
result<typename integer_group<P>::element> integer_group<P>::decode(byte_view in) {
  element out;
  if (auto read = integers::read_residue_vartime(limbs_of(out), in, subgroup_of<P>()); !read) {
    return tl::unexpected<error>(std::move(read.error()));
  }
  if (!integers::is_member_vartime(limbs_of(out), subgroup_of<P>())) {
    return fail(errc::not_in_group, "element", "the residue is not in the subgroup of order q");
  }
  return out;
}

template <class P>
std::array<std::byte, integer_group<P>::element_bytes> integer_group<P>::encode(
    const element& e) noexcept {
  std::array<std::byte, element_bytes> out;
  integers::to_big_endian(out, limbs_of(e));
  return out;
}

template <class P>
result<void> integer_group<P>::decode_batch(std::span<element> out, byte_view in) {
  SANDOQ_EXPECTS(in.size() == element_bytes * out.size(), "the bytes of each element");
  const integers::subgroup group = subgroup_of<P>();
  const auto octets = [&](std::size_t i) { return in.subspan(i * element_bytes, element_bytes); };
  std::vector<limb> residues(out.size() * p_limbs);
  bool canonical = true;
  for (std::size_t i = 0; i < out.size() && canonical; ++i) {
    const auto x = std::span(residues).subspan(i * p_limbs, p_limbs);
    canonical = integers::read_residue_vartime(x, octets(i), group).has_value();
    std::copy(x.begin(), x.end(), limbs_of(out[i]).begin());
  }
  if (canonical && integers::are_members_vartime(residues, in, group)) {
    return {};
  }
  for (std::size_t i = 0; i < out.size(); ++i) {  // who is it?
    if (auto one = decode(octets(i)); !one) {
      return fail(one.error().code, "element " + std::to_string(i), one.error().reason);
    }
  }
  // Every element is a member alone, and a batch of members always passes.
  SANDOQ_EXPECTS(false, "the batch and its items agree");
  return {};
}

template <class P>
void integer_group<P>::encode_batch(byte_span out, std::span<const element> in) noexcept {
  SANDOQ_EXPECTS(out.size() == element_bytes * in.size(), "room for each element");
  for (std::size_t i = 0; i < in.size(); ++i) {
    integers::to_big_endian(out.subspan(i * element_bytes, element_bytes), limbs_of(in[i]));
  }
}

template <class P>
typename integer_group<P>::element integer_group<P>::sum(std::span<const element> elements) {
  element total;
  add_columns(std::span(&total, 1), elements);
  return total;
}

template <class P>
void integer_group<P>::add_many(std::span<element> accumulators, std::span<const element> addends) {
  SANDOQ_EXPECTS(accumulators.size() == addends.size(), "one addend for each accumulator");
  for (std::size_t i = 0; i < addends.size(); ++i) {
    accumulators[i] += addends[i];
  }
}

template <class P>
void integer_group<P>::add_columns(std::span<element> accumulators,
                                   std::span<const element> addends) {
  integers::multiply_columns_vartime(all_limbs_of(accumulators), all_limbs_of(addends),
                                     constants<P>::p);
}

// Derived bases. SPEC(12.6)

template <class P>
typename integer_group<P>::element integer_group<P>::from_uniform_bytes(
    std::span<const std::byte, 64> wide) {
  element residue;
  integers::residue_from_uniform_bytes(limbs_of(residue), wide, subgroup_of<P>());
  element out;
  integers::power_vartime(limbs_of(out), limbs_of(residue), cofactor<P>(), constants<P>::p);
  return out;
}

template <class P>
typename integer_group<P>::element integer_group<P>::base(literal label, const digest32& e0,
                                                          std::uint32_t index) {
  return from_uniform_bytes(base_derivation(label, e0, index).octets);
}

// Multiples.

template <class P>
typename integer_group<P>::element integer_group<P>::mul_vartime(const scalar& s,
                                                                 const element& e) {
  element out;
  integers::power_vartime(limbs_of(out), limbs_of(e), limbs_of(s), constants<P>::p);
  return out;
}
template <class P>
typename integer_group<P>::element integer_group<P>::mul_base_vartime(const scalar& s) {
  element out;
  generator_table<P>().power_vartime(limbs_of(out), limbs_of(s));
  return out;
}
template <class P>
typename integer_group<P>::element integer_group<P>::double_mul_vartime(const scalar& a,
                                                                        const element& e,
                                                                        const scalar& b) {
  return mul_vartime(a, e) + mul_base_vartime(b);
}

template <class P>
void integer_group<P>::mul_each_vartime(std::span<element> out, std::span<const scalar> scalars,
                                        std::span<const element> elements) {
  SANDOQ_EXPECTS(scalars.size() == elements.size() && out.size() == elements.size(),
                 "one scalar for each element");
  integers::powers_vartime(all_limbs_of(out), all_limbs_of(elements), all_limbs_of(scalars),
                           q_limbs, constants<P>::p);
}
template <class P>
void integer_group<P>::mul_base_each_vartime(std::span<element> out,
                                             std::span<const scalar> scalars) {
  SANDOQ_EXPECTS(out.size() == scalars.size(), "room for each element");
  generator_table<P>().powers_vartime(all_limbs_of(out), all_limbs_of(scalars), q_limbs);
}

template <class P>
typename integer_group<P>::element integer_group<P>::msm_vartime(
    std::span<const scalar> scalars, std::span<const element> elements) {
  SANDOQ_EXPECTS(scalars.size() == elements.size(), "one scalar for each element");
  element out;
  integers::multi_power_vartime(limbs_of(out), all_limbs_of(elements), all_limbs_of(scalars),
                                q_limbs, constants<P>::p);
  return out;
}

template struct integer_group<modp4096_parameters>;
template struct integer_group<modp4096_v1_parameters>;
template struct integer_group<belenios2048_parameters>;
template struct integer_group<rfc3526_2048_parameters>;
template struct integer_group<swisspost3072_parameters>;
template struct integer_group<swisspost3072_tt05_parameters>;

}  // namespace sandoq
