#include "sandoq/transcript/nonce.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/transcript/nonce_secret.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::deterministic_random;

transcript statement(std::uint64_t number) {
  transcript tr("sandoq-1/unit");
  tr.absorb_integer("statement", number);
  return tr;
}

TEST(nonce, secret_and_revealed_twins_agree) {
  deterministic_random random(testing::test_seed());
  for (const std::size_t length : {0U, 1U, 31U, 200U}) {
    bytes witness(length);
    random.fill(witness);
    const auto seed = random.octets<32>();
    const transcript tr = statement(random.u64());
    const prover_nonces secret_half(tr, secret_bytes(byte_view(witness)), nonce_seed(seed));
    const revealed_nonces public_half(tr, witness, seed);
    for (std::uint32_t i = 0; i < 5; ++i) {
      EXPECT_EQ(declassify<"compared in a test">(secret_half.block(i, 0)),
                public_half.block(i, 0).octets);
      EXPECT_EQ(declassify<"compared in a test">(secret_half.at<G>(i)), public_half.at<G>(i));
    }
  }
}

/// Equal masks under two challenges would give the witness away, so a seed that repeats must do no
/// harm.
TEST(nonce, a_repeated_seed_gives_other_nonces_elsewhere) {
  deterministic_random random(testing::test_seed());
  const auto seed = random.octets<32>();
  const auto witness = random.octets<32>();
  auto other_witness = witness;
  other_witness[31] ^= std::byte{1};
  auto other_seed = seed;
  other_seed[0] ^= std::byte{1};
  std::set<std::string> all;
  std::size_t made = 0;
  const auto collect = [&](const revealed_nonces& nonces) {
    for (std::uint32_t i = 0; i < 4; ++i) {
      all.insert(to_hex(G::encode_scalar(nonces.at<G>(i))));
      ++made;
    }
  };
  collect(revealed_nonces(statement(1), witness, seed));
  collect(revealed_nonces(statement(2), witness, seed));
  collect(revealed_nonces(statement(1), other_witness, seed));
  collect(revealed_nonces(statement(1), witness, other_seed));
  collect(revealed_nonces(statement(1), byte_view(witness).first(31), seed));
  EXPECT_EQ(all.size(), made);
  collect(revealed_nonces(statement(1), witness, seed));
  EXPECT_EQ(all.size() + 4, made) << "the same inputs give the same nonces";
}

TEST(nonce, default_witness_bytes_are_the_scalars_in_order) {
  deterministic_random random(testing::test_seed());
  std::vector<secret_scalar<G>> x;
  bytes expected;
  for (int i = 0; i < 3; ++i) {
    const G::scalar s = G::scalar_from_wide(random.octets<64>());
    x.emplace_back(s);
    const auto octets = G::encode_scalar(s);
    expected.insert(expected.end(), octets.begin(), octets.end());
  }
  EXPECT_EQ(declassify<"compared in a test">(witness_bytes<G>(x)), expected);
}

}  // namespace
}  // namespace sandoq
