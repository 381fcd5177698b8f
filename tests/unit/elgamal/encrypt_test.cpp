#include <gtest/gtest.h>

#include "sandoq/elgamal/encrypt_secret.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::deterministic_random;

TEST(encryptor, equals_the_public_formula) {
  deterministic_random random(testing::test_seed());
  for (int i = 0; i < 5; ++i) {
    const G::element K = G::from_uniform_bytes(random.octets<64>());
    const encryptor<G> keyed(K);
    EXPECT_EQ(keyed.joint_key(), K);
    for (const std::uint64_t m : {std::uint64_t{0}, std::uint64_t{1}, random.u64()}) {
      const G::scalar message = G::scalar_from_u64(m);
      const G::scalar r = G::scalar_from_wide(random.octets<64>());
      const auto expected = encrypt_vartime<G>(message, r, K);
      EXPECT_EQ(keyed.encrypt(secret_scalar<G>(message), secret_scalar<G>(r)), expected);
      if (m <= 1) {
        EXPECT_EQ(keyed.encrypt_bit(choice::from_bit(m), secret_scalar<G>(r)), expected);
      }
    }
  }
}

TEST(encryptor_death, a_key_is_not_the_identity) {
  EXPECT_DEATH((encryptor<G>{G::identity()}), "not the identity");
}

}  // namespace
}  // namespace sandoq
