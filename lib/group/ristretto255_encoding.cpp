// Decoding, encoding and the map from uniform bytes: RFC 9496 sections 4.3.1, 4.3.2 and 4.3.4, with
// the letters used there.

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "lib/group/decode25519.hpp"
#include "lib/group/ristretto255_access.hpp"
#include "lib/kernels/select.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/group/ristretto255.hpp"

namespace sandoq {
namespace {

using arith::field_element;
using arith::field_one;
using edwards::extended;
using element = ristretto255::element;
namespace constants = arith::constants;

using octets32 = std::array<std::byte, 32>;

using decoding = kernels::decode_outcome;

octets32 octets_at(byte_view in, std::size_t index) noexcept {
  octets32 out;
  std::copy_n(in.begin() + static_cast<std::ptrdiff_t>(32 * index), 32, out.begin());
  return out;
}

/// Variable time.
decoding decode_one(element& out, const octets32& in) noexcept {
  const field_element s = arith::field_from_bytes(in);
  const bool canonical = to_bytes(s) == in && !is_public_true(is_negative(s));
  const edwards::decoded_point decoded = edwards::decode_field(s);
  out = element_of_point(decoded.point);
  const bool in_group = is_public_true(decoded.in_group);
  return !canonical ? decoding::bad_encoding : in_group ? decoding::good : decoding::not_in_group;
}

tl::unexpected<error> refusal(decoding why, std::string_view place) {
  return why == decoding::bad_encoding
             ? fail(errc::bad_encoding, place,
                    "not the canonical encoding of a non-negative field element")
             : fail(errc::not_in_group, place, "these bytes are the encoding of no group element");
}

/// Constant time.
octets32 encode_point(const extended& p) noexcept {
  const field_element u1 = (p.z + p.y) * (p.z - p.y);
  const field_element u2 = p.x * p.y;
  const field_element root = arith::sqrt_ratio(field_one, u1 * square(u2)).root;
  const field_element den1 = root * u1;
  const field_element den2 = root * u2;
  const field_element z_inv = (den1 * den2) * p.t;
  const field_element ix = p.x * constants::sqrt_m1;
  const field_element iy = p.y * constants::sqrt_m1;
  const field_element enchanted = den1 * constants::invsqrt_a_minus_d;
  const choice rotate = is_negative(p.t * z_inv);
  const field_element x = select(rotate, iy, p.x);
  field_element y = select(rotate, ix, p.y);
  const field_element den_inv = select(rotate, enchanted, den2);
  y = negate_if(is_negative(x * z_inv), y);
  return to_bytes(absolute(den_inv * (p.z - y)));
}

/// MAP of 4.3.4: Elligator 2 on the Jacobi quartic. Constant time.
extended map_to_point(const field_element& t) noexcept {
  const field_element r = constants::sqrt_m1 * square(t);
  const field_element u = (r + field_one) * constants::one_minus_d_sq;
  const field_element rd = carry(r + constants::d);
  const field_element minus_one = carry(-field_one);
  const field_element v = (minus_one - r * constants::d) * rd;
  const arith::square_root root = sqrt_ratio(u, v);
  const field_element s_prime = carry(-absolute(root.root * t));
  const field_element s = select(root.was_square, root.root, s_prime);
  const field_element c = select(root.was_square, minus_one, r);
  const field_element n = carry((c * (r - field_one)) * constants::d_minus_one_sq - v);
  const field_element w0 = (s + s) * v;
  const field_element w1 = n * constants::sqrt_ad_minus_one;
  const field_element ss = square(s);
  const field_element w2 = carry(field_one - ss);
  const field_element w3 = carry(field_one + ss);
  return {w0 * w3, w2 * w1, w1 * w3, w0 * w2};
}

}  // namespace

result<element> ristretto255::decode(byte_view in) {  // SPEC(10.3)
  if (in.size() != element_bytes) {
    return fail(errc::bad_encoding, "element",
                "an element has 32 bytes, found " + std::to_string(in.size()));
  }
  element out;
  const decoding outcome = decode_one(out, octets_at(in, 0));
  if (outcome != decoding::good) {
    return refusal(outcome, "element");
  }
  return out;
}

namespace {

constexpr std::size_t most_at_once = 512;
using outcomes_at_once = std::array<decoding, most_at_once>;

const unsigned char* octets_from(byte_view in, std::size_t index) noexcept {
  return reinterpret_cast<const unsigned char*>(in.data()) + 32 * index;
}

/// Decodes by decode_some(begin, elements, outcomes), so many at a time; names the first bad one.
template <class DecodeSome>
result<void> decode_in_parts(std::span<element> out, DecodeSome&& decode_some) {
  outcomes_at_once outcomes;
  for (std::size_t begin = 0; begin < out.size(); begin += most_at_once) {
    const auto some = out.subspan(begin, std::min(most_at_once, out.size() - begin));
    decode_some(begin, some, outcomes.data());
    const auto end = outcomes.begin() + static_cast<std::ptrdiff_t>(some.size());
    const auto bad = std::find_if(outcomes.begin(), end,
                                  [](decoding outcome) { return outcome != decoding::good; });
    if (bad != end) {
      const auto index = begin + static_cast<std::size_t>(bad - outcomes.begin());
      return refusal(*bad, "element " + std::to_string(index));
    }
  }
  return {};
}

/// Decodes those whose hint does not fit as if there were none.
void decode_without_hints(byte_view in, std::size_t begin, std::span<element> out,
                          decoding* outcomes) {
  std::vector<std::size_t> indices;
  bytes wire;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (outcomes[i] == decoding::hint_does_not_fit) {
      const byte_view octets = in.subspan(32 * (begin + i), 32);
      indices.push_back(i);
      wire.insert(wire.end(), octets.begin(), octets.end());
    }
  }
  if (indices.empty()) {
    return;
  }
  std::vector<element> decoded(indices.size());
  outcomes_at_once again;
  kernels::ristretto255_kernel().decode(
      {octets_from(wire, 0), indices.size(), points_of(std::span(decoded)), again.data(), nullptr});
  for (std::size_t k = 0; k < indices.size(); ++k) {
    out[indices[k]] = decoded[k];
    outcomes[indices[k]] = again[k];
  }
}

}  // namespace

