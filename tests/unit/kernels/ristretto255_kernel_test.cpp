// Every kernel that can run here, emulated ones included, against libsodium.

#include <gtest/gtest.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <iterator>
#include <string>
#include <vector>

#include "lib/group/recode25519.hpp"
#include "lib/group/ristretto255_access.hpp"
#include "lib/kernels/choice.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/unit/arith/gmp_number.hpp"

namespace sandoq::kernels {
namespace {

using group = ristretto255;
using octets32 = std::array<unsigned char, 32>;
using octet_rows = std::vector<octets32>;

unsigned char* raw(octet_rows& rows) {
  return rows.front().data();
}

class ristretto255_kernel : public ::testing::TestWithParam<const ristretto255_table*> {
 protected:
  static void SetUpTestSuite() { ASSERT_GE(sodium_init(), 0); }

  const ristretto255_table& kernel() const { return *GetParam(); }

  octets32 octets() {
    octets32 out;
    random.fill(std::as_writable_bytes(std::span(out)));
    return out;
  }
  octets32 valid() {
    std::array<unsigned char, 64> wide;
    random.fill(std::as_writable_bytes(std::span(wide)));
    octets32 out;
    crypto_core_ristretto255_from_hash(out.data(), wide.data());
    return out;
  }
  octet_rows valid_rows(std::size_t n) {
    octet_rows out(n);
    std::generate(out.begin(), out.end(), [this] { return valid(); });
    return out;
  }
  octets32 scalar() {
    std::array<unsigned char, 64> wide;
    random.fill(std::as_writable_bytes(std::span(wide)));
    octets32 out;
    crypto_core_ristretto255_scalar_reduce(out.data(), wide.data());
    return out;
  }

  std::vector<point> decode(octet_rows& rows) const {
    std::vector<point> out(rows.size());
    std::vector<decode_outcome> outcomes(rows.size());
    kernel().decode({raw(rows), rows.size(), out.data(), outcomes.data(), nullptr});
    for (const decode_outcome outcome : outcomes) {
      EXPECT_EQ(outcome, decode_outcome::good);
    }
    return out;
  }
  octet_rows encode(const std::vector<point>& points) const {
    octet_rows out(points.size());
    kernel().encode(raw(out), points.data(), points.size());
    return out;
  }

  /// s*P by libsodium, which refuses to return the identity.
  static octets32 times(const octets32& s, const octets32& p) {
    octets32 out{};
    if (crypto_scalarmult_ristretto255(out.data(), s.data(), p.data()) != 0) {
      out.fill(0);
    }
    return out;
  }
  static octets32 plus(const octets32& a, const octets32& b) {
    octets32 out;
    EXPECT_EQ(crypto_core_ristretto255_add(out.data(), a.data(), b.data()), 0);
    return out;
  }

  static arith::scalar_words words(const octets32& s) {
    arith::scalar_words out;
    std::memcpy(out.data(), s.data(), 32);
    return out;
  }
  static std::vector<signed char> radix_16(const octet_rows& scalars) {
    std::vector<signed char> out;
    for (const octets32& s : scalars) {
      const auto digits = edwards::radix_16_digits(words(s));
      out.insert(out.end(), digits.begin(), digits.end());
    }
    return out;
  }

  /// Scalars at the edges of every recoding, then random ones.
  octet_rows scalars(std::size_t n) {
    octet_rows out(n);
    std::generate(out.begin(), out.end(), [this] { return scalar(); });
    constexpr unsigned char patterns[] = {0x00, 0x77, 0x78, 0x87, 0x88,
                                          0x08, 0xff, 0x10, 0xf0, 0x80};
    for (std::size_t i = 0; i < std::size(patterns) && i < n; ++i) {
      out[i].fill(patterns[i]);
      out[i][31] = 0x0f & patterns[i];
    }
    return out;
  }

