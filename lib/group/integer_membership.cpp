#include "lib/group/integer_membership.hpp"

#include <algorithm>
#include <string>

#include "lib/group/integer_jacobi.hpp"
#include "lib/group/integer_multi_power.hpp"
#include "lib/group/integer_powers.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq::integers {

namespace {

byte_array<4> u32_octets(std::size_t value) noexcept {
  byte_array<4> out;
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = static_cast<std::byte>((value >> (8 * i)) & 0xFFU);
  }
  return out;
}

bool is_one(limb_view a) noexcept {
  return a[0] == 1 && is_zero(a.subspan(1));
}

/// Whether x^q = 1 for every one of xs, numbers one after another.
bool have_order_q(limb_view xs, const subgroup& group) {
  const std::size_t n = group.p.size();
  std::vector<limb> powers(xs.size());
  powers_vartime(powers, xs, group.q, group.p);
  for (std::size_t at = 0; at < powers.size(); at += n) {
    if (!is_one(limb_view(powers).subspan(at, n))) {
      return false;
    }
  }
  return true;
}

}  // namespace

result<void> read_residue_vartime(limb_span out, byte_view in, const subgroup& group) {
  const std::size_t size_bytes = (bit_length_vartime(group.p) + 7) / 8;
  if (in.size() != size_bytes) {
    return fail(errc::bad_encoding, "element",
                "an element of this group has " + std::to_string(size_bytes) + " bytes, found " +
                    std::to_string(in.size()));
  }
  from_big_endian(out, in);
  if (!less_vartime(out, group.p)) {
    return fail(errc::bad_encoding, "element", "a residue must be below the modulus p");
  }
  if (is_zero(out)) {
    return fail(errc::not_in_group, "element", "0 is in no group of residues");
  }
  return {};
}

bool is_member_vartime(limb_view x, const subgroup& group) {
  if (group.rule == membership_rule::jacobi) {
    return jacobi_vartime(x, group.p) == 1;
  }
  return have_order_q(x, group);
}

std::vector<limb> membership_weights(byte_view octets, std::size_t count, const subgroup& group) {
  framed_hash seed("membership");
  seed.update(u32_octets(group.name.size()));
  seed.update(bytes_of(group.name));
  seed.update(u32_octets(count));
  seed.update(octets);
  const digest64 d = seed.digest_wide();
  sha512 prefix;
  update_framed(prefix, bytes_of("sandoq-1/weights"));
  prefix.update(d.view());
  std::vector<limb> out(2 * count);
  for (std::size_t i = 0; i < count; ++i) {
    sha512 state = prefix;
    const digest64 block = state.update(u32_octets(i)).finish();
    from_little_endian(std::span(out).subspan(2 * i, 2), block.view().first(16));
  }
  return out;
}

bool are_members_vartime(limb_view xs, byte_view octets, const subgroup& group) {
  const std::size_t n = group.p.size();
  const std::size_t count = xs.size() / n;
  if (group.rule == membership_rule::exact) {
    return have_order_q(xs, group);
  }
  std::vector<signed char> symbols(count);
  jacobi_symbols_vartime(symbols, xs, group.p);
  if (std::any_of(symbols.begin(), symbols.end(), [](int symbol) { return symbol != 1; })) {
    return false;
  }
  if (group.rule == membership_rule::jacobi) {
    return true;
  }
  if (count <= 1) {
    return have_order_q(xs, group);
  }
  std::vector<limb> product(n);
  multi_power_vartime(product, xs, membership_weights(octets, count, group), 2, group.p);
  return have_order_q(product, group);
}

void residue_from_uniform_bytes(limb_span out, std::span<const std::byte, 64> wide,
                                const subgroup& group) {
  const std::size_t blocks = (bit_length_vartime(group.p) + 128 + 511) / 512;
  bytes octets;
  for (std::size_t j = 0; j < blocks; ++j) {
    sha512 state;
    update_framed(state, bytes_of("sandoq-1/integer-group"));
    update_framed(state, bytes_of(group.name));
    state.update(wide);
    const digest64 block = state.update(u32_octets(j)).finish();
    octets.insert(octets.end(), block.octets.begin(), block.octets.end());
  }
  std::vector<limb> number(8 * blocks);
  from_big_endian(number, octets);
  std::vector<limb> p_minus_one(group.p.begin(), group.p.end());
  p_minus_one[0] -= 1;  // p is odd
  reduce_vartime(out, number, p_minus_one);
  std::vector<limb> one(out.size());
  one[0] = 1;
  add_vartime(out, out, one, group.p);
}

}  // namespace sandoq::integers
