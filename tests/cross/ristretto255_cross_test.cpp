// Our ristretto255 against libsodium's, on random and edge inputs.

#include <gtest/gtest.h>
#include <sodium.h>

#include <vector>

#include "sandoq/group/ristretto255.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using octets32 = std::array<std::byte, 32>;
using octets64 = std::array<std::byte, 64>;

unsigned char* raw(std::byte* p) {
  return reinterpret_cast<unsigned char*>(p);
}
const unsigned char* raw(const std::byte* p) {
  return reinterpret_cast<const unsigned char*>(p);
}

/// libsodium 1.0.18 ignores the highest bit, which RFC 9496 does not allow; the rest of its
/// decision is the oracle.
bool sodium_accepts(const octets32& in) {
  return (in[31] & std::byte{0x80}) == std::byte{0} &&
         crypto_core_ristretto255_is_valid_point(raw(in.data())) == 1;
}
octets32 sodium_from_hash(const octets64& in) {
  octets32 out;
  crypto_core_ristretto255_from_hash(raw(out.data()), raw(in.data()));
  return out;
}
octets32 sodium_reduce(const octets64& in) {
  octets32 out;
  crypto_core_ristretto255_scalar_reduce(raw(out.data()), raw(in.data()));
  return out;
}
/// libsodium refuses to return the identity, which we write as 32 zero bytes.
octets32 sodium_mul(const octets32& scalar, const octets32& element) {
  octets32 out{};
  if (crypto_scalarmult_ristretto255(raw(out.data()), raw(scalar.data()), raw(element.data())) !=
      0) {
    out.fill(std::byte{0});
  }
  return out;
}
octets32 sodium_mul_base(const octets32& scalar) {
  octets32 out{};
  if (crypto_scalarmult_ristretto255_base(raw(out.data()), raw(scalar.data())) != 0) {
    out.fill(std::byte{0});
  }
  return out;
}
octets32 sodium_add(const octets32& a, const octets32& b) {
  octets32 out;
  EXPECT_EQ(crypto_core_ristretto255_add(raw(out.data()), raw(a.data()), raw(b.data())), 0);
  return out;
}
octets32 sodium_sub(const octets32& a, const octets32& b) {
  octets32 out;
  EXPECT_EQ(crypto_core_ristretto255_sub(raw(out.data()), raw(a.data()), raw(b.data())), 0);
  return out;
}

class ristretto255_cross_test : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_GE(sodium_init(), 0); }

  octets32 random_encoding() { return sodium_from_hash(random.octets<64>()); }
  octets32 random_scalar() { return sodium_reduce(random.octets<64>()); }

  /// Both accept and decode to the same element, or both reject.
  void same_decision(const octets32& in) {
    const auto ours = group::decode(in);
    ASSERT_EQ(ours.has_value(), sodium_accepts(in)) << to_hex(in);
    if (ours) {
      EXPECT_EQ(group::encode(*ours), in);
      ++accepted;
    }
  }

  testing::deterministic_random random{testing::test_seed()};
  int accepted = 0;
};

TEST_F(ristretto255_cross_test, decode_decides_alike_on_random_bytes) {
  for (int i = 0; i < 3000; ++i) {
    octets32 in = random.octets<32>();
    in[0] &= std::byte{0xFE};  // non-negative and below 2^255: about one in eight is an element
    in[31] &= std::byte{0x7F};
    same_decision(in);
  }
  EXPECT_GT(accepted, 200);
}

