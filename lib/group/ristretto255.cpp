#include "sandoq/group/ristretto255.hpp"

#include <array>
#include <string>

#include "lib/group/ristretto255_access.hpp"
#include "lib/kernels/select.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq {

using edwards::cached;
using edwards::extended;
using scalar = ristretto255::scalar;
using element = ristretto255::element;

// Scalars. SPEC(10.2)

scalar operator+(const scalar& a, const scalar& b) noexcept {
  return scalar_of_words(arith::scalar_add(words_of(a), words_of(b)));
}
scalar operator-(const scalar& a, const scalar& b) noexcept {
  return scalar_of_words(arith::scalar_sub(words_of(a), words_of(b)));
}
scalar operator*(const scalar& a, const scalar& b) noexcept {
  return scalar_of_words(arith::scalar_mul(words_of(a), words_of(b)));
}
scalar operator-(const scalar& a) noexcept {
  return scalar_of_words(arith::scalar_neg(words_of(a)));
}

scalar ristretto255::invert(const scalar& s) noexcept {
  return scalar_of_words(arith::scalar_invert(words_of(s)));
}

scalar ristretto255::scalar_from_u64(std::uint64_t value) noexcept {
  return scalar_of_words({value, 0, 0, 0});
}

scalar ristretto255::scalar_from_wide(std::span<const std::byte, 64> wide) noexcept {
  return scalar_of_words(arith::scalar_reduce(arith::words_from_bytes<8>(wide.data())));
}

result<scalar> ristretto255::decode_scalar(byte_view in) {
  if (in.size() != scalar_bytes) {
    return fail(errc::bad_encoding, "scalar",
                "a scalar has 32 bytes, found " + std::to_string(in.size()));
  }
  const auto words = arith::words_from_bytes<4>(in.data());
  if (!is_public_true(arith::scalar_in_range(words))) {
    return fail(errc::out_of_range, "scalar", "a scalar must be below the group order");
  }
  return scalar_of_words(words);
}

std::array<std::byte, 32> ristretto255::encode_scalar(const scalar& s) noexcept {
  return arith::scalar_to_bytes(words_of(s));
}

// Elements.

element operator+(const element& a, const element& b) noexcept {
  return element_of_point(edwards::sum(point_of(a), point_of(b)));
}
element operator-(const element& a, const element& b) noexcept {
  return element_of_point(to_extended(subtract(point_of(a), to_cached(point_of(b)))));
}
element operator-(const element& a) noexcept {
  return element_of_point(edwards::negate(point_of(a)));
}

bool operator==(const element& a, const element& b) noexcept {  // SPEC(10.4)
  const extended p = point_of(a);
  const extended q = point_of(b);
  return is_public_true(equal(p.x * q.y, p.y * q.x) | equal(p.y * q.y, p.x * q.x));
}

bool ristretto255::is_identity(const element& e) noexcept {  // SPEC(10.4)
  const extended p = point_of(e);
  return is_public_true(is_zero(p.x) | is_zero(p.y));
}

element ristretto255::generator() noexcept {
  // (x, 4/5) with x non-negative: the base point of RFC 9496 section 4.
  static constexpr extended base = {
      arith::make_field(
          {0x62d608f25d51a, 0x412a4b4f6592a, 0x75b7171a4b31d, 0x1ff60527118fe, 0x216936d3cd6e5}),
      arith::make_field(
          {0x6666666666658, 0x4cccccccccccc, 0x1999999999999, 0x3333333333333, 0x6666666666666}),
      arith::field_one,
      arith::make_field(
          {0x68ab3a5b7dda3, 0x00eea2a5eadbb, 0x2af8df483c27e, 0x332b375274732, 0x67875f0fd78b7})};
  return element_of_point(base);
}

element ristretto255::sum(std::span<const element> elements) noexcept {
  constexpr std::size_t columns = 8;  // as many sums as any kernel has lanes, added up at the end
  std::array<element, columns> sums{};
  const std::size_t rows = elements.size() / columns;
  kernels::ristretto255_kernel().sum_columns(points_of(std::span<element>(sums)),
                                             points_of(elements), rows, columns);
  element total;
  for (const element& e : sums) {
    total += e;
  }
  for (const element& e : elements.subspan(rows * columns)) {
    total += e;
  }
  return total;
}

void ristretto255::add_many(std::span<element> accumulators,
                            std::span<const element> addends) noexcept {
  SANDOQ_EXPECTS(accumulators.size() == addends.size(), "one addend for each accumulator");
  kernels::ristretto255_kernel().sum_columns(points_of(accumulators), points_of(addends), 1,
                                             addends.size());
}

element ristretto255::base(literal label, const digest32& e0, std::uint32_t index) noexcept {
  return from_uniform_bytes(base_derivation(label, e0, index).octets);
}

}  // namespace sandoq