  testing::deterministic_random random{testing::test_seed()};
};

// Wire.

TEST_P(ristretto255_kernel, decodes_and_refuses_as_libsodium_does) {
  octet_rows rows;
  for (int i = 0; i < 150; ++i) {
    rows.push_back(valid());
    rows.push_back(octets());
    octets32 even = octets();  // mostly canonical, half of them no square
    even[0] &= 0xfeU;
    even[31] &= 0x7fU;
    rows.push_back(even);
  }
  rows.push_back(octets32{});                       // the identity
  for (const int low : {0xec, 0xed, 0xee, 0xff}) {  // p - 1, p, p + 1, 2^255 - 1
    octets32 edge;
    edge.fill(0xff);
    edge[0] = static_cast<unsigned char>(low);
    edge[31] = 0x7f;
    rows.push_back(edge);
  }
  octets32 top = valid();  // the top bit, which libsodium 1.0.18 ignores
  top[31] |= 0x80U;
  rows.push_back(top);
  std::vector<point> points(rows.size());
  std::vector<decode_outcome> outcomes(rows.size());
  kernel().decode({raw(rows), rows.size(), points.data(), outcomes.data(), nullptr});
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool good =
        (rows[i][31] & 0x80U) == 0 && crypto_core_ristretto255_is_valid_point(rows[i].data()) == 1;
    ASSERT_EQ(outcomes[i] == decode_outcome::good, good) << "row " << i;
    const bool canonical = (rows[i][31] & 0x80U) == 0 && (rows[i][0] & 1U) == 0 &&
                           !(rows[i][31] == 0x7f && rows[i][0] >= 0xed &&
                             std::all_of(rows[i].begin() + 1, rows[i].begin() + 31,
                                         [](unsigned char c) { return c == 0xff; }));
    ASSERT_EQ(outcomes[i] == decode_outcome::bad_encoding, !canonical) << "row " << i;
    if (good) {
      octet_rows again = encode({points[i]});
      ASSERT_EQ(again.front(), rows[i]) << "row " << i;
    }
  }
}

TEST_P(ristretto255_kernel, any_number_of_items) {
  for (std::size_t n = 1; n <= 2 * kernel().lanes + 3; ++n) {
    octet_rows rows = valid_rows(n);
    EXPECT_EQ(encode(decode(rows)), rows) << n;
  }
}

TEST_P(ristretto255_kernel, the_first_of_a_batch_may_be_bad) {
  octet_rows rows = valid_rows(3 * kernel().lanes);
  for (std::size_t bad = 0; bad < rows.size(); ++bad) {
    octet_rows changed = rows;
    changed[bad][0] |= 1U;
    std::vector<point> points(rows.size());
    std::vector<decode_outcome> outcomes(rows.size());
    kernel().decode({raw(changed), rows.size(), points.data(), outcomes.data(), nullptr});
    for (std::size_t i = 0; i < rows.size(); ++i) {
      EXPECT_EQ(outcomes[i] == decode_outcome::bad_encoding, i == bad);
    }
  }
}

TEST_P(ristretto255_kernel, a_hint_never_changes_what_is_accepted) {
  octet_rows rows = valid_rows(64);
  for (std::size_t i = 0; i < rows.size(); i += 3) {
    rows[i] = octets();
    rows[i][0] &= 0xfeU;
    rows[i][31] &= 0x7fU;
  }
  rows.push_back(octets32{});
  octets32 y_is_zero;  // p - 1: there is a square root, but y = 0
  y_is_zero.fill(0xff);
  y_is_zero[0] = 0xec;
  y_is_zero[31] = 0x7f;
  rows.push_back(y_is_zero);
  const std::size_t n = rows.size();
  std::vector<point> plain(n), hinted(n);
  std::vector<decode_outcome> want(n), got(n);
  octet_rows hints(n);
  kernel().decode({raw(rows), n, plain.data(), want.data(), raw(hints)});
  const octet_rows right = hints;
  const auto check = [&](bool all_fit) {
    kernel().decode_hinted({raw(rows), n, hinted.data(), got.data(), nullptr}, raw(hints));
    for (std::size_t i = 0; i < n; ++i) {
      if (got[i] == decode_outcome::good) {
        ASSERT_EQ(want[i], decode_outcome::good);
        ASSERT_EQ(encode({hinted[i]}).front(), rows[i]);
      } else if (want[i] == decode_outcome::good) {
        ASSERT_FALSE(all_fit);
        ASSERT_EQ(got[i], decode_outcome::hint_does_not_fit);
      }
    }
  };
  check(true);
  for (octets32& hint : hints) {
    hint[random.below(32)] ^= static_cast<unsigned char>(1U << random.below(8));
  }
  check(false);
  std::generate(hints.begin(), hints.end(), [this] { return octets(); });
  check(false);
  hints.assign(n, octets32{});
  check(false);
  hints = right;
  std::rotate(hints.begin(), hints.begin() + 1, hints.end());
  check(false);
}

/// a*b mod p by GMP.
octets32 product(const octets32& a, const octets32& b) {
  using testing::gmp_number;
  const auto number = [](const octets32& x) {
    return gmp_number::from_bytes(reinterpret_cast<const std::byte*>(x.data()), x.size());
  };
  const gmp_number p = gmp_number::power_of_two(255) - gmp_number(19);
  const auto out = (number(a) * number(b) % p).to_bytes<32>();
  return std::bit_cast<octets32>(out);
}

TEST_P(ristretto255_kernel, hints_that_fit_in_another_form_give_the_same_point) {
  octet_rows rows = valid_rows(2 * kernel().lanes + 1);
  const std::size_t n = rows.size();
  std::vector<point> plain(n), hinted(n);
  std::vector<decode_outcome> outcomes(n);
  octet_rows right(n);
  kernel().decode({raw(rows), n, plain.data(), outcomes.data(), raw(right)});
  octets32 minus_one;  // p - 1
  minus_one.fill(0xff);
  minus_one[0] = 0xec;
  minus_one[31] = 0x7f;
  // 2^((p - 1)/4): RFC 9496, SQRT_M1.
  constexpr octets32 sqrt_m1 = {0xb0, 0xa0, 0x0e, 0x4a, 0x27, 0x1b, 0xee, 0xc4, 0x78, 0xe4, 0x2f,
                                0xad, 0x06, 0x18, 0x43, 0x2f, 0xa7, 0xd7, 0xfb, 0x3d, 0x99, 0x00,
                                0x4d, 0x2b, 0x0b, 0xdf, 0xc1, 0x4f, 0x80, 0x24, 0x83, 0x2b};
  ASSERT_EQ(product(sqrt_m1, sqrt_m1), minus_one);
  const auto with = [&](auto&& change, decode_outcome want) {
    octet_rows hints;
    std::transform(right.begin(), right.end(), std::back_inserter(hints), change);
    kernel().decode_hinted({raw(rows), n, hinted.data(), outcomes.data(), nullptr}, raw(hints));
    EXPECT_EQ(outcomes, std::vector<decode_outcome>(n, want));
    return encode(hinted);
  };
  EXPECT_EQ(with([&](octets32 hint) { return product(hint, minus_one); }, decode_outcome::good),
            rows);
  const auto top_bit = [](octets32 hint) {
    hint[31] |= 0x80U;
    return hint;
  };
  EXPECT_EQ(with(top_bit, decode_outcome::good), rows);
  with([&](octets32 hint) { return product(hint, sqrt_m1); }, decode_outcome::hint_does_not_fit);
}

// Sums.

TEST_P(ristretto255_kernel, sums_columns) {
  for (const std::size_t columns : {1U, 2U, 7U, 8U, 29U}) {
    constexpr std::size_t rows = 3;
    octet_rows wire = valid_rows(rows * columns);
    octet_rows start = valid_rows(columns);
    const std::vector<point> points = decode(wire);
    std::vector<point> sums = decode(start);
    kernel().sum_columns(sums.data(), points.data(), rows, columns);
    octet_rows want = start;
    for (std::size_t i = 0; i < wire.size(); ++i) {
      want[i % columns] = plus(want[i % columns], wire[i]);
    }
    EXPECT_EQ(encode(sums), want) << columns;
  }
}

TEST_P(ristretto255_kernel, adds_equal_opposite_and_neutral_points) {
  octet_rows wire = valid_rows(2);
  wire.push_back(octets32{});
  const std::vector<point> p = decode(wire);
  const point minus = [&] {
    point out;
    const auto e = element_of_point(edwards::negate(point_of(p[0])));
    std::memcpy(&out, &e, sizeof out);
    return out;
  }();
  std::vector<point> sums = {p[0], p[0], p[2], p[2], minus};
  kernel().sum_columns(sums.data(), std::vector<point>{p[0], p[2], p[1], p[2], p[0]}.data(), 1,
                       sums.size());
  EXPECT_EQ(encode(sums), (octet_rows{plus(wire[0], wire[0]), wire[0], wire[1], wire[2], wire[2]}));
}

// Multiples.

TEST_P(ristretto255_kernel, multiplies_every_point_by_its_own_scalar) {
  const std::size_t n = 2 * kernel().lanes + 11;
  octet_rows wire = valid_rows(n);
  wire[n - 1] = octets32{};
  const octet_rows s = scalars(n);
  std::vector<point> out(n);
  kernel().multiply(out.data(), radix_16(s).data(), radix_16_digits, decode(wire).data(), n);
  octet_rows got = encode(out);
  for (std::size_t i = 0; i < n; ++i) {
    EXPECT_EQ(got[i], times(s[i], wire[i])) << "scalar " << i;
  }
  kernel().multiply(out.data(), radix_16({s.back()}).data(), 0, decode(wire).data(), n);
  got = encode(out);
  for (std::size_t i = 0; i < n; ++i) {
    EXPECT_EQ(got[i], times(s.back(), wire[i])) << "one scalar, point " << i;
  }
}

TEST_P(ristretto255_kernel, multiplies_one_base_by_many_scalars) {
  octet_rows base = valid_rows(1);
  octet_rows entries;  // (column + 1) * 32^row * B
  octets32 row_base = base.front();
  for (int row = 0; row < comb_rows; ++row) {
    octets32 multiple = row_base;
    for (int column = 0; column < comb_columns; ++column) {
      entries.push_back(multiple);
      multiple = plus(multiple, row_base);
    }
    row_base = plus(entries.back(), entries.back());
  }
  std::vector<std::uint64_t> table(comb_words);
  kernel().pack_comb(table.data(), decode(entries).data());
  const octet_rows s = scalars(20);
  std::vector<signed char> digits;
  for (const octets32& scalar : s) {
    const auto recoded = edwards::radix_32_digits(words(scalar));
    digits.insert(digits.end(), recoded.begin(), recoded.end());
  }
  std::vector<point> out(s.size());
  kernel().multiply_base(out.data(), digits.data(), table.data(), s.size());
  const octet_rows got = encode(out);
  for (std::size_t i = 0; i < s.size(); ++i) {
    EXPECT_EQ(got[i], times(s[i], base.front())) << "scalar " << i;
  }
}

TEST_P(ristretto255_kernel, sums_of_multiples_by_both_methods) {
  const forced_kernel only(kernel());
  for (const std::size_t n : {2U, 9U, 40U}) {
    octet_rows wire = valid_rows(n);
    const octet_rows s = scalars(n);
    std::vector<group::element> elements(n);
    ASSERT_TRUE(group::decode_batch(elements, std::as_bytes(std::span(raw(wire), 32 * n))));
    elements[1] = elements[1] + elements[0] - elements[0];  // Z is no longer 1
    std::vector<group::scalar> scalars;
    octets32 want{};
    for (std::size_t i = 0; i < n; ++i) {
      scalars.push_back(group::decode_scalar(std::as_bytes(std::span(s[i]))).value());
      want = plus(want, times(s[i], wire[i]));
    }
    const auto encoded = [](const group::element& e) {
      octets32 out;
      std::memcpy(out.data(), group::encode(e).data(), 32);
      return out;
    };
    EXPECT_EQ(encoded(group::msm_vartime(scalars, elements)), want) << n;
    EXPECT_EQ(encoded(group::msm_straus_vartime(scalars, elements)), want) << n;
    EXPECT_EQ(encoded(group::msm_pippenger_vartime(scalars, elements)), want) << n;
  }
}

std::string name_of(const ::testing::TestParamInfo<const ristretto255_table*>& info) {
  std::string name = info.param->name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}
INSTANTIATE_TEST_SUITE_P(kernels, ristretto255_kernel, ::testing::ValuesIn(kernels_here()),
                         name_of);

}  // namespace
}  // namespace sandoq::kernels
