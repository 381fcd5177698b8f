#include <gtest/gtest.h>

#include <string>

#include "sandoq/core/canonical.hpp"
#include "sandoq/threshold/memory_secret.hpp"
#include "tests/support/ceremony_fixture.hpp"

namespace sandoq {
namespace {

using testing::ceremony_fixture;

bytes plain(const secret_bytes& stored) {
  return declassify<"a test looks at it">(stored);
}

secret_bytes as_secret(byte_view octets) {
  return secret_bytes(octets);
}

// The order of the group, which is no scalar.
byte_array<32> order() {
  const auto minus_one = ristretto255::encode_scalar(-ristretto255::scalar_from_u64(1));
  byte_array<32> out = minus_one;
  out[0] = static_cast<std::byte>(std::to_integer<unsigned>(out[0]) + 1);
  return out;
}

class TrusteeMemory : public ::testing::Test {
 protected:
  testing::deterministic_random random_{testing::test_seed()};
  ceremony_fixture election_{{{1, 1}, {3, 2}}, random_};
};

TEST_F(TrusteeMemory, OfACeremonyComesBackToTheSameCommitment) {
  const auto plan = std::make_shared<ceremony_plan>(election_.plan());
  auto step = commit_to_key(plan, election_.identity(2), random_);
  ASSERT_TRUE(step);
  const secret_bytes stored = encode(step->state.memory());
  EXPECT_EQ(stored.size(), 4U + 2 * 32 + 32);
  auto memory = decode_ceremony_memory(stored);
  ASSERT_TRUE(memory) << to_string(memory.error());
  EXPECT_EQ(plain(encode(*memory)), plain(stored));
  EXPECT_TRUE(
      resume_commit(plan, election_.identity(2), std::move(*memory), step->message).has_value());
  // Written by hand.
  byte_writer hand;
  const auto kept = step->state.memory();
  hand.count(2);
  for (const auto& a : kept.polynomial.coefficients()) {
    hand.fixed(ristretto255::encode_scalar(declassify<"a test looks at it">(a)));
  }
  hand.fixed(kept.salt);
  EXPECT_EQ(std::move(hand).take(), plain(stored));
}

TEST_F(TrusteeMemory, OfACeremonyIsRefusedWhenItIsNone) {
  auto step = commit_to_key(std::make_shared<ceremony_plan>(election_.plan()),
                            election_.identity(2), random_);
  const bytes good = plain(encode(step->state.memory()));
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_FALSE(decode_ceremony_memory(as_secret(byte_view(good).first(size))));
  }
  bytes bad = good;
  bad.push_back(std::byte{0});
  EXPECT_EQ(decode_ceremony_memory(as_secret(bad)).error().code, errc::trailing_bytes);
  bad = good;
  std::ranges::copy(order(), bad.begin() + 4 + 32);
  const auto no_scalar = decode_ceremony_memory(as_secret(bad));
  ASSERT_FALSE(no_scalar);
  EXPECT_EQ(no_scalar.error().code, errc::out_of_range);
  EXPECT_EQ(no_scalar.error().place.substr(0, 27), "ceremony memory/coefficient");
  byte_writer none;
  none.count(0);
  none.fixed(byte_array<32>{});
  EXPECT_EQ(decode_ceremony_memory(as_secret(none.view())).error().code, errc::missing);
}

TEST_F(TrusteeMemory, OfAHolderComesBackToTheSameShare) {
  ASSERT_TRUE(election_.run());
  const key_holder& holder = election_.holder(1, 3);
  const secret_bytes stored = encode(holder.memory());
  auto memory = decode_holder_memory(stored);
  ASSERT_TRUE(memory) << to_string(memory.error());
  EXPECT_EQ(plain(encode(*memory)), plain(stored));
  EXPECT_EQ(memory->published, election_.published());
  auto back = key_holder::resume(holder.context(), election_.boards(), std::move(*memory),
                                 election_.identity(3).signing, {});
  ASSERT_TRUE(back) << to_string(back.error());
  EXPECT_EQ(back->trustee(), trustee_index(3));
  EXPECT_EQ(plain(encode(back->memory())), plain(stored));

  const bytes good = plain(stored);
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_FALSE(decode_holder_memory(as_secret(byte_view(good).first(size))));
  }
  bytes bad = good;
  bad[4] = std::byte{4};  // trustee 4 of 3
  EXPECT_EQ(to_string(decode_holder_memory(as_secret(bad)).error()),
            "holder memory/board 1/trustee 4: the election key knows no such trustee (mismatch)");
  bad = good;
  std::ranges::copy(order(), bad.begin() + 8);
  EXPECT_EQ(decode_holder_memory(as_secret(bad)).error().place.substr(0, 19),
            "holder memory/share");
  bad = good;
  bad[10] ^= std::byte{1};  // another share
  auto other = decode_holder_memory(as_secret(bad));
  ASSERT_TRUE(other);
  EXPECT_EQ(key_holder::resume(holder.context(), election_.boards(), std::move(*other),
                               election_.identity(3).signing, {})
                .error()
                .reason,
            "does not fit the published share key");
}

}  // namespace
}  // namespace sandoq