result<void> ristretto255::decode_batch(std::span<element> out, byte_view in) {
  SANDOQ_EXPECTS(in.size() == element_bytes * out.size(), "32 bytes for each element");
  const kernels::ristretto255_table& kernel = kernels::ristretto255_kernel();
  return decode_in_parts(out, [&](std::size_t begin, std::span<element> some, decoding* outcomes) {
    kernel.decode({octets_from(in, begin), some.size(), points_of(some), outcomes, nullptr});
  });
}

result<void> ristretto255::decode_batch_hinted(std::span<element> out, byte_view in,
                                               byte_view hints) {
  SANDOQ_EXPECTS(in.size() == element_bytes * out.size(), "32 bytes for each element");
  SANDOQ_EXPECTS(hints.size() == in.size(), "32 bytes of hint for each element");
  const kernels::ristretto255_table& kernel = kernels::ristretto255_kernel();
  return decode_in_parts(out, [&](std::size_t begin, std::span<element> some, decoding* outcomes) {
    kernel.decode_hinted({octets_from(in, begin), some.size(), points_of(some), outcomes, nullptr},
                         octets_from(hints, begin));
    decode_without_hints(in, begin, some, outcomes);
  });
}

void ristretto255::make_hints(byte_span hints, byte_view in) {
  SANDOQ_EXPECTS(in.size() % element_bytes == 0, "32 bytes for each element");
  SANDOQ_EXPECTS(hints.size() == in.size(), "32 bytes of hint for each element");
  const kernels::ristretto255_table& kernel = kernels::ristretto255_kernel();
  std::vector<element> decoded(std::min(most_at_once, in.size() / element_bytes));
  outcomes_at_once outcomes;
  for (std::size_t begin = 0; begin < in.size() / element_bytes; begin += most_at_once) {
    const std::size_t count = std::min(most_at_once, in.size() / element_bytes - begin);
    kernel.decode({octets_from(in, begin), count, points_of(std::span(decoded)), outcomes.data(),
                   reinterpret_cast<unsigned char*>(hints.data()) + element_bytes * begin});
    for (std::size_t i = 0; i < count; ++i) {
      if (outcomes[i] != decoding::good) {  // nothing to hint at
        const byte_span none = hints.subspan(element_bytes * (begin + i), element_bytes);
        std::fill(none.begin(), none.end(), std::byte{0});
      }
    }
  }
}

std::array<std::byte, 32> ristretto255::encode(const element& e) noexcept {
  return encode_point(point_of(e));
}

void ristretto255::encode_batch(byte_span out, std::span<const element> in) noexcept {
  SANDOQ_EXPECTS(out.size() == element_bytes * in.size(), "32 bytes for each element");
  kernels::ristretto255_kernel().encode(reinterpret_cast<unsigned char*>(out.data()), points_of(in),
                                        in.size());
}

element ristretto255::from_uniform_bytes(std::span<const std::byte, 64> wide) noexcept {
  const auto half = [&](std::size_t index) {  // field_from_bytes masks the top bit
    return map_to_point(arith::field_from_bytes(octets_at(wide, index)));
  };
  return element_of_point(edwards::sum(half(0), half(1)));
}

}  // namespace sandoq
