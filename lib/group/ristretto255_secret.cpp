#include "sandoq/group/ristretto255_secret.hpp"

#include <array>
#include <cstring>
#include <type_traits>
#include <utility>
#include <vector>

#include "lib/group/decode25519.hpp"
#include "lib/group/edwards25519.hpp"
#include "lib/group/recode25519.hpp"
#include "lib/group/ristretto255_access.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

using arith::field_element;
using arith::field_loose;
using arith::field_wide;
using edwards::cached;
using edwards::extended;
using ops = secret_ops<ristretto255>;
using scalar = ristretto255::scalar;
using element = ristretto255::element;

const scalar& in(const secret<scalar>& s) noexcept {
  return expose_for_secret_ops(s);
}
const element& in(const secret<element>& e) noexcept {
  return expose_for_secret_ops(e);
}

// Deeper than the frames of scalar and of element arithmetic.
constexpr std::size_t scalar_stack_bytes = 2048;
constexpr std::size_t element_stack_bytes = 8192;

/// What make() computes, with all its temporaries, lies below this frame.
template <class T, class Make>
[[gnu::noinline]] secret<T> computed_below(Make& make) noexcept(noexcept(make())) {
  return secret<T>::made_by(make);
}

/// Puts what is computed from secrets under secret<> again: made at once in the memory of the
/// secret; then everything that the computation left on the stack is wiped. The memory is marked
/// already, because it came from marked memory; secret marks results that do not depend on it.
template <class MakeWords>
secret<scalar> keep_words(MakeWords&& make) noexcept {
  const auto make_scalar = [&]() noexcept {
    return detail::ristretto255_access::make_scalar_by(make);
  };
  auto out = computed_below<scalar>(make_scalar);
  detail::wipe_dead_stack<scalar_stack_bytes>();
  return out;
}
template <class MakePoint>
secret<element> keep(MakePoint&& make) noexcept(noexcept(make())) {
  const auto make_element = [&]() noexcept(noexcept(make())) { return element_of_point(make()); };
  auto out = computed_below<element>(make_element);
  detail::wipe_dead_stack<element_stack_bytes>();
  return out;
}

template <class Limbs>
void assign_if(choice c, Limbs& to, const Limbs& from) noexcept {
  to.v = select(c, from.v, to.v);
}
void assign_if(choice c, cached& to, const cached& from) noexcept {
  assign_if(c, to.y_plus_x, from.y_plus_x);
  assign_if(c, to.y_minus_x, from.y_minus_x);
  assign_if(c, to.z2, from.z2);
  assign_if(c, to.t2d, from.t2d);
}
void assign_if(choice c, extended& to, const extended& from) noexcept {
  assign_if(c, to.x, from.x);
  assign_if(c, to.y, from.y);
  assign_if(c, to.z, from.z);
  assign_if(c, to.t, from.t);
}

cached negated(const cached& p) noexcept {
  return edwards::negate(p);
}

/// Two words at a time; compilers turn it into whatever registers the target has.
using word_pair = std::uint64_t __attribute__((vector_size(16)));

/// The entry whose mask is all ones; every entry is read. \pre at most one mask is set, the others
/// are 0
template <class Entry, std::size_t... J>
Entry masked_or(const std::array<Entry, 8>& entries, const std::array<std::uint64_t, 8>& masks,
                std::index_sequence<J...>) noexcept {
  static_assert(std::is_trivially_copyable_v<Entry> && sizeof(Entry) % 8 == 0);
  const std::array<word_pair, 8> pairs = {word_pair{masks[J], masks[J]}...};
  Entry out;
  auto* to = reinterpret_cast<std::byte*>(&out);
  const auto word_at = [&]<class Word>(std::size_t entry, std::size_t offset, Word word) noexcept {
    std::memcpy(&word, reinterpret_cast<const std::byte*>(&entries[entry]) + offset, sizeof word);
    return word;
  };
  std::size_t offset = 0;
  for (; offset + sizeof(word_pair) <= sizeof(Entry); offset += sizeof(word_pair)) {
    const word_pair both = ((pairs[J] & word_at(J, offset, word_pair{})) | ...);
    std::memcpy(to + offset, &both, sizeof both);
  }
  if (offset < sizeof(Entry)) {
    const std::uint64_t last = ((masks[J] & word_at(J, offset, std::uint64_t{})) | ...);
    std::memcpy(to + offset, &last, sizeof last);
  }
  return out;
}

