#include "sandoq/core/canonical_secret.hpp"

#include <gtest/gtest.h>

#include <string>

#include "sandoq/core/canonical.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/unit/core/plain.hpp"

namespace sandoq {
namespace {

using testing::deterministic_random;
using testing::plain;
using testing::test_seed;

secret_bytes as_secret(byte_view octets) {
  return secret_bytes(octets);
}

TEST(CanonicalSecret, WritesWhatTheWriterOfPublicValuesWrites) {
  deterministic_random random(test_seed());
  const auto fixed = random.octets<32>();
  bytes longer(1000 + random.below(100));
  random.fill(longer);
  secret_writer ours;
  ours.u8(200);
  ours.u16(60'000);
  ours.u32(4'000'000'000U);
  ours.u64(0x0123'4567'89ab'cdefU);
  ours.count(3);
  ours.fixed(byte_view(fixed));
  ours.fixed(secret<byte_array<32>>(fixed));
  ours.var(byte_view(longer));
  ours.var(as_secret(longer));
  byte_writer theirs;
  theirs.u8(200);
  theirs.u16(60'000);
  theirs.u32(4'000'000'000U);
  theirs.u64(0x0123'4567'89ab'cdefU);
  theirs.count(3);
  theirs.fixed(fixed);
  theirs.fixed(fixed);
  theirs.var(longer);
  theirs.var(longer);
  const std::size_t size = ours.size();
  const secret_bytes written = std::move(ours).take();
  EXPECT_EQ(written.size(), size);
  ASSERT_EQ(plain(written), std::move(theirs).take());

  secret_reader in(written, "thing");
  EXPECT_EQ(in.u8("a"), 200);
  EXPECT_EQ(in.u16("b"), 60'000);
  EXPECT_EQ(in.u32("c"), 4'000'000'000U);
  EXPECT_EQ(in.u64("d"), 0x0123'4567'89ab'cdefU);
  EXPECT_EQ(in.count(1, 3, 1, "e"), 3U);
  EXPECT_EQ(in.fixed<32>("f"), fixed);
  EXPECT_EQ(declassify<"a test looks at it">(in.secret_fixed<32>("g")), fixed);
  EXPECT_EQ(in.var(2000, "h"), longer);
  EXPECT_EQ(plain(in.secret_var(2000, "i")), longer);
  EXPECT_TRUE(in.good());
  EXPECT_TRUE(in.finish());
}

std::string refusal(const secret_bytes& data, const auto& read) {
  secret_reader in(data, "thing");
  read(in);
  EXPECT_FALSE(in.good());
  // Nothing is read after a failure.
  EXPECT_EQ(in.u32("later"), 0U);
  EXPECT_EQ(in.secret_var(9, "later").size(), 0U);
  const auto done = in.finish();
  EXPECT_FALSE(done);
  return done ? std::string() : to_string(done.error());
}

TEST(CanonicalSecret, KeepsTheFirstFailureWithItsPlace) {
  byte_writer out;
  out.u32(5);
  out.fixed(byte_array<4>{});
  const secret_bytes data = as_secret(out.view());
  EXPECT_EQ(refusal(data, [](auto& in) { (void)in.var(4, "field"); }),
            "thing/field @4: a list of 5 items; there must be 0 to 4 (too large)");
  EXPECT_EQ(refusal(data, [](auto& in) { (void)in.secret_var(9, "field"); }),
            "thing/field @4: a list of 5 items, 4 bytes are left (truncated)");
  EXPECT_EQ(refusal(data, [](auto& in) { (void)in.count(6, 9, 0, "field"); }),
            "thing/field @4: a list of 5 items; there must be 6 to 9 (missing)");
  EXPECT_EQ(refusal(data, [](auto& in) { (void)in.template secret_fixed<9>("field"); }),
            "thing/field @0: needs 9 bytes, 8 are left (truncated)");
  EXPECT_EQ(refusal(data,
                    [](auto& in) {
                      (void)in.u64("field");
                      (void)in.u8("next");
                    }),
            "thing/next @8: needs 1 bytes, 0 are left (truncated)");
  EXPECT_EQ(refusal(data,
                    [](auto& in) {
                      (void)in.template take<std::uint32_t>(fail(errc::bad_encoding, "part", "bad"),
                                                            "field");
                    }),
            "thing/field/part: bad (bad encoding)");
  secret_reader unread(data, "thing");
  (void)unread.u32("field");
  EXPECT_EQ(to_string(unread.finish().error()),
            "thing/end @4: 4 bytes are left after the last field (trailing bytes)");
}

}  // namespace
}  // namespace sandoq