TEST_F(ristretto255_cross_test, decode_decides_alike_next_to_elements_and_at_edges) {
  for (int i = 0; i < 20; ++i) {
    const octets32 good = random_encoding();
    for (std::size_t bit = 0; bit < 256; bit += 3) {
      octets32 in = good;
      in[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
      same_decision(in);
    }
  }
  for (unsigned low = 0; low < 256; ++low) {
    for (const unsigned filler : {0x00U, 0xFFU}) {
      for (const unsigned top : {0x00U, 0x7FU, 0x80U, 0xFFU}) {
        octets32 in;
        in.fill(static_cast<std::byte>(filler));
        in[0] = static_cast<std::byte>(low);
        in[31] = static_cast<std::byte>(top);
        same_decision(in);
      }
    }
  }
  EXPECT_GT(accepted, 50);
}

TEST_F(ristretto255_cross_test, sums_and_differences) {
  for (int i = 0; i < 200; ++i) {
    const octets32 a = random_encoding();
    const octets32 b = i % 10 == 0 ? a : random_encoding();
    const auto p = group::decode(a).value();
    const auto q = group::decode(b).value();
    EXPECT_EQ(group::encode(p + q), sodium_add(a, b));
    EXPECT_EQ(group::encode(p - q), sodium_sub(a, b));
    EXPECT_EQ(group::encode(-p), sodium_sub(octets32{}, a));
    EXPECT_EQ(p == q, a == b);
  }
}

TEST_F(ristretto255_cross_test, map_from_uniform_bytes) {
  for (int i = 0; i < 300; ++i) {
    octets64 in = random.octets<64>();
    if (i % 5 == 0) {  // runs of equal bytes reach 0, -1 and values of p and above
      in.fill(i % 2 == 0 ? std::byte{0xFF} : std::byte{0});
      in[static_cast<std::size_t>(random.below(64))] = static_cast<std::byte>(random.u64());
    }
    EXPECT_EQ(group::encode(group::from_uniform_bytes(in)), sodium_from_hash(in)) << to_hex(in);
  }
}

TEST_F(ristretto255_cross_test, scalars) {
  for (int i = 0; i < 1000; ++i) {
    const octets64 wide = random.octets<64>();
    const auto s = group::scalar_from_wide(wide);
    EXPECT_EQ(group::encode_scalar(s), sodium_reduce(wide));
    const octets32 b = random_scalar();
    const octets32 a = group::encode_scalar(s);
    const auto t = group::decode_scalar(b).value();
    octets32 out;
    crypto_core_ristretto255_scalar_add(raw(out.data()), raw(a.data()), raw(b.data()));
    EXPECT_EQ(group::encode_scalar(s + t), out);
    crypto_core_ristretto255_scalar_sub(raw(out.data()), raw(a.data()), raw(b.data()));
    EXPECT_EQ(group::encode_scalar(s - t), out);
    crypto_core_ristretto255_scalar_mul(raw(out.data()), raw(a.data()), raw(b.data()));
    EXPECT_EQ(group::encode_scalar(s * t), out);
    crypto_core_ristretto255_scalar_negate(raw(out.data()), raw(a.data()));
    EXPECT_EQ(group::encode_scalar(-s), out);
    if (i % 20 == 0) {
      EXPECT_EQ(crypto_core_ristretto255_scalar_invert(raw(out.data()), raw(a.data())), 0);
      EXPECT_EQ(group::encode_scalar(group::invert(s)), out);
    }
  }
}

/// Scalars that reach every carry of the digit recodings.
std::vector<octets32> edge_scalars(testing::deterministic_random& random) {
  std::vector<octets32> out;
  for (const unsigned small : {0U, 1U, 2U, 7U, 8U, 9U, 15U, 16U, 17U, 127U, 128U, 255U}) {
    const auto s = group::scalar_from_u64(small);
    out.push_back(group::encode_scalar(s));
    out.push_back(group::encode_scalar(-s));
  }
  for (const unsigned pattern : {0x77U, 0x88U, 0x0FU, 0xF0U, 0xFFU, 0x0EU}) {
    octets32 in;
    in.fill(static_cast<std::byte>(pattern));
    in[31] = std::byte{0x0F};
    out.push_back(in);
    in[31] = std::byte{0x08};
    out.push_back(in);
  }
  for (int i = 0; i < 12; ++i) {
    out.push_back(sodium_reduce(random.octets<64>()));
  }
  return out;
}

TEST_F(ristretto255_cross_test, multiplications_public_and_secret) {
  for (const octets32& s : edge_scalars(random)) {
    const octets32 base = random_encoding();
    const auto p = group::decode(base).value();
    const auto k = group::decode_scalar(s).value();
    const octets32 expected = sodium_mul(s, base);
    EXPECT_EQ(group::encode(group::mul_vartime(k, p)), expected) << to_hex(s);
    EXPECT_EQ(group::encode(group::mul_base_vartime(k)), sodium_mul_base(s)) << to_hex(s);

    using ops = secret_ops<group>;
    const secret<group::scalar> x(k);
    const auto out = [](const secret<group::element>& e) {
      return group::encode(declassify<"test against libsodium">(e));
    };
    EXPECT_EQ(out(ops::mul(x, p)), expected) << to_hex(s);
    EXPECT_EQ(out(ops::mul_base(x)), sodium_mul_base(s)) << to_hex(s);
    EXPECT_EQ(out(fixed_base_table<group>(p).mul(x)), expected) << to_hex(s);

    const octets32 t = random_scalar();
    const auto l = group::decode_scalar(t).value();
    EXPECT_EQ(group::encode(group::double_mul_vartime(k, p, l)),
              sodium_add(expected, sodium_mul_base(t)));
  }
}

TEST_F(ristretto255_cross_test, sums_of_multiples) {
  for (const std::size_t n : {0U, 1U, 2U, 3U, 17U, 64U}) {
    std::vector<group::scalar> scalars;
    std::vector<group::element> elements;
    octets32 expected{};
    for (std::size_t i = 0; i < n; ++i) {
      const octets32 s = random_scalar();
      const octets32 e = random_encoding();
      scalars.push_back(group::decode_scalar(s).value());
      elements.push_back(group::decode(e).value());
      expected = sodium_add(expected, sodium_mul(s, e));
    }
    EXPECT_EQ(group::encode(group::msm_straus_vartime(scalars, elements)), expected);
    EXPECT_EQ(group::encode(group::msm_pippenger_vartime(scalars, elements)), expected);
    EXPECT_EQ(group::encode(group::msm_vartime(scalars, elements)), expected);
  }
}

}  // namespace
}  // namespace sandoq
