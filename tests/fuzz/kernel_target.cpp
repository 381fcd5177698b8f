// Every kernel of the machine and the emulated ones: all must decide and compute alike, and as
// libsodium does.

#include <sodium.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "lib/group/recode25519.hpp"
#include "lib/group/ristretto255_access.hpp"
#include "lib/kernels/choice.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "tests/fuzz/target.hpp"

namespace sandoq::fuzzing {
namespace {

using G = ristretto255;
using kernels::decode_outcome;
using kernels::point;
using octets32 = std::array<unsigned char, 32>;
using octet_rows = std::vector<octets32>;
using kernel = kernels::ristretto255_table;

const std::vector<const kernel*>& all_kernels() {
  static const auto all = kernels::kernels_here();
  return all;
}

octets32 octets_at(byte_view in, std::size_t at) {
  octets32 out;
  std::transform(in.begin() + static_cast<std::ptrdiff_t>(at),
                 in.begin() + static_cast<std::ptrdiff_t>(at + 32), out.begin(),
                 [](std::byte octet) { return std::to_integer<unsigned char>(octet); });
  return out;
}

octet_rows encoded(const kernel& k, const std::vector<point>& points) {
  octet_rows out(points.size());
  k.encode(out.front().data(), points.data(), points.size());
  return out;
}

outcome differs(const kernel& k, std::string_view what) {
  return {true, std::string(k.name) + ": " + std::string(what)};
}

/// What libsodium decides; 1.0.18 ignores the highest bit, which RFC 9496 does not allow.
bool sodium_takes(const octets32& in) {
  return (in[31] & 0x80U) == 0 && crypto_core_ristretto255_is_valid_point(in.data()) == 1;
}
octets32 sodium_element(byte_view uniform) {
  octets32 out;
  crypto_core_ristretto255_from_hash(out.data(),
                                     reinterpret_cast<const unsigned char*>(uniform.data()));
  return out;
}
octets32 sodium_sum(const octets32& a, const octets32& b) {
  octets32 out{};
  static_cast<void>(crypto_core_ristretto255_add(out.data(), a.data(), b.data()));
  return out;
}
/// libsodium refuses to return the identity, whose encoding is 0.
octets32 sodium_multiple(const octets32& s, const octets32& p) {
  octets32 out{};
  if (crypto_scalarmult_ristretto255(out.data(), s.data(), p.data()) != 0) {
    out.fill(0);
  }
  return out;
}

/// Encodings of 32 bytes each: verdicts, and encoding what was decoded.
outcome decoding(byte_view in) {
  const std::size_t n = in.size() / 32;
  if (in.size() != 32 * n || n == 0 || n > 20) {
    return {};
  }
  octet_rows rows;
  for (std::size_t i = 0; i < n; ++i) {
    rows.push_back(octets_at(in, 32 * i));
  }
  octet_rows first_roots;
  std::vector<decode_outcome> first_outcomes;
  for (const kernel* k : all_kernels()) {
    std::vector<point> points(n);
    std::vector<decode_outcome> outcomes(n);
    octet_rows roots(n);
    k->decode({rows.front().data(), n, points.data(), outcomes.data(), roots.front().data()});
    const octet_rows again = encoded(*k, points);
    if (first_roots.empty()) {
      first_roots = roots;
      first_outcomes = outcomes;
    }
    for (std::size_t i = 0; i < n; ++i) {
      const bool good = outcomes[i] == decode_outcome::good;
      if (good != sodium_takes(rows[i])) {
        return differs(*k, "libsodium decides otherwise");
      }
      if (good && again[i] != rows[i]) {
        return differs(*k, "the encoding of what was decoded is another");
      }
      if (outcomes[i] != first_outcomes[i] || (good && roots[i] != first_roots[i])) {
        return differs(*k, "another reason or root than the first kernel's");
      }
    }
  }
  return {true, {}};
}

/// Pairs of an encoding and a hint: the hint may be refused, but changes nothing else.
outcome hinted_decoding(byte_view in) {
  const std::size_t n = in.size() / 64;
  if (in.size() != 64 * n || n == 0 || n > 10) {
    return {};
  }
  octet_rows rows;
  octet_rows hints;
  for (std::size_t i = 0; i < n; ++i) {
    rows.push_back(octets_at(in, 64 * i));
    hints.push_back(octets_at(in, 64 * i + 32));
  }
  std::vector<decode_outcome> first_outcomes;
  for (const kernel* k : all_kernels()) {
    std::vector<point> points(n);
    std::vector<decode_outcome> outcomes(n);
    k->decode_hinted({rows.front().data(), n, points.data(), outcomes.data(), nullptr},
                     hints.front().data());
    const octet_rows again = encoded(*k, points);
    if (first_outcomes.empty()) {
      first_outcomes = outcomes;
    }
    for (std::size_t i = 0; i < n; ++i) {
      const bool good = outcomes[i] == decode_outcome::good;
      if (good ? !sodium_takes(rows[i]) || again[i] != rows[i]
               : outcomes[i] != decode_outcome::hint_does_not_fit && sodium_takes(rows[i])) {
        return differs(*k, "a hint changed the verdict or the element");
      }
      if (outcomes[i] != first_outcomes[i]) {
        return differs(*k, "hints are decided otherwise than by the first kernel");
      }
    }
  }
  return {true, {}};
}

/// Elements that are not of this family's making, in the words that kernels take.
std::vector<point> decoded(const octet_rows& rows) {
  std::vector<point> out(rows.size());
  std::vector<decode_outcome> outcomes(rows.size());
  kernels::portable_ristretto255.decode(
      {rows.front().data(), rows.size(), out.data(), outcomes.data(), nullptr});
  return out;
}

/// 64 uniform bytes an element: sums of columns.
outcome sums(byte_view in) {
  const std::size_t n = in.size() / 64;
  if (in.size() != 64 * n || n == 0 || n > 32) {
    return {};
  }
  octet_rows rows;
  for (std::size_t i = 0; i < n; ++i) {
    rows.push_back(sodium_element(in.subspan(64 * i, 64)));
  }
  const std::vector<point> points = decoded(rows);
  for (const std::size_t columns : {std::size_t{1}, (n + 1) / 2, n}) {
    octet_rows want(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(columns));
    for (std::size_t i = 0; i < n / columns * columns; ++i) {
      want[i % columns] = sodium_sum(want[i % columns], rows[i]);
    }
    for (const kernel* k : all_kernels()) {
      std::vector<point> out(points.begin(), points.begin() + static_cast<std::ptrdiff_t>(columns));
      k->sum_columns(out.data(), points.data(), n / columns, columns);
      if (encoded(*k, out) != want) {
        return differs(*k, "a sum is not libsodium's");
      }
    }
  }
  return {true, {}};
}

/// The multiples of one kernel, by every way there is.
outcome multiply_on(const kernel& k, const std::vector<G::scalar>& scalars,
                    const octet_rows& elements, const octet_rows& want) {
  const std::size_t n = want.size();
  const std::vector<point> points = decoded(elements);
  std::vector<signed char> digits;
  std::vector<secret_scalar<G>> secrets;
  octets32 total{};
  for (std::size_t i = 0; i < n; ++i) {
    const auto own = edwards::radix_16_digits(words_of(scalars[i]));
    digits.insert(digits.end(), own.begin(), own.end());
    secrets.emplace_back(scalars[i]);
    total = sodium_sum(total, want[i]);
  }
  std::vector<point> out(n);
  k.multiply(out.data(), digits.data(), kernels::radix_16_digits, points.data(), n);
  if (encoded(k, out) != want) {
    return differs(k, "a multiple is not libsodium's");
  }
  const kernels::forced_kernel only(k);
  std::vector<G::element> bases;
  for (const point& p : points) {
    bases.push_back(element_of_point(point_of(p)));
  }
  const auto is_total = [&](const G::element& e) {
    const auto octets = G::encode(e);
    return octets_at(octets, 0) == total;
  };
  if (!is_total(G::msm_straus_vartime(scalars, bases)) ||
      !is_total(G::msm_pippenger_vartime(scalars, bases))) {
    return differs(k, "a sum of multiples is not libsodium's");
  }
  if (!is_total(declassify<"public in a test">(fixed_bases_table<G>(bases).msm(secrets)))) {
    return differs(k, "a sum of multiples of fixed bases is not libsodium's");
  }
  const auto of_generator = secret_ops<G>::mul_base_each(secrets);
  for (std::size_t i = 0; i < n; ++i) {
    octets32 theirs{};
    const auto s = G::encode_scalar(scalars[i]);
    if (crypto_scalarmult_ristretto255_base(theirs.data(), octets_at(s, 0).data()) != 0) {
      theirs.fill(0);
    }
    if (octets_at(G::encode(declassify<"public in a test">(of_generator[i])), 0) != theirs) {
      return differs(k, "a multiple of the generator is not libsodium's");
    }
  }
  return {true, {}};
}

/// 32 bytes of a scalar, 64 of an element.
outcome multiples(byte_view in) {
  const std::size_t n = in.size() / 96;
  if (in.size() != 96 * n || n == 0 || n > 5) {
    return {};
  }
  std::vector<G::scalar> scalars;
  octet_rows elements;
  octet_rows want;
  for (std::size_t i = 0; i < n; ++i) {
    byte_array<64> wide{};
    std::copy_n(in.begin() + static_cast<std::ptrdiff_t>(96 * i), 32, wide.begin());
    scalars.push_back(G::scalar_from_wide(wide));
    elements.push_back(sodium_element(in.subspan(96 * i + 32, 64)));
    want.push_back(
        sodium_multiple(octets_at(G::encode_scalar(scalars.back()), 0), elements.back()));
  }
  for (const kernel* k : all_kernels()) {
    if (outcome out = multiply_on(*k, scalars, elements, want); !out.broken.empty()) {
      return out;
    }
  }
  return {true, {}};
}

constexpr decoder kernel_decoders[] = {
    {"kernel_decode", decoding},
    {"kernel_hints", hinted_decoding},
    {"kernel_sums", sums},
    {"kernel_multiples", multiples},
};

}  // namespace

target kernels_target() {
  return {"kernels", kernel_decoders};
}

}  // namespace sandoq::fuzzing
