// Nonces of a proof must not be left on the stack: whoever finds one of a published proof has the
// witness.

#include <gtest/gtest.h>

#include "sandoq/core/hash.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/transcript/nonce.hpp"
#include "sandoq/transcript/nonce_secret.hpp"
#include "tests/support/dead_stack.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::deterministic_random;
using testing::holds_piece_of;
using testing::stack_after;

class nonce_stack : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!testing::stack_is_plain) {
      GTEST_SKIP() << "a sanitizer keeps objects elsewhere";
    }
    tr_.absorb_integer("statement", random_.u64());
  }

  // The nonce key by its formula, with the public hash.                                SPEC(30.4)
  [[nodiscard]] digest64 key() const {
    sha512 state;
    for (const byte_view part : {bytes_of("sandoq-1"), bytes_of("nonce")}) {
      update_framed(state, part);
    }
    update_framed(state, tr_.fork("nonce").view());
    update_framed(state, witness_);
    update_framed(state, seed_);
    return state.finish();
  }

  deterministic_random random_{testing::test_seed()};
  transcript tr_{"sandoq-1/unit"};
  byte_array<64> witness_ = random_.octets<64>();
  byte_array<32> seed_ = random_.octets<32>();
  secret_bytes secret_witness_{byte_view(witness_)};
  nonce_seed secret_seed_{seed_};
};

TEST_F(nonce_stack, the_scan_sees_a_careless_copy) {
  const bytes stack = stack_after([&] {
    const digest64 copy = key();
    asm volatile("" : : "r"(&copy) : "memory");
  });
  EXPECT_TRUE(holds_piece_of(stack, key().view()));
}

TEST_F(nonce_stack, key_is_wiped) {
  const bytes stack = stack_after([&] {
    const prover_nonces nonces(tr_, secret_witness_, secret_seed_);
    asm volatile("" : : "r"(&nonces) : "memory");
  });
  EXPECT_FALSE(holds_piece_of(stack, key().view()));
  EXPECT_FALSE(holds_piece_of(stack, witness_));
  EXPECT_FALSE(holds_piece_of(stack, seed_));
}

TEST_F(nonce_stack, nonces_are_wiped) {
  const prover_nonces nonces(tr_, secret_witness_, secret_seed_);
  const bytes stack = stack_after([&] {
    const auto k = nonces.at<G>(0);
    asm volatile("" : : "r"(&k) : "memory");
  });
  const revealed_nonces revealed(tr_, witness_, seed_);
  EXPECT_FALSE(holds_piece_of(stack, key().view()));
  EXPECT_FALSE(holds_piece_of(stack, revealed.block(0, 0).view()));
  EXPECT_FALSE(holds_piece_of(stack, G::encode_scalar(revealed.at<G>(0))));
}

TEST_F(nonce_stack, witness_bytes_are_wiped) {
  const G::scalar x = G::scalar_from_wide(random_.octets<64>());
  std::vector<secret_scalar<G>> witness;
  witness.emplace_back(x);
  const bytes stack = stack_after([&] {
    const secret_bytes out = witness_bytes<G>(witness);
    asm volatile("" : : "r"(&out) : "memory");
  });
  EXPECT_FALSE(holds_piece_of(stack, G::encode_scalar(x)));
}

}  // namespace
}  // namespace sandoq
