#include "sandoq/elgamal/ciphertext.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::deterministic_random;

G::scalar random_scalar(deterministic_random& random) {
  return G::scalar_from_wide(random.octets<64>());
}

TEST(ciphertext, encrypts_and_adds) {
  deterministic_random random(testing::test_seed());
  const G::scalar x = random_scalar(random);
  const G::element K = G::mul_base_vartime(x);
  ciphertext<G> sum;
  std::uint64_t expected = 0;
  for (int i = 0; i < 10; ++i) {
    const std::uint64_t m = random.below(1000);
    const auto c = encrypt_vartime<G>(G::scalar_from_u64(m), random_scalar(random), K);
    EXPECT_EQ(c.beta - G::mul_vartime(x, c.alpha), G::mul_base_vartime(G::scalar_from_u64(m)));
    const ciphertext<G> before = sum;
    sum += c;
    EXPECT_EQ(sum - c, before);
    EXPECT_EQ(sum, before + c);
    expected += m;
  }
  EXPECT_EQ(sum.beta - G::mul_vartime(x, sum.alpha),
            G::mul_base_vartime(G::scalar_from_u64(expected)));
}

TEST(ciphertext, goes_to_the_wire_and_back) {
  deterministic_random random(testing::test_seed());
  const G::element K = G::from_uniform_bytes(random.octets<64>());
  std::vector<wire_ciphertext> wire;
  std::vector<ciphertext<G>> plain;
  for (int i = 0; i < 5; ++i) {
    plain.push_back(encrypt_vartime<G>(random_scalar(random), random_scalar(random), K));
    wire.push_back(encode(plain.back()));
  }
  std::vector<ciphertext<G>> back(5);
  ASSERT_TRUE(decode_batch(back, wire));
  EXPECT_EQ(back, plain);

  byte_writer out;
  write(out, wire[2]);
  byte_reader in(out.view());
  EXPECT_EQ(read_ciphertext(in, "c").value(), wire[2]);
  EXPECT_TRUE(in.finish());
  EXPECT_EQ(to_hex(out.view()),
            to_hex(G::encode(plain[2].alpha)) + to_hex(G::encode(plain[2].beta)));
}

TEST(ciphertext, structure_and_membership_are_refused_with_their_place) {
  for (std::size_t size = 0; size < 64; ++size) {
    const bytes cut(size);
    byte_reader in(cut);
    const auto c = read_ciphertext(in, "sum");
    ASSERT_FALSE(c);
    EXPECT_EQ(c.error().code, errc::truncated);
  }
  std::vector<wire_ciphertext> wire(3);
  EXPECT_TRUE(decode(wire[0])) << "the identity is an element";
  wire[2].beta.octets[0] = std::byte{1};  // negative: no canonical encoding
  std::vector<ciphertext<G>> out(3);
  const auto batch = decode_batch(out, wire);
  ASSERT_FALSE(batch);
  EXPECT_EQ(batch.error().place.rfind("ciphertext 2/beta", 0), 0U) << batch.error().place;
  wire[2].alpha.octets[31] = std::byte{0x80};
  EXPECT_EQ(decode(wire[2]).error().place.rfind("alpha", 0), 0U);
}

}  // namespace
}  // namespace sandoq
