// spec/10-ristretto255/vectors (RFC 9496, appendix A), each checked against libsodium as well, and
// the derived bases that the reference wrote into other sections' vectors.

#include <gtest/gtest.h>
#include <sodium.h>

#include "sandoq/group/ristretto255.hpp"
#include "tests/support/vector_file.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using testing::load_vectors;

const unsigned char* raw(const bytes& data) {
  return reinterpret_cast<const unsigned char*>(data.data());
}
bytes of(const group::element& e) {
  const auto octets = group::encode(e);
  return {octets.begin(), octets.end()};
}

TEST(ristretto255_vectors, multiples_of_the_generator) {
  const auto vectors = load_vectors("10-ristretto255/vectors/multiples.json");
  ASSERT_EQ(vectors.size(), 16U);
  group::element sum;
  for (const auto& v : vectors) {
    const bytes expected = v.at("encoding").octets();
    const auto n = static_cast<std::uint64_t>(v.at("multiple").number());
    EXPECT_EQ(of(sum), expected) << v.at("id").text();
    EXPECT_EQ(of(group::mul_base_vartime(group::scalar_from_u64(n))), expected)
        << v.at("id").text();
    ASSERT_TRUE(group::decode(expected)) << v.at("id").text();
    EXPECT_EQ(*group::decode(expected), sum) << v.at("id").text();
    EXPECT_EQ(crypto_core_ristretto255_is_valid_point(raw(expected)), 1) << v.at("id").text();
    sum += group::generator();
  }
}

TEST(ristretto255_vectors, bad_encodings) {
  const auto vectors = load_vectors("10-ristretto255/vectors/decode_bad.json");
  ASSERT_EQ(vectors.size(), 29U);
  for (const auto& v : vectors) {
    const bytes octets = v.at("encoding").octets();
    const auto decoded = group::decode(octets);
    ASSERT_FALSE(decoded) << v.at("id").text();
    const bool is_of_the_bytes = v.at("comment").text() == "non-canonical field encoding" ||
                                 v.at("comment").text() == "negative field element";
    EXPECT_EQ(decoded.error().code, is_of_the_bytes ? errc::bad_encoding : errc::not_in_group)
        << v.at("id").text();
    EXPECT_EQ(crypto_core_ristretto255_is_valid_point(raw(octets)), 0) << v.at("id").text();
  }
}

TEST(ristretto255_vectors, map_from_uniform_bytes) {
  const auto vectors = load_vectors("10-ristretto255/vectors/map.json");
  ASSERT_EQ(vectors.size(), 11U);
  for (const auto& v : vectors) {
    const bytes in = v.at("uniform_bytes").octets();
    const bytes expected = v.at("encoding").octets();
    EXPECT_EQ(of(group::from_uniform_bytes(std::span<const std::byte, 64>(in))), expected)
        << v.at("id").text();
    bytes theirs(32);
    crypto_core_ristretto255_from_hash(reinterpret_cast<unsigned char*>(theirs.data()), raw(in));
    EXPECT_EQ(theirs, expected) << v.at("id").text();
  }
}

TEST(ristretto255_vectors, derived_bases) {
  int checked = 0;
  for (const auto& v : load_vectors("45-bit-vector/vectors/bit_vector.json")) {
    if (!v.has("blind_base")) {
      continue;
    }
    const digest32 e0{v.at("e0").octets<32>()};
    EXPECT_EQ(of(group::base("blind", e0, 1)), v.at("blind_base").octets()) << v.at("id").text();
    std::uint32_t index = 0;
    for (const auto& expected : v.at("vector_bases").items()) {
      EXPECT_EQ(of(group::base("vec/G", e0, ++index)), expected.octets()) << v.at("id").text();
      ++checked;
    }
  }
  EXPECT_GT(checked, 10);
}

}  // namespace
}  // namespace sandoq
