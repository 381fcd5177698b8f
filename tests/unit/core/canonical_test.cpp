#include "sandoq/core/canonical.hpp"

#include <gtest/gtest.h>

#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

bytes hex(std::string_view text) {
  return from_hex(text).value();
}

TEST(byte_writer, writes_little_endian_with_lengths_in_front) {
  byte_writer out;
  out.u8(0x01);
  out.u16(0x0203);
  out.u32(0x04050607);
  out.u64(0x08090a0b0c0d0e0f);
  out.fixed(hex("a0a1"));
  out.var(hex("b0b1b2"));
  out.text("\xd8\xb3");  // one Arabic letter
  out.count(3);
  // Written down by hand from the rules of section 00.
  EXPECT_EQ(to_hex(out.view()),
            "01"
            "0302"
            "07060504"
            "0f0e0d0c0b0a0908"
            "a0a1"
            "03000000b0b1b2"
            "02000000d8b3"
            "03000000");
  const std::size_t size_bytes = out.size();
  EXPECT_EQ(std::move(out).take().size(), size_bytes);
}

TEST(byte_reader, reads_back_what_was_written) {
  testing::deterministic_random random(testing::test_seed());
  for (int round = 0; round < 200; ++round) {
    const auto a = static_cast<std::uint8_t>(random.u64());
    const auto b = static_cast<std::uint16_t>(random.u64());
    const auto c = static_cast<std::uint32_t>(random.u64());
    const std::uint64_t d = random.u64();
    bytes e(random.below(40));
    random.fill(e);
    byte_writer out;
    out.u8(a);
    out.u16(b);
    out.u32(c);
    out.u64(d);
    out.var(e);
    out.fixed(e);
    byte_reader in(out.view());
    EXPECT_EQ(in.u8("a"), a);
    EXPECT_EQ(in.u16("b"), b);
    EXPECT_EQ(in.u32("c"), c);
    EXPECT_EQ(in.u64("d"), d);
    const auto var = in.var(40, "e");
    ASSERT_TRUE(var);
    EXPECT_EQ(bytes(var->begin(), var->end()), e);
    EXPECT_TRUE(in.fixed(e.size(), "f"));
    EXPECT_TRUE(in.finish());
  }
}

TEST(byte_reader, every_truncation_fails_with_place) {
  byte_writer out;
  out.u32(7);
  out.var(hex("0102030405"));
  const bytes whole(out.view().begin(), out.view().end());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    byte_reader in(byte_view(whole).first(size));
    const auto number = in.u32("number");
    if (size < 4) {
      ASSERT_FALSE(number);
      EXPECT_EQ(number.error().code, errc::truncated);
      EXPECT_EQ(number.error().place, "number @0");
      continue;
    }
    const auto data = in.var(100, "data");
    ASSERT_FALSE(data);
    EXPECT_EQ(data.error().code, errc::truncated);
    EXPECT_EQ(data.error().place, size < 8 ? "data @4" : "data @8");
  }
}

TEST(byte_reader, bounds_come_before_the_bytes) {
  const bytes huge = hex("ffffffff00");
  byte_reader var(huge);
  EXPECT_EQ(var.var(1000, "v").error().code, errc::too_large);
  EXPECT_EQ(var.offset(), 0U);
  byte_reader unbounded(huge);
  EXPECT_EQ(unbounded.var(SIZE_MAX, "v").error().code, errc::truncated);
  byte_reader list(huge);
  EXPECT_EQ(list.count(1000, 1, "l").error().code, errc::too_large);
  const bytes two = hex("0200000000");
  byte_reader two_items(two);
  EXPECT_EQ(two_items.count(10, 1, "l").error().code, errc::truncated);
  byte_reader fits(two);
  EXPECT_EQ(fits.count(2, 0, "l"), 2U);
}

TEST(byte_reader, rejects_what_is_left_over) {
  const bytes data = hex("0102");
  byte_reader in(data);
  ASSERT_TRUE(in.u8("first"));
  const auto end = in.finish();
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().code, errc::trailing_bytes);
  EXPECT_EQ(end.error().place, "end @1");
}

TEST(byte_reader, text_must_be_utf8) {
  const bytes bad = hex("02000000c080");
  byte_reader in(bad);
  EXPECT_EQ(in.text(10, "name").error().code, errc::bad_text);
  const bytes good = hex("02000000d8b3");
  byte_reader ok(good);
  EXPECT_EQ(ok.text(10, "name"), std::string_view("\xd8\xb3"));
}

}  // namespace
}  // namespace sandoq