/// digit * P out of P, 2P, ..., 8P, for a secret digit in [-8, 8].
template <class Entry>
Entry lookup(const std::array<Entry, 8>& multiples, const Entry& zero, std::int8_t digit) noexcept {
  const auto bits = static_cast<std::uint64_t>(static_cast<std::int64_t>(digit));
  const choice negative = choice::from_bit(bits >> 63U);
  const std::uint64_t size = select(negative, std::uint64_t{0} - bits, bits);
  std::array<std::uint64_t, 8> masks;
  for (std::size_t j = 0; j < masks.size(); ++j) {
    masks[j] = choice::equal(size, j + 1).mask();
  }
  Entry out = masked_or(multiples, masks, std::make_index_sequence<8>());
  assign_if(choice::is_zero(size), out, zero);
  assign_if(negative, out, negated(out));
  return out;
}

using multiples_of = std::array<cached, 8>;

multiples_of make_multiples(const extended& p) noexcept {
  multiples_of out;
  out[0] = to_cached(p);
  extended multiple = p;
  for (std::size_t j = 1; j < out.size(); ++j) {
    multiple = to_extended(add(multiple, out[0]));
    out[j] = to_cached(multiple);
  }
  return out;
}

using digits_64 = std::array<std::int8_t, 64>;

extended mul_point(const scalar& x, const extended& p) noexcept {
  multiples_of multiples = make_multiples(p);
  digits_64 digits = edwards::radix_16_digits(words_of(x));
  extended r = edwards::neutral;
  for (std::size_t i = 64; i-- > 0;) {
    if (i != 63) {
      r = edwards::twice_times(r, 4);
    }
    r = to_extended(add(r, lookup(multiples, edwards::cached_neutral, digits[i])));
  }
  detail::wipe(&digits, sizeof digits);
  detail::wipe(&multiples, sizeof multiples);  // p itself may be secret
  return r;
}

}  // namespace

secret<scalar> ops::random_scalar(random_source& source) noexcept {
  return scalar_from_wide(random_secret<64>(source));
}

secret<scalar> ops::scalar_from_wide(const secret<byte_array<64>>& wide) noexcept {
  const auto words = secret<std::array<std::uint64_t, 8>>::made_by(
      [&]() noexcept { return arith::words_from_bytes<8>(expose_for_secret_ops(wide).data()); });
  return keep_words([&]() noexcept { return arith::scalar_reduce(expose_for_secret_ops(words)); });
}

secret<scalar> ops::scalar_from_u64(const secret<std::uint64_t>& value) noexcept {
  return keep_words([&]() noexcept {
    return arith::scalar_words{expose_for_secret_ops(value), 0, 0, 0};
  });
}

secret<scalar> ops::scalar_from_choice(choice bit) noexcept {
  return keep_words([&]() noexcept { return arith::scalar_words{bit.bit(), 0, 0, 0}; });
}

result<secret<scalar>> ops::decode_scalar(const secret<byte_array<32>>& octets) {
  auto out = keep_words(
      [&]() noexcept { return arith::words_from_bytes<4>(expose_for_secret_ops(octets).data()); });
  if (!declassify<"whether a stored secret is a scalar at all is public">(
          arith::scalar_in_range(words_of(in(out))))) {
    return fail(errc::out_of_range, "secret scalar", "a scalar must be below the group order");
  }
  return out;
}

secret<byte_array<32>> ops::encode_scalar(const secret<scalar>& x) noexcept {
  return secret<byte_array<32>>::made_by(
      [&]() noexcept { return arith::scalar_to_bytes(words_of(in(x))); });
}

secret<scalar> ops::add(const secret<scalar>& a, const secret<scalar>& b) noexcept {
  return keep_words([&]() noexcept { return arith::scalar_add(words_of(in(a)), words_of(in(b))); });
}
secret<scalar> ops::add(const secret<scalar>& a, const scalar& b) noexcept {
  return keep_words([&]() noexcept { return arith::scalar_add(words_of(in(a)), words_of(b)); });
}
secret<scalar> ops::sub(const secret<scalar>& a, const secret<scalar>& b) noexcept {
  return keep_words([&]() noexcept { return arith::scalar_sub(words_of(in(a)), words_of(in(b))); });
}
secret<scalar> ops::sub(const secret<scalar>& a, const scalar& b) noexcept {
  return keep_words([&]() noexcept { return arith::scalar_sub(words_of(in(a)), words_of(b)); });
}
secret<scalar> ops::sub(const scalar& a, const secret<scalar>& b) noexcept {
  return keep_words([&]() noexcept { return arith::scalar_sub(words_of(a), words_of(in(b))); });
}
secret<scalar> ops::neg(const secret<scalar>& a) noexcept {
  return keep_words([&]() noexcept { return arith::scalar_neg(words_of(in(a))); });
}
secret<scalar> ops::mul(const secret<scalar>& a, const secret<scalar>& b) noexcept {
  return keep_words([&]() noexcept { return arith::scalar_mul(words_of(in(a)), words_of(in(b))); });
}
secret<scalar> ops::mul(const secret<scalar>& a, const scalar& b) noexcept {
  return keep_words([&]() noexcept { return arith::scalar_mul(words_of(in(a)), words_of(b)); });
}
secret<scalar> ops::invert(const secret<scalar>& a) noexcept {
  return keep_words([&]() noexcept { return arith::scalar_invert(words_of(in(a))); });
}
secret<scalar> ops::fma(const secret<scalar>& k, const scalar& c,
                        const secret<scalar>& x) noexcept {
  return add(k, mul(x, c));
}
secret<scalar> ops::fma(const secret<scalar>& k, const secret<scalar>& c,
                        const secret<scalar>& x) noexcept {
  return add(k, mul(c, x));
}
secret<scalar> ops::select(choice c, const secret<scalar>& if_true,
                           const secret<scalar>& if_false) noexcept {
  return keep_words(
      [&]() noexcept { return sandoq::select(c, words_of(in(if_true)), words_of(in(if_false))); });
}
choice ops::is_zero(const secret<scalar>& a) noexcept {
  const arith::scalar_words& words = words_of(in(a));
  return choice::is_zero(words[0] | words[1] | words[2] | words[3]);
}

namespace {

/// 2*(256*m + counter) as 32 bytes.
std::array<std::byte, 32> numbered(const byte_array<31>& m, unsigned counter) noexcept {
  std::array<std::byte, 32> out{};
  for (std::size_t i = 0; i < m.size(); ++i) {  // m < 2^247: nothing reaches beyond the last byte
    out[i + 1] |= m[i] << 1;
    if (i + 2 < out.size()) {
      out[i + 2] |= m[i] >> 7;
    }
  }
  out[0] = static_cast<std::byte>((counter << 1U) & 0xFFU);
  out[1] |= static_cast<std::byte>(counter >> 7U);
  return out;
}

}  // namespace

choice ops::element_of_number(secret<element>& out, const secret<byte_array<31>>& m) noexcept {
  choice found = choice::no();
  out = keep([&]() noexcept {
    extended first = edwards::neutral;
    for (unsigned counter = 0; counter < 256; ++counter) {
      const auto candidate = edwards::decode_field(
          arith::field_from_bytes(numbered(expose_for_secret_ops(m), counter)));
      const choice is_first = candidate.in_group & ~found;
      assign_if(is_first, first, candidate.point);
      found = found | candidate.in_group;
    }
    return first;
  });
  return found;
}

secret<element> ops::mul(const secret<scalar>& x, const element& e) noexcept {
  return keep([&]() noexcept { return mul_point(in(x), point_of(e)); });
}
secret<element> ops::mul(const secret<scalar>& x, const secret<element>& e) noexcept {
  return keep([&]() noexcept { return mul_point(in(x), point_of(in(e))); });
}

secret<element> ops::add(const secret<element>& a, const secret<element>& b) noexcept {
  return keep([&]() noexcept { return point_of(in(a) + in(b)); });
}
secret<element> ops::add(const secret<element>& a, const element& b) noexcept {
  return keep([&]() noexcept { return point_of(in(a) + b); });
}
secret<element> ops::sub(const secret<element>& a, const secret<element>& b) noexcept {
  return keep([&]() noexcept { return point_of(in(a)-in(b)); });
}
secret<element> ops::sub(const secret<element>& a, const element& b) noexcept {
  return keep([&]() noexcept { return point_of(in(a)-b); });
}
secret<element> ops::sub(const element& a, const secret<element>& b) noexcept {
  return keep([&]() noexcept { return point_of(a - in(b)); });
}
secret<element> ops::neg(const secret<element>& a) noexcept {
  return keep([&]() noexcept { return point_of(-in(a)); });
}

secret<element> ops::select(choice c, const element& if_true, const element& if_false) noexcept {
  return keep([&]() noexcept {
    extended out = point_of(if_false);
    assign_if(c, out, point_of(if_true));
    return out;
  });
}
secret<element> ops::select(choice c, const secret<element>& if_true,
                            const secret<element>& if_false) noexcept {
  return select(c, in(if_true), in(if_false));
}
secret<element> ops::add_if(choice bit, const secret<element>& a, const element& b) noexcept {
  return keep([&]() noexcept {
    cached addend = edwards::cached_neutral;
    assign_if(bit, addend, to_cached(point_of(b)));
    return to_extended(edwards::add(point_of(in(a)), addend));
  });
}
secret<byte_array<32>> ops::encode(const secret<element>& e) noexcept {
  const auto make = [&]() noexcept { return ristretto255::encode(in(e)); };
  auto out = computed_below<byte_array<32>>(make);
  detail::wipe_dead_stack<element_stack_bytes>();
  return out;
}

}  // namespace sandoq
